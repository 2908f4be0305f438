package paniclab.model.machine;

import java.util.function.BooleanSupplier;
import paniclab.model.explore.Scheduler;
import paniclab.model.program.Program;

/** Runs whole programs. */
public final class Machines {
  private Machines() {}

  /**
   * Runs a program to its end or to a limit.
   *
   * @param scheduler decides; see {@code RoundRobin}, {@code Seeded}, {@code Replay}
   * @param stop asked often; when it says true the run ends as {@code Unfinished(STOPPED)}
   */
  public static Run run(
      Program program, RunOptions options, Scheduler scheduler, BooleanSupplier stop) {
    throw new UnsupportedOperationException("the machine is not built yet");
  }
}
