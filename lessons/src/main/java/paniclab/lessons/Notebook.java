package paniclab.lessons;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Jupyter notebook, nbformat 4.5, without outputs. The same notebook prints the same bytes.
 *
 * @param lesson the id of its lesson
 * @param cells at least one; ids are unique
 */
public record Notebook(String lesson, Language language, String title, List<Cell> cells) {

  /** A cell. */
  public sealed interface Cell {
    /** Unique in the notebook, the same in both languages. */
    String id();

    /** The text of the cell, without a newline at its end. */
    String source();

    /** Jupyter's tags. */
    List<String> tags();
  }

  /** Text to read. */
  public record Markdown(String id, String source, List<String> tags) implements Cell {
    public Markdown {
      tags = List.copyOf(tags);
    }
  }

  /**
   * Code to run.
   *
   * @param marks what the cell is to us, under metadata.paniclab: its item, its program
   */
  public record Code(String id, String source, List<String> tags, Map<String, String> marks)
      implements Cell {
    public Code {
      tags = List.copyOf(tags);
      marks = new TreeMap<>(marks);
    }
  }

  public Notebook {
    cells = List.copyOf(cells);
  }

  /** The file name, the same in every language: grading tools take it for the assignment's. */
  public String fileName() {
    return lesson + ".ipynb";
  }

  /**
   * The notebook as JSON, indented by one blank as Jupyter writes it, with a newline at the end.
   */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.setIndent(" ");
      json.setHtmlSafe(false);
      json.beginObject();
      json.name("cells").beginArray();
      for (Cell cell : cells) {
        write(cell, json);
      }
      json.endArray();
      metadata(json);
      json.name("nbformat").value(4).name("nbformat_minor").value(5);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a StringWriter never fails
    }
    return text + "\n";
  }

  private void metadata(JsonWriter json) throws IOException {
    json.name("metadata").beginObject();
    json.name("kernelspec").beginObject();
    json.name("display_name").value("PanicLab").name("language").value("java");
    json.name("name").value("paniclab").endObject();
    json.name("language_info").beginObject();
    // As the kernel tells it in its kernel_info_reply.
    json.name("codemirror_mode").value("text/x-java");
    json.name("file_extension").value(".java").name("mimetype").value("text/x-java");
    json.name("name").value("java").name("pygments_lexer").value("java");
    json.name("version").value("25").endObject();
    json.name("paniclab").beginObject();
    json.name("language").value(language.tag()).name("lesson").value(lesson).endObject();
    json.name("title").value(title);
    json.endObject();
  }

  private static void write(Cell cell, JsonWriter json) throws IOException {
    json.beginObject();
    switch (cell) {
      case Markdown m -> {
        json.name("cell_type").value("markdown").name("id").value(m.id());
        metadata(m.tags(), Map.of(), json);
      }
      case Code c -> {
        json.name("cell_type").value("code").name("execution_count").nullValue();
        json.name("id").value(c.id());
        metadata(c.tags(), c.marks(), json);
        json.name("outputs").beginArray().endArray();
      }
    }
    json.name("source").beginArray();
    List<String> lines = cell.source().lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      json.value(i + 1 < lines.size() ? lines.get(i) + "\n" : lines.get(i));
    }
    json.endArray().endObject();
  }

  private static void metadata(List<String> tags, Map<String, String> marks, JsonWriter json)
      throws IOException {
    json.name("metadata").beginObject();
    if (!marks.isEmpty()) {
      json.name("paniclab").beginObject();
      for (Map.Entry<String, String> e : marks.entrySet()) {
        json.name(e.getKey()).value(e.getValue());
      }
      json.endObject();
    }
    if (!tags.isEmpty()) {
      json.name("tags").beginArray();
      for (String tag : tags) {
        json.value(tag);
      }
      json.endArray();
    }
    json.endObject();
  }
}
