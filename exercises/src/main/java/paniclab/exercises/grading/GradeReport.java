package paniclab.exercises.grading;

import java.util.List;

/** The grades of a class, ordered by student id. */
public record GradeReport(String assignment, List<GradeRow> rows) {
  /** All were graded. */
  public static final int ALL_GRADED = 0;

  /** Some rows need a person. */
  public static final int SOME_NEED_A_PERSON = 1;

  /** The request was wrong; nothing was graded. */
  public static final int USAGE = 2;

  public GradeReport {
    rows = List.copyOf(rows);
  }

  /** The exit status of the command. */
  public int exitStatus() {
    return rows.stream().anyMatch(GradeRow::needsPerson) ? SOME_NEED_A_PERSON : ALL_GRADED;
  }
}
