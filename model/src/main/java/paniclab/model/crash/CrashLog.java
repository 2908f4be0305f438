package paniclab.model.crash;

import java.util.List;

/**
 * What a text holds.
 *
 * @param crashes in the order of their first lines
 * @param recognised what was recognised and is no crash; the first {@link ReaderLimits#recognised}
 * @param recognisedCount how many such things there are
 * @param lines of the text
 */
public record CrashLog(
    List<Crash> crashes, List<Recognised> recognised, int recognisedCount, int lines) {
  public CrashLog {
    crashes = List.copyOf(crashes);
    recognised = List.copyOf(recognised);
  }

  /** Why what looks like a part of a crash is none. */
  public enum Why {
    /** Goroutines without a header: a dump, or the end of a log whose beginning is missing. */
    NO_HEADER,
    /** A stack that the program printed itself, by debug.Stack. */
    OWN_STACK,
    /** A header line without anything that shows that a process ended there. */
    NO_TRACE,
    /** A report of the race detector: no crash, but exit status 66 in the end. */
    RACE,
    /** What the C library or the C++ runtime says before it aborts; Go's report is missing. */
    ABORT_OF_C,
    /** A line that tells of the end of a process that left no text. */
    ENDED
  }

  /**
   * Something of Go's that is no crash.
   *
   * @param text its first line
   * @param number how many goroutines it lists; for an end, the exit status
   */
  public record Recognised(Why why, Crash.Lines lines, String text, int number) {}
}
