package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The Java cells of a chapter, in order, in the JDK's own shell: each must compile and run. */
class HoodTest {
  static final java.util.List<String> IDS = Lessons.CHAPTERS;

  @ParameterizedTest
  @FieldSource("IDS")
  void javaCellsRun(String id) throws IOException, InterruptedException {
    StringBuilder cells = new StringBuilder();
    for (Block block : Lessons.read(id, Language.EN).blocks()) {
      if (block instanceof Block.Code c && c.language() == Block.CodeLanguage.JAVA) {
        cells.append("System.out.println(\"cell ").append(c.name().id()).append("\");\n");
        cells.append(c.source()).append('\n');
      }
    }
    String said = jshell(cells.append("/exit\n").toString());
    assertFalse(said.contains("|  "), said); // how the shell begins a line about an error
    assertTrue(said.contains("cell " + id + "-tools"), said);
    assertEquals(
        cells.toString().lines().filter(l -> l.startsWith("System.out.println(\"cell ")).count(),
        said.lines().filter(l -> l.startsWith("cell ")).count(),
        said);
  }

  private static String jshell(String input) throws IOException, InterruptedException {
    String paths =
        System.getProperty("jdk.module.path", "")
            + System.getProperty("path.separator")
            + System.getProperty("java.class.path");
    Process shell =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jshell").toString(),
                "-s",
                "--execution",
                "local",
                "--class-path",
                paths,
                "-J-XX:+UseSerialGC",
                "-")
            .redirectErrorStream(true)
            .start();
    try (OutputStream in = shell.getOutputStream()) {
      in.write(input.getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(shell.waitFor(60, TimeUnit.SECONDS), said);
    return said;
  }
}
