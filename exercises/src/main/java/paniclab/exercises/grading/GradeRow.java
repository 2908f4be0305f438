package paniclab.exercises.grading;

import java.util.List;

/**
 * A student's line in the sheet.
 *
 * @param timestamp of the submission; empty where it is not known
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
    double maxScore,
    Status status,
    List<String> reasons,
    List<ItemScore> items,
    boolean inRoster) {

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
}
