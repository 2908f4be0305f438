package paniclab.cli;

import java.util.Optional;
import paniclab.model.machine.RunOptions;
import paniclab.model.signal.Scenario;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What reaches a program from outside while it runs: the option {@code --signal}. */
final class Outside {
  @Option(
      names = "--signal",
      paramLabel = "SPEC",
      converter = Lines.class,
      description = {
        "What reaches the program from outside, instead of what its archive says: lines as in the "
            + "part -- signals -- of an archive, separated by a semicolon. "
            + "Example: 'SIGTERM after stdout \"ready\"; SIGKILL after 2s'.",
      })
  private Optional<Scenario> scenario = Optional.empty();

  Outside() {}

  /** The world with what the option says. */
  RunOptions on(RunOptions world) {
    return scenario.map(world::withScenario).orElse(world);
  }

  /** Reads the lines. */
  static final class Lines implements ITypeConverter<Scenario> {
    Lines() {}

    @Override
    public Scenario convert(String text) {
      try {
        return Scenario.parseOneLine(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }
}
