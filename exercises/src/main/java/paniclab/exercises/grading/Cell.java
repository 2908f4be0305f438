package paniclab.exercises.grading;

import java.util.Optional;
import paniclab.exercises.FixItem;
import paniclab.exercises.Prediction;

/**
 * A cell of a notebook as far as grading reads it.
 *
 * @param file the notebook
 * @param index from 1 in its notebook
 * @param type code, markdown, raw, or whatever stands there
 * @param source its text
 * @param item the item its metadata names, under {@code paniclab.item}
 * @param nbgrader what its metadata says under {@code nbgrader}
 */
record Cell(
    String file,
    int index,
    String type,
    String source,
    Optional<String> item,
    Optional<Nbgrader> nbgrader) {

  /** The item a text says it answers, with {@code %%predict} or {@code %%fix}. */
  static Optional<String> itemOf(String source) {
    return Prediction.itemOf(source).or(() -> FixItem.itemOf(source));
  }

  /**
   * What nbgrader keeps in a cell. Nothing of it decides a grade; it tells whether it was edited.
   *
   * @param schemaVersion as text, whatever type it has; empty where there is none
   * @param points as text; empty where there is none
   */
  record Nbgrader(String schemaVersion, String points, String gradeId) {}
}
