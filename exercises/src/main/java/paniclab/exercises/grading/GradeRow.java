package paniclab.exercises.grading;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A student's line in the sheet.
 *
 * @param timestamp of the submission; empty where it is not known
 * @param score what the answers earned
 * @param penalty what lateness takes off, from 0 to {@code score}
 * @param manual what a person wrote over the score; it stays whatever is graded again
 * @param reasons why the status is not ok, and whatever else a person may want to know
 * @param items in the order of the assignment
 * @param inRoster whether the roster knows the student; true where there is no roster
 */
public record GradeRow(
    String studentId,
    String lastName,
    String firstName,
    String email,
    String timestamp,
    double score,
    double penalty,
    Optional<Double> manual,
    double maxScore,
    Status status,
    List<String> reasons,
    List<ItemScore> items,
    boolean inRoster) {

  private static final String BY_A_PERSON = "the score was set by a person and is kept";

  /**
   * An item in a student's line.
   *
   * @param answers as they were understood, {@code key=value} each
   * @param model id of the wrong model the answers fit; empty for none
   */
  public record ItemScore(String item, double score, double max, String answers, String model) {}

  public GradeRow {
    reasons = List.copyOf(reasons);
    items = List.copyOf(items);
  }

  /** Whether a person has to look at it. */
  public boolean needsPerson() {
    return status.needsPerson() || !inRoster;
  }

  /** What goes into the grade book: the manual score, or what was earned less the penalty. */
  public double finalScore() {
    return manual.orElse(Math.max(0, score - penalty));
  }

  /** The same with a score that a person wrote. */
  GradeRow withManual(double by) {
    List<String> more = new ArrayList<>(reasons);
    more.remove(BY_A_PERSON);
    more.add(BY_A_PERSON);
    return new GradeRow(
        studentId,
        lastName,
        firstName,
        email,
        timestamp,
        score,
        penalty,
        Optional.of(by),
        maxScore,
        status,
        more,
        items,
        inRoster);
  }
}
