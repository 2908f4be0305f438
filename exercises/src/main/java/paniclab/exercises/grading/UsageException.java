package paniclab.exercises.grading;

import paniclab.exercises.Exercise;
import paniclab.exercises.ItemBank;

/** A request that cannot be carried out as given; the message names what and what to do instead. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error in the request. */
  public UsageException(String message) {
    super(message);
  }

  /** Nothing in a bank has this id. */
  public static UsageException noItem(String id, ItemBank bank) {
    return new UsageException(
        "there is no item "
            + id
            + bank.nearest(id)
                .map(n -> "; did you mean " + n + "?")
                .orElse("; `paniclab items` lists them"));
  }

  /** Nothing in a bank is of this chapter, which was named by {@code --chapter}. */
  public static UsageException noChapter(String chapter, ItemBank bank) {
    return new UsageException(
        "--chapter "
            + chapter
            + ": has no items; chapters are "
            + bank.exercises().stream().map(Exercise::chapter).distinct().toList());
  }
}
