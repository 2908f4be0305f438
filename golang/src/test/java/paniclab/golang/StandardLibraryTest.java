package paniclab.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import paniclab.model.explore.RoundRobin;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.Outcome;
import paniclab.model.program.SourceFile;

/** The library on the model prints what it prints on the machine of this build. */
class StandardLibraryTest {
  @TempDir Path dir;

  @ParameterizedTest
  @ValueSource(strings = {"keys.go", "library.go", "logging.go", "methods.go", "numbers.go"})
  void printsWhatTheRealOnePrints(String name) throws IOException, InterruptedException {
    Path file = dir.resolve(name);
    try (InputStream in = StandardLibraryTest.class.getResourceAsStream("/std/" + name)) {
      Files.write(file, in.readAllBytes());
    }
    GoTool.Result real = GoTool.go(dir, "run", name);
    Compilation c =
        GoFrontEnd.bundled().compile(List.of(new SourceFile(name, Files.readString(file))));
    Run run =
        Machines.run(
            ((Compilation.Compiled) c).program(),
            RunOptions.DEFAULT,
            new RoundRobin(),
            () -> false);
    assertEquals(real.output(), run.ending().stdout().toString());
    assertEquals(new Outcome.Exited(real.status()), run.ending().outcome());
  }
}
