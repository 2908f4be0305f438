package paniclab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandTest {
  @TempDir Path folder = Path.of("");

  /** What a command did. */
  private record Done(int status, String out, String err) {
    List<JsonObject> lines() {
      return out.lines().map(l -> JsonParser.parseString(l).getAsJsonObject()).toList();
    }
  }

  private static Done paniclab(String... arguments) {
    return withInput("", arguments);
  }

  private static Done withInput(String in, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Io io =
        new Io(
            new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    int status = Main.commandLine(io).execute(arguments);
    return new Done(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, text);
    return file.toString();
  }

  private static final String CRASH =
      "starting\npanic: boom\n\ngoroutine 7 [running]:\nmain.f()\n\t/src/main.go:4 +0x25\n"
          + "created by main.main in goroutine 1\n\t/src/main.go:9 +0x1d\nexit status 2\n";

  @Test
  void explainFindsEachCrash() throws IOException {
    Done done = paniclab("explain", "--json", write("crash.txt", CRASH + CRASH));
    assertEquals(0, done.status(), done.err());
    assertEquals(2, done.lines().size());
    JsonObject o = done.lines().getFirst();
    assertEquals("panic", o.get("family").getAsString());
    assertEquals("main.f", o.get("recover_where").getAsString());
    Done chinese = withInput(CRASH, "explain", "--lang", "zh-CN", "-");
    assertEquals(0, chinese.status());
    assertTrue(chinese.out().contains("main.go:4") && chinese.out().contains("退出码"));
  }

  @Test
  void explainSaysWhatIsNoCrash() throws IOException {
    Done done = withInput("all is well\n", "explain");
    assertEquals(1, done.status());
    assertTrue(done.out().startsWith("This is not the text of a Go crash."), done.out());
    Done json = withInput("all is well\n", "explain", "--json");
    assertEquals(1, json.status());
    assertEquals("none", json.lines().getFirst().get("family").getAsString());
    Done absent = paniclab("explain", folder.resolve("absent").toString());
    assertEquals(66, absent.status());
    assertTrue(absent.err().endsWith("/absent: there is no such file\n"), absent.err());
    assertEquals(64, paniclab("explain", "--lang", "fr").status());
  }

  @Test
  void whatGoRejectsGetsTheCompilersLinesAndStatus1() throws IOException {
    String bad = write("bad.go", "package main\n\nfunc main() { x := 1 }\n");
    Done done = paniclab("run", bad);
    assertEquals(1, done.status());
    assertEquals("", done.out());
    assertEquals(folder + "/bad.go:3:15: declared and not used: x\n", done.err());
  }

  @Test
  void whatTheModelLacksGetsTheReasonAndStatus70() throws IOException {
    String file = write("net.go", "package main\n\nimport _ \"net/http\"\n\nfunc main() {}\n");
    Done done = paniclab("run", file);
    assertEquals(70, done.status());
    assertTrue(done.err().contains("not supported by the model: package net/http"), done.err());
  }

  @Test
  void aProgramsOutputAndExitStatusAreTheCommands() throws IOException {
    String file =
        write(
            "x.go",
            """
            package main

            import "os"

            func main() {
            	os.Stdout.WriteString("out\\n")
            	os.Stderr.WriteString("err\\n")
            	os.Exit(3)
            }
            """);
    assertEquals(new Done(3, "out\n", "err\n"), paniclab("run", file));
  }

  @Test
  void aPanicEndsWithStatus2AndItsText() throws IOException {
    String file = write("p.go", "package main\n\nfunc main() { panic(\"boom\") }\n");
    Done done = paniclab("run", file);
    assertEquals(2, done.status());
    assertEquals("", done.out());
    assertTrue(done.err().startsWith("panic: boom\n\ngoroutine 1 [running]:\n"), done.err());
    assertTrue(done.err().contains("\t" + file + ":3"), done.err());
    assertEquals(134, paniclab("run", "--gotraceback", "crash", file).status());
    JsonObject line = paniclab("run", "--json", file).lines().getFirst();
    assertEquals("panicked", line.get("outcome").getAsString());
    assertEquals("panic", line.get("family").getAsString());
    assertTrue(line.get("trace_events").getAsLong() > 0);
  }

  @Test
  void aLimitHasItsNameAndStatus71() throws IOException {
    String file = write("spin.go", "package main\n\nfunc main() { for { } }\n");
    Done steps = paniclab("run", "--max-steps", "1000", file);
    assertEquals(71, steps.status());
    assertTrue(steps.err().contains("limit reached: steps"), steps.err());
    Done wall = paniclab("run", "--max-seconds", "0", file);
    assertEquals(71, wall.status());
    assertTrue(wall.err().contains("limit reached: seconds"), wall.err());
  }

  @Test
  void stdinIsReadOnlyByAProgramThatMayReadIt() throws IOException {
    String file =
        write(
            "in.go",
            """
            package main

            import (
            	"io"
            	"os"
            )

            func main() {
            	b, _ := io.ReadAll(os.Stdin)
            	os.Stdout.Write(b)
            }
            """);
    assertEquals("one\n二\n", withInput("one\n二\n", "run", file).out());
  }

  @Test
  void jsonHasALineForEachProgramAndGoesOnAfterAFileThatIsNotThere() throws IOException {
    String bad = write("bad.go", "package main\n");
    Done done = paniclab("run", "--json", bad, folder.resolve("none.go").toString(), bad);
    assertEquals(Exit.NO_INPUT, done.status());
    assertEquals(2, done.lines().size());
    JsonObject line = done.lines().getFirst();
    assertEquals(
        List.of("file", "outcome", "family", "exit", "stdout", "stderr", "trace_events"),
        List.copyOf(line.keySet()));
    assertEquals("rejected", line.get("outcome").getAsString());
    assertEquals(1, line.get("exit").getAsInt());
    assertTrue(done.err().contains("none.go: there is no such file"), done.err());
  }

  @Test
  void aDataRaceIsNamedByItsTwoPlaces() throws IOException {
    Path file = folder.resolve("race.go");
    Files.writeString(
        file,
        """
        package main

        func main() {
        	n, done := 0, make(chan bool)
        	go func() {
        		n++
        		done <- true
        	}()
        	n++
        	<-done
        	n++
        }
        """);
    Done done = paniclab("explore", file.toString());
    assertTrue(done.out().contains("between " + file + ":6, " + file + ":9\n"), done.out());
    JsonObject line =
        JsonParser.parseString(paniclab("explore", "--json", file.toString()).out())
            .getAsJsonObject();
    assertEquals(1, line.getAsJsonArray("data_races").size(), "the last one is ordered: " + line);
  }

  @Test
  void weaveWritesTheChapterInBothLanguages() {
    Done done = paniclab("weave", "--out", folder.toString());
    assertEquals(new Done(0, done.out(), ""), done);
    List<Path> written = done.out().lines().map(Path::of).toList();
    assertTrue(written.size() >= 2 && written.stream().allMatch(Files::isRegularFile), done.out());
    assertTrue(written.getFirst().startsWith(folder.resolve("en")), done.out());
    assertTrue(written.getLast().startsWith(folder.resolve("zh-CN")), done.out());
  }

  @Test
  void theKernelIsInstalledAndRemoved() {
    String prefix = folder.toString();
    Done installed = paniclab("kernel", "install", "--no-caches", "--prefix", prefix);
    assertEquals(0, installed.status(), installed.err());
    Path spec = Path.of(installed.out().strip()).resolve("kernel.json");
    assertTrue(spec.startsWith(folder) && Files.isRegularFile(spec), installed.out());
    assertEquals(new Done(0, "", ""), paniclab("kernel", "uninstall", "--prefix", prefix));
    assertTrue(Files.notExists(spec));
    assertEquals(Exit.NO_INPUT, paniclab("kernel", "uninstall", "--prefix", prefix).status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run",
        "explore",
        "items",
        "weave",
        "grade",
        "kernel",
        "kernel install",
        "kernel uninstall",
        "kernel list"
      })
  void everyCommandHasHelp(String command) {
    Done done = paniclab((command + " --help").split(" ", -1));
    assertEquals(0, done.status());
    assertTrue(done.out().startsWith("Usage: paniclab " + command), done.out());
    assertEquals("", done.err());
  }

  @Test
  void aWrongCommandLineSaysWhatIsWrong() {
    for (String[] wrong :
        new String[][] {
          {"run"},
          {"run", "--seed", "x", "a.go"},
          {"run", "--seed", "1", "--schedule", "-", "a.go"},
          {"run", "--schedule", "1x", "a.go"},
          {"run", "--gotraceback", "most", "a.go"},
          {"explore", "--budget", "soon", "a.go"},
          {"weave"},
          {"weave", "--out", "x", "--lang", "de"},
          {"kernel", "fly"},
          {"kernel", "install", "--user", "--prefix", "x"},
          {"fly"},
        }) {
      Done done = paniclab(wrong);
      assertEquals(Exit.USAGE, done.status(), String.join(" ", wrong));
      assertEquals("", done.out());
      assertTrue(done.err().contains("--help"), done.err());
    }
  }

  @Test
  void weaveNamesTheLanguagesThereAre() {
    Done done = paniclab("weave", "--out", folder.toString(), "--lang", "fr");
    assertEquals(Exit.USAGE, done.status());
    assertTrue(done.err().contains("\"fr\" is none of en, zh-CN"), done.err());
  }

  @Test
  void aSecretDealsTheClassOneVariantOfEachItem() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), "sixteen bytes or more");
    String[] line = {
      "release",
      "",
      "--assignment",
      "ps1",
      "--item",
      "ch1-goexit,ch1-fix-leak",
      "--secret",
      secret.toString(),
      "--points",
      "ch1-goexit=4"
    };
    List<String> made = new ArrayList<>();
    for (String course : List.of("one", "two")) {
      line[1] = folder.resolve(course).toString();
      Done done = paniclab(line);
      assertEquals(0, done.status(), done.err());
      made.add(Files.readString(folder.resolve(course).resolve("paniclab/ps1.json")));
    }
    assertEquals(made.getFirst(), made.getLast(), "the same secret deals the same");
    assertTrue(made.getFirst().contains("\"ch1-goexit~"), made.getFirst());
    assertTrue(made.getFirst().contains("\"ch1-fix-leak\""), "what has no variants stays");
    String notebook = Files.readString(folder.resolve("one/source/ps1/ps1.ipynb"));
    assertTrue(notebook.contains("%check ch1-goexit~"), notebook);
    assertTrue(notebook.contains("\"grade_id\": \"ch1-goexit-v"), notebook);
    assertFalse(notebook.contains("sixteen"), "the secret is not in it");
  }

  @Test
  void aReleaseDoesNotReplaceAnotherOfItsName() throws IOException {
    String handout = folder.resolve("handout").toString();
    String first = "ch1-exit-race";
    assertEquals(
        0,
        paniclab("release", handout, "--assignment", "ps1", "--item", first, "--plain").status());
    String[] other = {"release", handout, "--assignment", "ps1", "--item", "ch1-goexit", "--plain"};
    Done refused = paniclab(other);
    assertEquals(2, refused.status());
    assertTrue(refused.err().contains("--replace"), refused.err());
    assertTrue(
        Files.readString(folder.resolve("handout/paniclab/ps1.json")).contains(first), "kept");
    assertEquals(
        0,
        paniclab("release", handout, "--assignment", "ps1", "--item", first, "--plain").status());
    other =
        new String[] {
          "release", handout, "--assignment", "ps1", "--item", "ch1-goexit", "--plain", "--replace"
        };
    assertEquals(0, paniclab(other).status());
  }
}
