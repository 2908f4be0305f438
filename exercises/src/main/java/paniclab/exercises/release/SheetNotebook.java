package paniclab.exercises.release;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import paniclab.exercises.GradeText;
import paniclab.exercises.Messages;
import paniclab.exercises.Prediction;
import paniclab.exercises.grading.Assignment;

/**
 * The notebook of an assignment: for each item its program, its questions and a cell to fill in.
 */
final class SheetNotebook {
  private SheetNotebook() {}

  static JsonObject of(Assignment assignment, List<Asked> items, Locale locale) {
    JsonArray cells = new JsonArray();
    cells.add(NotebookText.markdown("paniclab-top", top(assignment, locale)));
    int number = 0;
    for (Asked asked : items) {
      number++;
      String id = asked.id();
      cells.add(
          NotebookText.markdown(
              cellId(id, "-text"), text(asked, number, points(assignment, id), locale)));
      cells.add(answer(id, asked.template()));
    }
    return NotebookText.notebook(
        cells, assignment.name(), Messages.isChinese(locale) ? "zh-CN" : "en");
  }

  /** Ids of cells have 64 characters at most: letters, digits, dashes and underscores. */
  static String cellId(String item, String suffix) {
    String id = Assignment.gradeId(item);
    return id.length() + suffix.length() <= 64
        ? id + suffix
        : id.substring(0, 64 - suffix.length()) + suffix;
  }

  private static double points(Assignment assignment, String id) {
    return assignment.points(id).orElse(0.0);
  }

  static JsonObject answer(String id, String template) {
    JsonObject cell = NotebookText.code(cellId(id, ""), template);
    JsonObject ours = new JsonObject();
    ours.addProperty("item", id);
    cell.getAsJsonObject("metadata").add("paniclab", ours);
    return cell;
  }

  private static String top(Assignment assignment, Locale locale) {
    Optional<String> due =
        assignment.due().map(d -> Messages.get(locale, "release.due", d) + "\n\n");
    return "# "
        + assignment.name()
        + "\n\n"
        + due.orElse("")
        + Messages.get(locale, "release.how", "`" + Prediction.MAGIC + "`");
  }

  private static String text(Asked asked, int number, double points, Locale locale) {
    String title =
        Messages.get(
            locale, "release.item", String.valueOf(number), asked.id(), GradeText.number(points));
    return "## " + title + "\n\n" + asked.markdown(locale);
  }
}
