package paniclab.exercises.grading;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The grades of a class, ordered by student id.
 *
 * @param changes scores that are not what they were when this was graded before
 * @param remarks what a person must know that concerns no single student
 */
public record GradeReport(
    String assignment,
    Optional<Instant> due,
    List<GradeRow> rows,
    List<Change> changes,
    List<String> remarks) {
  /** All were graded. */
  public static final int ALL_GRADED = 0;

  /** Some rows need a person. */
  public static final int SOME_NEED_A_PERSON = 1;

  /** The request was wrong; nothing was graded. */
  public static final int USAGE = 2;

  /**
   * A score that changed.
   *
   * @param kept whether a person's score stands in the sheet all the same
   */
  public record Change(String student, double before, double now, boolean kept) {}

  public GradeReport {
    rows = List.copyOf(rows);
    changes = List.copyOf(changes);
    remarks = List.copyOf(remarks);
  }

  /** The exit status of the command. */
  public int exitStatus() {
    return !remarks.isEmpty() || rows.stream().anyMatch(GradeRow::needsPerson)
        ? SOME_NEED_A_PERSON
        : ALL_GRADED;
  }

  /** The same when everything that is out of the ordinary needs a person. */
  public int strictStatus() {
    boolean odd = rows.stream().anyMatch(r -> r.status() != Status.OK || !r.reasons().isEmpty());
    return odd ? SOME_NEED_A_PERSON : exitStatus();
  }
}
