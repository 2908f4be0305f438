package paniclab.model.sched;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A fault of the runtime, put in on purpose: Go has no such bug. It lets one see a throw that no
 * program can cause.
 */
public enum Bug {
  /**
   * gopark forgets releasem when a goroutine of the program parks: m.locks stays 1, and the next
   * call of schedule on that thread throws.
   */
  HOLDING_LOCKS("holding-locks", "gopark does not release m.locks");

  private final String word;
  private final String what;

  Bug(String word, String what) {
    this.word = word;
    this.what = what;
  }

  /** As the command line names it. */
  public String word() {
    return word;
  }

  /** What is broken, in a few words. */
  public String what() {
    return what;
  }

  /** All names, for messages. */
  public static String words() {
    return Arrays.stream(values()).map(Bug::word).collect(Collectors.joining(", "));
  }

  /** What is to be said of every run on such a runtime. */
  public String label() {
    return "a runtime broken on purpose (" + word + "): " + what + "; Go has no such bug";
  }

  /** The bug of this name. */
  public static Optional<Bug> of(String word) {
    for (Bug b : values()) {
      if (b.word.equals(word)) {
        return Optional.of(b);
      }
    }
    return Optional.empty();
  }
}
