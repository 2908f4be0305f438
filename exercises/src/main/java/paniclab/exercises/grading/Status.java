package paniclab.exercises.grading;

import java.util.Locale;

/** How far a student's submission could be graded; the later, the worse. */
public enum Status {
  /** Everything was read. */
  OK,
  /** Nothing was handed in: 0 points. */
  MISSING,
  /** Something could not be read, or was not there; the rest is graded. */
  PARTIAL,
  /** Something that students do not edit was edited; everything is graded all the same. */
  TAMPERED,
  /** Nothing could be read. */
  UNREADABLE,
  /** Reading took too long; what was read until then is graded. */
  TIMEOUT;

  /** The word in the side file. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The status of a word; a word of somebody else's is something to look at. */
  static Status of(String word) {
    for (Status s : values()) {
      if (s.word().equals(word)) {
        return s;
      }
    }
    return PARTIAL;
  }

  /** Whether a person has to look at it. */
  public boolean needsPerson() {
    return this != OK && this != MISSING;
  }

  /** The worse of two. */
  Status or(Status other) {
    return other.compareTo(this) > 0 ? other : this;
  }
}
