package paniclab.lessons.explain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import paniclab.programs.Txtar;

/**
 * What real Go wrote at one level, and what was measured beside it.
 *
 * @param name archive and level
 * @param family none for a process that ended without a crash of Go's
 * @param served whether the process lived on
 */
record MeasuredLog(
    String name,
    String level,
    String text,
    String family,
    boolean recovered,
    boolean deferred,
    int exit) {

  /** A line of Go's, glibc's or C++'s that can be the first of a crash. */
  private static final Pattern FIRST =
      Pattern.compile(
          "(?:\\d{4}/\\d\\d/\\d\\d \\d\\d:\\d\\d:\\d\\d http: panic serving .*|panic: .*|fatal error: .*"
              + "|SIG[A-Z]+: .*|runtime: .*|unexpected fault .*|(?:free|malloc|munmap_chunk)\\(\\): .*"
              + "|double free .*|terminate called .*|.*Assertion .* failed.*)");

  private static final List<String> LEVELS = List.of("none", "single", "all", "system", "crash");

  static List<MeasuredLog> all() {
    try (Stream<Path> files = Files.list(folder())) {
      List<MeasuredLog> all = new ArrayList<>();
      for (Path p : files.sorted().toList()) {
        all.addAll(read(p));
      }
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path folder() {
    try {
      return Path.of(MeasuredLog.class.getResource("measured").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<MeasuredLog> read(Path file) throws IOException {
    Txtar txtar = Txtar.parse(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
    String[] exits = value(txtar, "exit").split(" ");
    List<MeasuredLog> logs = new ArrayList<>();
    for (int i = 0; i < LEVELS.size(); i++) {
      logs.add(
          new MeasuredLog(
              file.getFileName().toString().replace(".txtar", "/") + LEVELS.get(i),
              LEVELS.get(i),
              txtar.file(LEVELS.get(i)).orElseThrow().data(),
              value(txtar, "family"),
              Boolean.parseBoolean(value(txtar, "recovered")),
              Boolean.parseBoolean(value(txtar, "deferred")),
              Integer.parseInt(exits[i])));
    }
    return logs;
  }

  private static String value(Txtar txtar, String key) {
    return txtar
        .comment()
        .lines()
        .filter(l -> l.startsWith(key + ": "))
        .findFirst()
        .orElseThrow()
        .substring(key.length() + 2);
  }

  boolean hasTrace() {
    return text.contains("\ngoroutine ");
  }

  boolean crashed() {
    return !family.equals("none");
  }

  /** The number of the first line of the crash, from 0. */
  int firstLine() {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (FIRST.matcher(lines.get(i)).matches()) {
        return i;
      }
    }
    throw new IllegalStateException(name + " has no first line");
  }

  /** The number of the line that names the family, from 0. */
  int header() {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      String l = lines.get(i);
      boolean is =
          switch (family) {
            case "panic" -> l.startsWith("panic: ") || l.contains("http: panic serving");
            case "signal" -> l.matches("SIG[A-Z]+: .*");
            default -> l.contains("fatal error: ");
          };
      if (is) {
        return i;
      }
    }
    throw new IllegalStateException(name + " has no header");
  }
}
