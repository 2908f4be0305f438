package paniclab.exercises.grading;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Reads a notebook as data. Outputs are skipped without being kept, so their size does not matter.
 * A damaged file gives all whole cells before and after the damage.
 */
final class NotebookReader {
  /** The largest file that is searched for whole cells when it is damaged, in bytes. */
  static final long MAX_SALVAGE = 64L << 20;

  private final String name;
  private final BooleanSupplier stop;
  private final List<Cell> cells = new ArrayList<>();
  private final List<String> faults = new ArrayList<>();
  private boolean hasCells;

  private NotebookReader(String name, BooleanSupplier stop) {
    this.name = name;
    this.stop = stop;
  }

  /** Reads a file; {@code name} is what messages call it. Never throws for what a file holds. */
  static Notebook read(Path file, String name, BooleanSupplier stop) {
    try {
      if (Files.isDirectory(file)) {
        return Notebook.unreadable(name + ": is a folder, not a notebook");
      }
      if (!Files.isRegularFile(file)) {
        return Notebook.unreadable(name + ": is no ordinary file");
      }
      if (Files.size(file) == 0) {
        return Notebook.unreadable(name + ": is empty");
      }
      return new NotebookReader(name, stop).read(file);
    } catch (TextFile.Stopped e) {
      return new Notebook(List.of(), List.of(name + ": reading took too long"), false, true);
    } catch (IOException e) {
      return Notebook.unreadable(name + ": cannot be read: " + e.getMessage());
    }
  }

  private Notebook read(Path file) throws IOException {
    TextFile text = TextFile.of(file, stop);
    text.note().ifPresent(n -> faults.add(name + ": " + n));
    try (Reader in = text.open()) {
      notebook(new JsonReader(in));
    } catch (TextFile.Stopped e) {
      faults.add(name + ": reading took too long");
      return new Notebook(cells, faults, !cells.isEmpty(), true);
    } catch (IOException | IllegalStateException | NumberFormatException e) {
      salvage(file, text, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    if (!hasCells && cells.isEmpty()) {
      faults.add(name + ": is no notebook: it has no list of cells");
    }
    return new Notebook(cells, faults, !cells.isEmpty() || hasCells && faults.isEmpty(), false);
  }

  private void notebook(JsonReader in) throws IOException {
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      return;
    }
    in.beginObject();
    while (in.hasNext()) {
      String key = in.nextName();
      if (key.equals("cells") && in.peek() == JsonToken.BEGIN_ARRAY) {
        cells(in);
      } else if (key.equals("worksheets") && in.peek() == JsonToken.BEGIN_ARRAY) {
        in.beginArray();
        while (in.hasNext()) {
          notebook(in);
        }
        in.endArray();
      } else {
        in.skipValue();
      }
    }
    in.endObject();
  }

  private void cells(JsonReader in) throws IOException {
    hasCells = true;
    in.beginArray();
    int index = 0;
    while (in.hasNext()) {
      index++;
      CellReader reader = new CellReader(in);
      try {
        reader.read();
      } finally {
        // A source that was read whole counts, even if the rest of its cell is lost.
        keep(reader, index);
      }
    }
    in.endArray();
  }

  private void keep(CellReader reader, int index) {
    reader.fault().ifPresent(f -> faults.add(name + ": cell " + index + ": " + f));
    reader.cell(name, index).ifPresent(cells::add);
  }

  /** After damage: every whole cell that can be found in the text. */
  private void salvage(Path file, TextFile text, String problem) throws IOException {
    String place = name + ": is damaged after cell " + cells.size() + " (" + problem + ")";
    if (Files.size(file) > MAX_SALVAGE) {
      faults.add(
          place + "; what follows is too long to be searched (limit " + MAX_SALVAGE + " bytes)");
      return;
    }
    int before = cells.size();
    List<String> known = new ArrayList<>(cells.stream().map(Cell::source).toList());
    for (Cell c : Salvage.cells(text.readAll(), name, stop)) {
      if (!known.remove(c.source())) {
        cells.add(c);
      }
    }
    faults.add(
        cells.size() == before
            ? place
            : place + "; " + (cells.size() - before) + " whole cells were found behind it");
  }

  /** The text of a value that is a string or a list of strings; absent for anything else. */
  static Optional<String> text(JsonReader in) throws IOException {
    if (in.peek() == JsonToken.STRING) {
      return Optional.of(in.nextString());
    }
    if (in.peek() != JsonToken.BEGIN_ARRAY) {
      in.skipValue();
      return Optional.empty();
    }
    StringBuilder b = new StringBuilder();
    boolean strings = true;
    in.beginArray();
    while (in.hasNext()) {
      if (in.peek() == JsonToken.STRING) {
        b.append(in.nextString());
      } else {
        strings = false;
        in.skipValue();
      }
    }
    in.endArray();
    return strings ? Optional.of(b.toString()) : Optional.empty();
  }
}
