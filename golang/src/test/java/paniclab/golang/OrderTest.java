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

/** What the specification leaves open, gc decides: when a variable is read that a call changes. */
class OrderTest {
  @Test
  void variablesAreReadWhenGcReadsThem(@TempDir Path dir) throws Exception {
    String text;
    try (InputStream in = Objects.requireNonNull(OrderTest.class.getResourceAsStream("order.go"))) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    Files.writeString(dir.resolve("order.go"), text);
    // Without inlining, which moves the reads of some kinds of variables.
    GoTool.Result real = GoTool.go(dir, "run", "-gcflags=-l", "order.go");
    assertEquals(0, real.status(), real.output());
    Compilation c = GoFrontEnd.bundled().compile(List.of(new SourceFile("order.go", text)));
    Run run =
        Machines.run(
            assertInstanceOf(Compilation.Compiled.class, c).program(),
            RunOptions.DEFAULT,
            new RoundRobin(),
            () -> false);
    assertEquals(real.output(), run.ending().stdout().toString());
  }
}
