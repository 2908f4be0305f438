package paniclab.model.explore;

/**
 * What a run may use. Reaching one ends it as {@code Unfinished}, naming the limit.
 *
 * @param steps SSA instructions
 * @param goroutines alive at once
 * @param memoryBytes estimated bytes of Go heap and stacks held at once
 * @param outputBytes written to stdout and stderr together
 * @param virtualNanos on the virtual clock
 */
public record Limits(
    long steps, int goroutines, long memoryBytes, long outputBytes, long virtualNanos) {

  /** For a single run: what a learner's program may use. */
  public static final Limits RUN =
      new Limits(1_000_000_000L, 250_000, 2L << 30, 64L << 20, 1_000L * 3_600 * 1_000_000_000L);

  /** For each execution of an exploration. */
  public static final Limits EXPLORE =
      new Limits(2_000_000L, 10_000, 64L << 20, 1L << 20, 1_000L * 3_600 * 1_000_000_000L);

  /** The same limits with another number of steps. */
  public Limits withSteps(long n) {
    return new Limits(n, goroutines, memoryBytes, outputBytes, virtualNanos);
  }
}
