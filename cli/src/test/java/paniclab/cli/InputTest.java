package paniclab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.model.program.SourceFile;

class InputTest {
  @TempDir Path folder = Path.of("");

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  @Test
  void aGoFileKeepsItsAbsolutePath() throws Exception {
    String file = write("x.go", "package main\n");
    Input input = Input.read(file);
    assertEquals(List.of(new SourceFile(file, "package main\n")), input.sources());
    assertEquals("x", input.programName());
  }

  @Test
  void aFolderGivesThePackageForLinuxOnAmd64() throws Exception {
    write("b.go", "package main\n");
    write("a_linux_amd64.go", "package main\n");
    write("c_windows.go", "package main\n");
    write("d_test.go", "package main\n");
    write("e.go", "//go:build ignore || (linux && !amd64)\n\npackage main\n");
    write("f.go", "// A file.\n//go:build go1.26 && (unix || plan9) && !cgo\n\npackage main\n");
    write("notes.txt", "no Go");
    assertEquals(
        List.of("a_linux_amd64.go", "b.go", "f.go"),
        Input.read(folder.toString()).sources().stream()
            .map(s -> String.valueOf(Path.of(s.name()).getFileName()))
            .toList());
  }

  @Test
  void anArchiveBringsItsArgumentsEnvironmentAndInput() throws Exception {
    Input input =
        Input.read(
            write(
                "p.txtar",
                "args: one two\nenv: A=b\n-- main.go --\npackage main\n-- stdin --\nhello\n"));
    assertEquals(List.of("one", "two"), input.args());
    assertEquals(List.of("A=b"), input.env());
    assertEquals("hello\n", input.stdin().orElseThrow().toString());
    assertEquals(List.of(new SourceFile("main.go", "package main\n")), input.sources());
  }

  @Test
  void anArchiveMadeElsewhereIsRunForItsGoFiles() throws Exception {
    Input input =
        Input.read(write("p.txtar", "Some prose.\n-- main.go --\npackage main\n-- want --\n1\n"));
    assertEquals(List.of(new SourceFile("main.go", "package main\n")), input.sources());
  }

  @Test
  void badInputNamesThePlaceAndTheRemedy() throws Exception {
    assertMessage(folder.resolve("none.go").toString(), "there is no such file");
    assertMessage(folder.toString(), "holds no Go file");
    assertMessage(write("x.txt", ""), "give a .go file");
    assertMessage(write("p.txtar", "nothing\n"), "-- main.go --");
    String signals = "-- main.go --\npackage main\n-- signals --\nSIGNOPE after 1s\n";
    assertMessage(write("s.txtar", signals), ":4: -- signals --, line 1: ");
    assertMessage(write("e.txtar", "Some prose.\n" + signals), ":5: -- signals --, line 1: ");
    Path latin = folder.resolve("latin.go");
    Files.write(latin, new byte[] {'/', '/', (byte) 0xe9, '\n'});
    assertMessage(latin.toString(), "UTF-8");
  }

  private static void assertMessage(String argument, String part) {
    String message =
        String.valueOf(
            assertThrows(Input.Unreadable.class, () -> Input.read(argument)).getMessage());
    assertTrue(message.startsWith(argument) && message.contains(part), message);
  }
}
