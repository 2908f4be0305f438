package paniclab.exercises.grading;

import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Finds the whole cells in the text of a damaged notebook. */
final class Salvage {
  /** How many characters are looked at, over all attempts, before giving up. */
  private static final long MAX_WORK = 1L << 30;

  private final String text;
  private final BooleanSupplier stop;
  private long work;

  private Salvage(String text, BooleanSupplier stop) {
    this.text = text;
    this.stop = stop;
  }

  static List<Cell> cells(String text, String name, BooleanSupplier stop) {
    Salvage s = new Salvage(text, stop);
    List<Cell> cells = new ArrayList<>();
    int i = text.indexOf('{');
    while (i >= 0 && s.work < MAX_WORK && !stop.getAsBoolean()) {
      int end = s.endOfObject(i);
      Optional<Cell> cell =
          end < 0 ? Optional.empty() : cell(text.substring(i, end), name, cells.size() + 1);
      cell.ifPresent(cells::add);
      i = text.indexOf('{', cell.isPresent() ? end : i + 1);
    }
    return cells;
  }

  /** Behind the brace that closes the one at {@code begin}; -1 when there is none. */
  private int endOfObject(int begin) {
    int depth = 0;
    boolean string = false;
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (string) {
        if (c == '\\') {
          i++;
        } else if (c == '"') {
          string = false;
        } else if (c == '\n') {
          // JSON has no line end inside a string: the damage is in here.
          work += i - begin;
          return -1;
        }
      } else if (c == '"') {
        string = true;
      } else if (c == '{') {
        depth++;
      } else if (c == '}' && --depth == 0) {
        work += i - begin;
        return i + 1;
      }
    }
    work += text.length() - begin;
    return -1;
  }

  private static Optional<Cell> cell(String json, String name, int index) {
    if (!json.contains("\"cell_type\"") || !json.contains("\"source\"")) {
      return Optional.empty();
    }
    Measured length = new Measured(new StringReader(json));
    try (JsonReader in = new JsonReader(length)) {
      CellReader reader = new CellReader(in, length);
      reader.read();
      return reader.cell(name, index).filter(c -> !c.type().isEmpty());
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      return Optional.empty();
    }
  }
}
