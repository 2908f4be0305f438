package paniclab.exercises.grading;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/**
 * Reads a notebook as data. Outputs are skipped without being kept, so their size does not matter.
 * A damaged file gives all whole cells before and after the damage.
 */
final class NotebookReader {
  /** The largest file that is searched for whole cells when it is damaged, in bytes. */
  static final long MAX_SALVAGE = 64L << 20;

  /** The largest notebook that is read, in bytes. */
  static final long MAX_BYTES = 512L << 20;

  /** The most cells of a notebook that are read. */
  static final int MAX_CELLS = 20_000;

  /** Searching takes the whole text into memory, so one is searched at a time. */
  private static final Semaphore SEARCHING = new Semaphore(1);

  private final String name;
  private final BooleanSupplier stop;
  private long kept;
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
      if (Files.isSymbolicLink(file)) {
        return Notebook.unreadable(name + ": is a symbolic link; only files themselves are read");
      }
      if (Files.isDirectory(file)) {
        return Notebook.unreadable(name + ": is a folder, not a notebook");
      }
      if (!Files.isRegularFile(file)) {
        return Notebook.unreadable(name + ": is no ordinary file");
      }
      if (Files.size(file) == 0) {
        return Notebook.unreadable(name + ": is empty");
      }
      if (Files.size(file) > MAX_BYTES) {
        return Notebook.unreadable(name + ": is larger than " + MAX_BYTES + " bytes");
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
    try (Measured in = new Measured(text.open())) {
      notebook(new JsonReader(in), in);
    } catch (Measured.TooLong e) {
      faults.add(
          name
              + ": cell "
              + (cells.size() + 1)
              + ": "
              + e.getMessage()
              + "; what follows is not read");
      return new Notebook(cells, faults, !cells.isEmpty(), false);
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

  private void notebook(JsonReader in, Measured length) throws IOException {
    length.next();
    if (in.peek() != JsonToken.BEGIN_OBJECT) {
      return;
    }
    in.beginObject();
    while (in.hasNext()) {
      length.next();
      String key = in.nextName();
      if (key.equals("cells") && in.peek() == JsonToken.BEGIN_ARRAY) {
        cells(in, length);
      } else if (key.equals("worksheets") && in.peek() == JsonToken.BEGIN_ARRAY) {
        in.beginArray();
        while (in.hasNext()) {
          notebook(in, length);
        }
        in.endArray();
      } else {
        length.skip();
        in.skipValue();
      }
    }
    in.endObject();
  }

  private void cells(JsonReader in, Measured length) throws IOException {
    hasCells = true;
    in.beginArray();
    int index = 0;
    while (in.hasNext()) {
      index++;
      if (index > MAX_CELLS || kept > Measured.MAX_KEPT) {
        throw new Measured.TooLong(
            "there are more than " + MAX_CELLS + " cells or " + Measured.MAX_KEPT + " characters");
      }
      CellReader reader = new CellReader(in, length);
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
    Optional<Cell> cell = reader.cell(name, index);
    kept += cell.map(c -> c.source().length()).orElse(0);
    cell.ifPresent(cells::add);
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
    SEARCHING.acquireUninterruptibly();
    try {
      search(text);
    } finally {
      SEARCHING.release();
    }
    faults.add(
        cells.size() == before
            ? place
            : place + "; " + (cells.size() - before) + " whole cells were found behind it");
  }

  private void search(TextFile text) throws IOException {
    List<String> known = new ArrayList<>(cells.stream().map(Cell::source).toList());
    for (Cell c : Salvage.cells(text.readAll(), name, stop)) {
      if (!known.remove(c.source())) {
        cells.add(c);
      }
    }
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
