package paniclab.exercises.release;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.TreeSet;
import paniclab.exercises.FixItem;
import paniclab.exercises.GradeText;
import paniclab.exercises.Prediction;
import paniclab.exercises.grading.Assignment;
import paniclab.exercises.grading.UsageException;

/**
 * Turns a notebook with {@code %%predict} and {@code %%fix} cells into one that nbgrader releases
 * and grades: each such cell becomes an answer, and behind it comes a locked test that asks the
 * kernel for the points ({@code %check ITEM --of POINTS}). Metadata is nbgrader's schema 3.
 */
final class NbgraderMarks {
  /**
   * nbgrader puts its stub where these stand. Without them it would put it in place of the whole
   * cell. The stub is a comment, which predictions and Go may hold anywhere.
   */
  private static final String REGION = "\n### BEGIN SOLUTION\n### END SOLUTION";

  private NbgraderMarks() {}

  /** Marks the cells of the assignment's items; all else is left alone. */
  static void mark(JsonObject notebook, Assignment assignment) {
    JsonArray cells = new JsonArray();
    TreeSet<String> seen = new TreeSet<>();
    for (JsonElement e : notebook.getAsJsonArray("cells")) {
      JsonObject cell = e.getAsJsonObject();
      cells.add(cell);
      Optional<String> item = item(cell);
      Optional<Double> points = item.flatMap(assignment::points);
      if (item.isEmpty() || points.isEmpty()) {
        continue;
      }
      if (!seen.add(item.get())) {
        throw new UsageException("two cells ask item " + item.get() + "; keep one");
      }
      cell.getAsJsonObject("metadata")
          .add("nbgrader", answer(SheetNotebook.cellId(item.get(), "")));
      cell.add("source", NotebookText.lines(NotebookText.source(cell).stripTrailing() + REGION));
      cells.add(check(item.get(), points.get()));
    }
    notebook.add("cells", cells);
  }

  private static Optional<String> item(JsonObject cell) {
    return "code".equals(cell.get("cell_type").getAsString())
        ? Prediction.itemOf(NotebookText.source(cell))
            .or(() -> FixItem.itemOf(NotebookText.source(cell)))
        : Optional.empty();
  }

  private static JsonObject answer(String gradeId) {
    JsonObject n = base(gradeId);
    n.addProperty("grade", false);
    n.addProperty("solution", true);
    n.addProperty("locked", false);
    return n;
  }

  private static JsonObject check(String item, double points) {
    String of = GradeText.number(points);
    JsonObject cell =
        NotebookText.code(SheetNotebook.cellId(item, "-check"), "%check " + item + " --of " + of);
    JsonObject n = base(SheetNotebook.cellId(item, "-check"));
    n.addProperty("grade", true);
    n.addProperty("solution", false);
    n.addProperty("locked", true);
    n.addProperty("points", points);
    cell.getAsJsonObject("metadata").add("nbgrader", n);
    return cell;
  }

  private static JsonObject base(String gradeId) {
    JsonObject n = new JsonObject();
    n.addProperty("schema_version", 3);
    n.addProperty("grade_id", gradeId);
    n.addProperty("task", false);
    return n;
  }
}
