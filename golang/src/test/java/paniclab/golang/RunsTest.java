package paniclab.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.model.explore.RoundRobin;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.program.SourceFile;

/** Programs on the machine that once went wrong, beside the real go where it decides. */
class RunsTest {
  @Test
  void variablesAreReadWhenGcReadsThem(@TempDir Path dir) throws Exception {
    String text = resource("order.go");
    Files.writeString(dir.resolve("order.go"), text);
    // Without inlining, which moves the reads of some kinds of variables.
    GoTool.Result real = GoTool.go(dir, "run", "-gcflags=-l", "order.go");
    assertEquals(0, real.status(), real.output());
    assertEquals(real.output(), run("order.go", text));
  }

  @Test
  void aWriterWhoHasWaitedLongStillCountsTheReaders() throws Exception {
    assertEquals("16\n", run("rwmutex.go", resource("rwmutex.go")));
  }

  private static String resource(String name) throws Exception {
    try (InputStream in = Objects.requireNonNull(RunsTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String run(String name, String text) {
    Compilation c = GoFrontEnd.bundled().compile(List.of(new SourceFile(name, text)));
    Run run =
        Machines.run(
            assertInstanceOf(Compilation.Compiled.class, c).program(),
            RunOptions.DEFAULT.withRecord(false),
            new RoundRobin(),
            () -> false);
    return run.ending().stdout().toString();
  }
}
