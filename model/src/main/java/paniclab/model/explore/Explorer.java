package paniclab.model.explore;

import java.util.function.BooleanSupplier;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.Program;

/** Finds every ending of a program. */
public final class Explorer {
  private Explorer() {}

  /**
   * Explores the schedules of a program.
   *
   * @param stop asked often; when it says true the search ends as {@code Bounded}
   */
  public static Verdict explore(
      Program program, RunOptions options, Exploration budget, BooleanSupplier stop) {
    throw new UnsupportedOperationException("the explorer is not built yet");
  }
}
