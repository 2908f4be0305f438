package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands under "In production", run in a folder that has what they speak of: a service that
 * dies, its tests, its log, some C. They must be commands that exist, with options that exist, and
 * come to an end. Instrumented builds (-race, -asan, GOEXPERIMENT) take minutes: {@code
 * -Dpaniclab.commands=all} runs them too.
 */
class CommandsRunTest {
  private static final long SECONDS = 120;

  /** What a shell or a tool says of a command that is none, or an option that it has not. */
  private static final Pattern NONE =
      Pattern.compile(
          "command not found|unknown (flag|option|command)|flag provided but not defined|invalid"
              + " option|unrecognized (command.line )?option|[Uu]sage:|syntax error|No such file");

  /** Blocks that are not run, by what they hold, and why. */
  private static final Map<String, String> NOT_RUN =
      Map.of(
          "127.0.0.1:6060", "asks a service that runs and listens",
          "<pid>", "names a process",
          "$PID", "names a process",
          "GOTOOLCHAIN=", "downloads toolchains",
          "./server core", "needs a core file, and where one lands is the system's choice");

  private static final Pattern SLOW = Pattern.compile("-race|-asan|-fsanitize|GOEXPERIMENT");

  @TempDir Path folder = Path.of("");

  @Test
  void theyExistAndEnd() throws Exception {
    assumeTrue(has("go") && has("gcc"), "SKIPPED CommandsRunTest: it needs go and gcc on the PATH");
    boolean all = System.getProperty("paniclab.commands", "").equals("all");
    fixture();
    List<String> wrong = new ArrayList<>();
    int ran = 0;
    for (String block : blocks()) {
      boolean outside = NOT_RUN.keySet().stream().anyMatch(block::contains);
      boolean slow = SLOW.matcher(block).find() && !all;
      boolean tools =
          Commands.tools(block).stream()
              .map(t -> t.toLowerCase(Locale.ROOT).split(" ")[0])
              .allMatch(CommandsRunTest::has);
      if (outside || slow || !tools) {
        continue;
      }
      ran++;
      String said = run(block);
      if (NONE.matcher(said).find()) {
        wrong.add(block + "\n" + said);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(ran >= 20, "only " + ran + " blocks were run");
  }

  @Test
  void bothLanguagesHaveTheSameCommands() throws Exception {
    for (String id : Lessons.IDS) {
      assertEquals(blocks(id, Language.EN), blocks(id, Language.ZH_CN), id);
    }
  }

  private static Set<String> blocks() throws Exception {
    Set<String> all = new LinkedHashSet<>();
    for (String id : Lessons.IDS) {
      all.addAll(blocks(id, Language.EN));
    }
    return all;
  }

  private static List<String> blocks(String id, Language language) throws Exception {
    List<String> all = new ArrayList<>();
    for (Block b : Lessons.read(id, language).blocks()) {
      if (b instanceof Block.Prose p) {
        all.addAll(Commands.blocks(p.markdown()));
      }
    }
    return all;
  }

  /** A service that dies, and what lies around it. */
  private void fixture() throws Exception {
    Files.writeString(folder.resolve("go.mod"), "module service\n\ngo 1.26\n");
    Files.writeString(
        folder.resolve("main.go"),
        """
        package main

        // static int half(int n) { return n / 2; }
        import "C"

        import (
        	"fmt"
        	"time"
        )

        //export callback
        func callback() {}

        func big() int {
        	var buf [200000]byte
        	for i := range buf {
        		buf[i] = byte(i)
        	}
        	return int(buf[7])
        }

        func main() {
        	fmt.Println("half of 8 is", C.half(8), big())
        	ch := make(chan int, 1)
        	go func() { defer close(ch); ch <- 1 }()
        	<-ch
        	time.Sleep(50 * time.Millisecond)
        	panic("the service dies")
        }
        """);
    Files.writeString(
        folder.resolve("main_test.go"),
        """
        package main

        import "testing"

        func TestLeak(t *testing.T)           {}
        func TestSchedulerPanic(t *testing.T) {}
        """);
    Path c = Files.createDirectories(folder.resolve("c"));
    Files.writeString(
        c.resolve("parser.c"), "int parse(int n) { char b[64]; b[0] = n; return b[0]; }\n");
    Files.writeString(
        c.resolve("double.c"),
        "#include <stdlib.h>\nint main(void) { char *volatile p = malloc(8); free(p); free(p); }\n");
    Files.createSymbolicLink(folder.resolve("service.log"), folder.resolve("server.log"));
    Files.writeString(
        folder.resolve("server.log"),
        "runtime: goroutine stack exceeds 1000000000-byte limit\nfatal error: stack overflow\n\n"
            + "goroutine 1 [running]:\nmain.f(...)\n\tmain.go:3\n");
    Path report = folder.resolve("report");
    Files.writeString(report, "#!/bin/sh\nseq 1 100000\n");
    Path tests = folder.resolve("integration-test");
    Files.writeString(tests, "#!/bin/sh\nexit 0\n");
    assertTrue(report.toFile().setExecutable(true) && tests.toFile().setExecutable(true));
    assertEquals("", run("go build -o server ."));
  }

  private String run(String block) throws IOException, InterruptedException {
    // C files beside the package would be built into it, so they lie in a folder of their own.
    boolean c = block.contains("parser.c") || block.contains("double.c");
    ProcessBuilder b =
        new ProcessBuilder("bash", "-c", block)
            .directory((c ? folder.resolve("c") : folder).toFile())
            .redirectErrorStream(true);
    b.environment().put("LC_ALL", "C");
    b.environment().put("GOFLAGS", "-mod=mod");
    Path out = folder.resolve("said.txt");
    b.redirectOutput(out.toFile())
        .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    Process p = b.start();
    if (!p.waitFor(SECONDS, TimeUnit.SECONDS)) {
      p.descendants().forEach(ProcessHandle::destroyForcibly);
      p.destroyForcibly();
      return "Usage: it did not end within " + SECONDS + " s";
    }
    return Files.readString(out, java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private static boolean has(String tool) {
    for (String folder : String.valueOf(System.getenv("PATH")).split(":")) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return true;
      }
    }
    return false;
  }
}
