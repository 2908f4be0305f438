package paniclab.exercises.grading;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.Optional;

/** Reads one cell from a notebook's JSON; whatever its values are, the reader stays in step. */
final class CellReader {
  private final JsonReader in;
  private final Measured length;
  private String type = "";
  private Optional<String> source = Optional.empty();
  private Optional<String> item = Optional.empty();
  private Optional<Cell.Nbgrader> nbgrader = Optional.empty();
  private Optional<String> fault = Optional.empty();

  /**
   * @param length told what is kept and what is skipped
   */
  CellReader(JsonReader in, Measured length) {
    this.in = in;
    this.length = length;
  }

  void read() throws IOException {
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      fault = Optional.of("is no cell but a JSON " + in.peek());
      in.skipValue();
      return;
    }
    in.beginObject();
    while (in.hasNext()) {
      length.next();
      switch (in.nextName()) {
        case "cell_type" -> type = scalar();
        case "source", "input" -> source();
        case "metadata" -> metadata();
        default -> skip();
      }
    }
    in.endObject();
    if (source.isEmpty() && fault.isEmpty()) {
      fault = Optional.of("has no source");
    }
  }

  private void skip() throws IOException {
    length.skip();
    in.skipValue();
    length.next();
  }

  private void source() throws IOException {
    length.next();
    source = NotebookReader.text(in);
    if (source.isEmpty()) {
      fault = Optional.of("its source is no text");
    } else if (source.get().indexOf('\uFFFD') >= 0) {
      fault = Optional.of("its source holds bytes that are no UTF-8");
    }
  }

  private void metadata() throws IOException {
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      in.skipValue();
      return;
    }
    in.beginObject();
    while (in.hasNext()) {
      length.next();
      String key = in.nextName();
      boolean object = in.peek() == JsonToken.BEGIN_OBJECT;
      if (key.equals("nbgrader") && object) {
        nbgrader();
      } else if (key.equals("paniclab") && object) {
        paniclab();
      } else {
        skip();
      }
    }
    in.endObject();
  }

  private void nbgrader() throws IOException {
    String version = "";
    String points = "";
    String gradeId = "";
    in.beginObject();
    while (in.hasNext()) {
      switch (in.nextName()) {
        case "schema_version" -> version = scalar();
        case "points" -> points = scalar();
        case "grade_id" -> gradeId = scalar();
        default -> skip();
      }
    }
    in.endObject();
    nbgrader = Optional.of(new Cell.Nbgrader(version, points, gradeId));
  }

  private void paniclab() throws IOException {
    in.beginObject();
    while (in.hasNext()) {
      if (in.nextName().equals("item")) {
        item = Optional.of(scalar()).filter(s -> !s.isEmpty());
      } else {
        skip();
      }
    }
    in.endObject();
  }

  /** A string, number or boolean as text; everything else is skipped and gives the empty text. */
  private String scalar() throws IOException {
    return switch (in.peek()) {
      case STRING, NUMBER -> in.nextString();
      case BOOLEAN -> String.valueOf(in.nextBoolean());
      case BEGIN_ARRAY, BEGIN_OBJECT, NULL, NAME, END_ARRAY, END_OBJECT, END_DOCUMENT -> {
        in.skipValue();
        yield "";
      }
    };
  }

  Optional<String> fault() {
    return fault;
  }

  Optional<Cell> cell(String file, int index) {
    return source.map(s -> new Cell(file, index, type, s, item, nbgrader));
  }
}
