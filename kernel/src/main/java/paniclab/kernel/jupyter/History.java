package paniclab.kernel.jupyter;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What was entered, in this session and earlier ones: a line of JSON for each cell, in a file that
 * all kernels of a user share. It is read when it is first asked for.
 */
final class History implements HistoryManager {
  /** The most entries that are kept when a session begins. */
  static final int MOST_ENTRIES = 10_000;

  private final Path file;
  private final Gson gson = new Gson();
  private int session;
  private boolean broken;

  /** A history in this file, which is made with the first entry. */
  History(Path file) {
    this.file = file;
  }

  /** Where it is kept: PANICLAB_HISTORY, else under XDG_STATE_HOME or the user's folder. */
  static Path defaultFile() {
    String said = System.getenv("PANICLAB_HISTORY");
    if (said != null && !said.isBlank()) {
      return Path.of(said);
    }
    String state = System.getenv("XDG_STATE_HOME");
    Path base =
        state != null && !state.isBlank()
            ? Path.of(state)
            : Path.of(System.getProperty("user.home"), ".local", "state");
    return base.resolve("paniclab").resolve("history.jsonl");
  }

  private record Line(int session, int cell, String input, String output) {}

  /** Adds a cell. A file that cannot be written is said once and then left alone. */
  synchronized void add(int cell, String input, String output) {
    if (broken) {
      return;
    }
    try {
      begin();
      String line = gson.toJson(new Line(session, cell, input, output)) + "\n";
      Files.writeString(
          file, line, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      broken = true;
      JupyterLog.warn("no history is kept in " + file, e);
    }
  }

  /** Takes the next session number, with the file locked, and drops what is too old. */
  private void begin() throws IOException {
    if (session != 0) {
      return;
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    try (FileChannel lockFile =
            FileChannel.open(
                file.resolveSibling(file.getFileName() + ".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock lock = lockFile.lock()) {
      List<Line> all = read();
      session = all.stream().mapToInt(Line::session).max().orElse(0) + 1;
      if (all.size() > MOST_ENTRIES) {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(
            fresh,
            all.subList(all.size() - MOST_ENTRIES, all.size()).stream().map(gson::toJson).toList());
        Files.move(fresh, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      }
      // Keeps the number: another kernel that begins now must not take it.
      Files.writeString(
          file,
          gson.toJson(new Line(session, 0, "", "")) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      if (!lock.isValid()) {
        JupyterLog.note("the lock of the history was lost");
      }
    }
  }

  private List<Line> read() {
    if (!Files.exists(file)) {
      return new ArrayList<>();
    }
    List<Line> all = new ArrayList<>();
    try (Stream<String> lines = Files.lines(file)) {
      lines.forEach(text -> {
        try {
          JsonObject o = JsonParser.parseString(text).getAsJsonObject();
          all.add(
              new Line(
                  o.get("session").getAsInt(),
                  o.get("cell").getAsInt(),
                  o.get("input").getAsString(),
                  o.get("output").getAsString()));
        } catch (JsonParseException | IllegalStateException | NullPointerException e) {
          JupyterLog.note("a line of the history cannot be read and is left out");
        }
      });
    } catch (IOException | java.io.UncheckedIOException e) {
      JupyterLog.warn("the history cannot be read: " + file, e);
    }
    return all;
  }

  private synchronized List<Line> entries() {
    return read().stream().filter(l -> l.cell() > 0).toList();
  }

  private static HistoryEntry entry(Line l, Set<ResultFlag> flags) {
    return flags.contains(ResultFlag.INCLUDE_OUTPUT)
        ? new HistoryEntry(l.session(), l.cell(), l.input(), l.output())
        : new HistoryEntry(l.session(), l.cell(), l.input());
  }

  @Override
  public List<HistoryEntry> lookupRange(
      int sessionOffset, int startCell, int endCell, Set<ResultFlag> flags) {
    int wanted = sessionOffset > 0 ? sessionOffset : session + sessionOffset;
    return entries().stream()
        .filter(l -> l.session() == wanted && l.cell() >= startCell && l.cell() < endCell)
        .map(l -> entry(l, flags))
        .toList();
  }

  @Override
  public List<HistoryEntry> lookupTail(int length, Set<ResultFlag> flags) {
    return last(entries(), length).stream().map(l -> entry(l, flags)).toList();
  }

  @Override
  public List<HistoryEntry> search(String glob, int length, Set<ResultFlag> flags) {
    Pattern pattern = Pattern.compile(regexOf(glob), Pattern.DOTALL);
    List<Line> found =
        new ArrayList<>(
            entries().stream().filter(l -> pattern.matcher(l.input()).matches()).toList());
    if (flags.contains(ResultFlag.UNIQUE)) {
      Map<String, Line> latest = new LinkedHashMap<>();
      for (Line l : found) {
        latest.remove(l.input());
        latest.put(l.input(), l);
      }
      found = new ArrayList<>(latest.values());
    }
    return last(found, length).stream().map(l -> entry(l, flags)).toList();
  }

  private static <T> List<T> last(List<T> all, int n) {
    return all.subList(Math.max(0, all.size() - Math.max(0, n)), all.size());
  }

  /** A glob of sqlite's: star, question mark and lists in brackets. */
  static String regexOf(@Nullable String glob) {
    StringBuilder b = new StringBuilder();
    String g = glob == null || glob.isEmpty() ? "*" : glob;
    for (int i = 0; i < g.length(); i++) {
      char c = g.charAt(i);
      int close = c == '[' ? g.indexOf(']', i + 2) : -1;
      if (c == '*') {
        b.append(".*");
      } else if (c == '?') {
        b.append('.');
      } else if (close > 0) {
        String inside = g.substring(i + 1, close).replace("\\", "\\\\").replace("[", "\\[");
        b.append('[').append(inside.replace("&&", "\\&\\&")).append(']');
        i = close;
      } else {
        b.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return b.toString();
  }
}
