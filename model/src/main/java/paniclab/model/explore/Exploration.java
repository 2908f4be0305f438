package paniclab.model.explore;

import java.time.Duration;

/**
 * How far an exploration may go.
 *
 * @param executions at most this many runs
 * @param steps at most this many instructions over all runs
 * @param limits of each run
 * @param timersAnyTime whether a timer may fire at any time after it was set, instead of only when
 *     nothing else can run
 */
public record Exploration(long executions, long steps, Limits limits, boolean timersAnyTime) {
  /** What an answer key may cost. */
  public static final Exploration DEFAULT =
      new Exploration(30_000, 60_000_000L, Limits.EXPLORE, false);

  /** The wall-clock budget of the command line where none is given. */
  public static final Duration DEFAULT_WALL = Duration.ofSeconds(10);
}
