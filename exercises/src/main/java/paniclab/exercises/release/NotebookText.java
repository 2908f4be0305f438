package paniclab.exercises.release;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Cells and notebooks of Jupyter, nbformat 4.5, as JSON. */
final class NotebookText {
  private static final Gson JSON =
      new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

  private NotebookText() {}

  static JsonObject markdown(String id, String source) {
    JsonObject cell = cell("markdown", id);
    cell.add("source", lines(source));
    return cell;
  }

  static JsonObject code(String id, String source) {
    JsonObject cell = cell("code", id);
    cell.add("execution_count", JsonNull.INSTANCE);
    cell.add("outputs", new JsonArray());
    cell.add("source", lines(source));
    return cell;
  }

  private static JsonObject cell(String type, String id) {
    JsonObject cell = new JsonObject();
    cell.addProperty("cell_type", type);
    cell.addProperty("id", id);
    cell.add("metadata", new JsonObject());
    return cell;
  }

  static JsonArray lines(String source) {
    JsonArray all = new JsonArray();
    List<String> lines = source.stripTrailing().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      all.add(i + 1 < lines.size() ? lines.get(i) + "\n" : lines.get(i));
    }
    return all;
  }

  /** The text of a cell. */
  static String source(JsonObject cell) {
    JsonElement s = cell.get("source");
    if (s == null || s.isJsonNull()) {
      return "";
    }
    if (!s.isJsonArray()) {
      return s.getAsString();
    }
    StringBuilder b = new StringBuilder();
    s.getAsJsonArray().forEach(line -> b.append(line.getAsString()));
    return b.toString();
  }

  static JsonObject notebook(JsonArray cells, String title, String language) {
    JsonObject kernel = new JsonObject();
    kernel.addProperty("display_name", "PanicLab");
    kernel.addProperty("language", "java");
    kernel.addProperty("name", "paniclab");
    JsonObject info = new JsonObject();
    info.addProperty("codemirror_mode", "text/x-java");
    info.addProperty("file_extension", ".java");
    info.addProperty("mimetype", "text/x-java");
    info.addProperty("name", "java");
    info.addProperty("pygments_lexer", "java");
    info.addProperty("version", "25");
    JsonObject ours = new JsonObject();
    ours.addProperty("language", language);
    JsonObject metadata = new JsonObject();
    metadata.add("kernelspec", kernel);
    metadata.add("language_info", info);
    metadata.add("paniclab", ours);
    metadata.addProperty("title", title);
    JsonObject notebook = new JsonObject();
    notebook.add("cells", cells);
    notebook.add("metadata", metadata);
    notebook.addProperty("nbformat", 4);
    notebook.addProperty("nbformat_minor", 5);
    return notebook;
  }

  /** As Jupyter writes it: indented by one blank, a newline at the end. */
  static String json(JsonObject notebook) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent(" ");
      JSON.toJson(notebook, json);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return text + "\n";
  }
}
