package paniclab.model.crash;

/**
 * What the reader keeps at most, so that a log of any size is read in the same memory. What is over
 * a limit is counted and not kept.
 *
 * @param lineChars of a line; the rest of a longer one is not looked at
 * @param goroutines of a crash that are kept with their frames
 * @param groups of waiting goroutines that are told apart
 * @param frames of a goroutine
 * @param chain panics of a chain
 * @param valueChars of a panic's value
 * @param notUnderstood lines of a crash that are kept although they are none of Go's
 * @param silence lines without a line of Go's after which a crash is over
 * @param sources streams of a log that are followed at the same time
 * @param recognised things of a text that are kept although they are no crash
 */
public record ReaderLimits(
    int lineChars,
    int goroutines,
    int groups,
    int frames,
    int chain,
    int valueChars,
    int notUnderstood,
    int silence,
    int sources,
    int recognised) {

  /** The limits that everything of ours uses. */
  public static final ReaderLimits DEFAULT =
      new ReaderLimits(1 << 16, 1_000, 1_000, 210, 100, 1 << 16, 20, 500, 64, 100);
}
