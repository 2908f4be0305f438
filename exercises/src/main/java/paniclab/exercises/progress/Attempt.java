package paniclab.exercises.progress;

import java.time.Instant;

/**
 * A prediction that was committed, or a mended program that was judged.
 *
 * @param at when
 * @param item id of the item, or of a variant such as {@code ch1-goexit~2}
 * @param score earned
 * @param max to be had; more than 0
 * @param model id of the wrong model that explains the answers; empty for none
 */
public record Attempt(Instant at, String item, double score, double max, String model) {

  /** Whether all of it was right. */
  public boolean right() {
    return score >= max;
  }

  /** The item that this is about, whichever variant of it was answered. */
  public String idea() {
    int tilde = item.indexOf('~');
    return tilde < 0 ? item : item.substring(0, tilde);
  }
}
