package paniclab.exercises.grading;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A row as JSON, both ways. */
final class RowJson {
  private RowJson() {}

  static JsonObject write(GradeRow row) {
    JsonObject o = new JsonObject();
    o.addProperty("student_id", row.studentId());
    o.addProperty("last_name", row.lastName());
    o.addProperty("first_name", row.firstName());
    o.addProperty("email", row.email());
    o.addProperty("timestamp", row.timestamp());
    o.addProperty("raw_score", row.score());
    o.addProperty("late_submission_penalty", row.penalty());
    row.manual().ifPresent(m -> o.addProperty("manual_score", m));
    o.addProperty("score", row.finalScore());
    o.addProperty("max_score", row.maxScore());
    o.addProperty("status", row.status().word());
    o.addProperty("in_roster", row.inRoster());
    JsonArray reasons = new JsonArray();
    row.reasons().forEach(reasons::add);
    o.add("reasons", reasons);
    JsonArray items = new JsonArray();
    for (GradeRow.ItemScore i : row.items()) {
      JsonObject item = new JsonObject();
      item.addProperty("item", i.item());
      item.addProperty("score", i.score());
      item.addProperty("max_score", i.max());
      item.addProperty("answers", i.answers());
      item.addProperty("wrong_model", i.model());
      items.add(item);
    }
    o.add("items", items);
    return o;
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws JsonParseException when it is something else
   */
  static GradeRow read(JsonObject o) {
    List<String> reasons = new ArrayList<>();
    get(o, "reasons").getAsJsonArray().forEach(r -> reasons.add(r.getAsString()));
    List<GradeRow.ItemScore> items = new ArrayList<>();
    for (JsonElement e : get(o, "items").getAsJsonArray()) {
      JsonObject i = e.getAsJsonObject();
      items.add(
          new GradeRow.ItemScore(
              text(i, "item"),
              get(i, "score").getAsDouble(),
              get(i, "max_score").getAsDouble(),
              text(i, "answers"),
              text(i, "wrong_model")));
    }
    return new GradeRow(
        text(o, "student_id"),
        text(o, "last_name"),
        text(o, "first_name"),
        text(o, "email"),
        text(o, "timestamp"),
        get(o, "raw_score").getAsDouble(),
        get(o, "late_submission_penalty").getAsDouble(),
        Optional.ofNullable(o.get("manual_score")).map(JsonElement::getAsDouble),
        get(o, "max_score").getAsDouble(),
        Status.of(text(o, "status")),
        reasons,
        items,
        get(o, "in_roster").getAsBoolean());
  }

  private static String text(JsonObject o, String key) {
    return get(o, key).getAsString();
  }

  private static JsonElement get(JsonObject o, String key) {
    JsonElement e = o.get(key);
    if (e == null) {
      throw new JsonParseException("\"" + key + "\" is missing");
    }
    return e;
  }
}
