package paniclab.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text archive: some files in one text, after a comment. The format is that of {@code
 * golang.org/x/tools/txtar}: a line {@code -- name --} begins a file, all before the first one is
 * the comment, and a file that is not empty ends with a newline.
 *
 * @param comment the text before the first file
 * @param files in the order of the archive
 */
public record Txtar(String comment, List<Entry> files) {
  private static final String OPEN = "-- ";
  private static final String CLOSE = " --";

  /** A file of the archive; {@code line} is where its content begins in the archive, from 1. */
  public record Entry(String name, String data, int line) {}

  public Txtar {
    files = List.copyOf(files);
  }

  /** Reads an archive. Every text is one: a text without a file line is all comment. */
  public static Txtar parse(String text) {
    List<Entry> files = new ArrayList<>();
    StringBuilder data = new StringBuilder();
    String comment = "";
    Optional<String> name = Optional.empty();
    int begin = 1;
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      Optional<String> marker = marker(line);
      if (marker.isEmpty()) {
        data.append(line).append('\n');
        continue;
      }
      if (name.isEmpty()) {
        comment = data.toString();
      } else {
        files.add(new Entry(name.get(), data.toString(), begin));
      }
      name = marker;
      begin = number + 1;
      data.setLength(0);
    }
    if (name.isEmpty()) {
      return new Txtar(data.toString(), List.of());
    }
    files.add(new Entry(name.get(), data.toString(), begin));
    return new Txtar(comment, files);
  }

  private static String withNewline(String s) {
    return s.isEmpty() || s.endsWith("\n") ? s : s + "\n";
  }

  private static Optional<String> marker(String line) {
    if (!line.startsWith(OPEN) || !line.endsWith(CLOSE) || line.length() <= 6) {
      return Optional.empty();
    }
    String name = line.substring(OPEN.length(), line.length() - CLOSE.length()).strip();
    return name.isEmpty() ? Optional.empty() : Optional.of(name);
  }

  /** The file of this name. */
  public Optional<Entry> file(String name) {
    return files.stream().filter(f -> f.name().equals(name)).findFirst();
  }

  /** The archive as text; {@link #parse} gives it back. */
  public String format() {
    StringBuilder b = new StringBuilder(withNewline(comment));
    for (Entry f : files) {
      b.append(OPEN).append(f.name()).append(CLOSE).append('\n').append(withNewline(f.data()));
    }
    return b.toString();
  }
}
