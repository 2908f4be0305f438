package paniclab.exercises.grading;

import java.util.List;

/**
 * A student's row with what stands behind it.
 *
 * @param items in the order of the assignment
 */
public record Judged(GradeRow row, List<Item> items) {

  /**
   * An item of a student: the cell that counted and what it earned.
   *
   * @param score with the assignment's weight
   * @param max with the assignment's weight
   * @param cell its text; empty where there was none
   */
  public record Item(
      Gradable gradable, double score, double max, String cell, Gradable.Judgement judgement) {}

  public Judged {
    items = List.copyOf(items);
  }
}
