package paniclab.cli;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import paniclab.model.explore.Limits;
import picocli.CommandLine.Option;

/** The limits of a run that the command line sets. */
final class Budget {
  @Option(
      names = "--max-steps",
      paramLabel = "N",
      description = "At most N instructions (default: 1000000000).")
  private long steps = Limits.RUN.steps();

  @Option(
      names = "--max-goroutines",
      paramLabel = "N",
      description = "At most N goroutines at once (default: 250000).")
  private int goroutines = Limits.RUN.goroutines();

  @Option(
      names = "--max-memory",
      paramLabel = "MIB",
      description = "At most so many MiB of Go heap and stacks (default: 2048).")
  private long memoryMib = Limits.RUN.memoryBytes() >> 20;

  @Option(
      names = "--max-output",
      paramLabel = "MIB",
      description = "At most so many MiB of output (default: 64).")
  private long outputMib = Limits.RUN.outputBytes() >> 20;

  @Option(
      names = "--max-virtual-time",
      paramLabel = "SECONDS",
      description = "At most so many seconds on the program's own clock (default: 3600000).")
  private long virtualSeconds = TimeUnit.NANOSECONDS.toSeconds(Limits.RUN.virtualNanos());

  @Option(
      names = "--max-seconds",
      paramLabel = "SECONDS",
      description = "At most so many seconds on ours (default: no limit).")
  private long wallSeconds = Long.MAX_VALUE;

  Budget() {}

  Limits limits() {
    return new Limits(
        steps,
        goroutines,
        memoryMib << 20,
        outputMib << 20,
        TimeUnit.SECONDS.toNanos(virtualSeconds));
  }

  /** Says true once the wall-clock limit of a run that starts now is over. */
  BooleanSupplier stop() {
    return after(wallSeconds);
  }

  /** Says true once so many seconds are over. */
  static BooleanSupplier after(double seconds) {
    long begin = System.nanoTime();
    double nanos = seconds * TimeUnit.SECONDS.toNanos(1);
    return () -> System.nanoTime() - begin > nanos;
  }
}
