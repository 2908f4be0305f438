package paniclab.oracle;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import paniclab.model.stack.FrameTable;

/**
 * Asks Go's compiler for the sizes of the frames of the standard library, and writes them down for
 * the model: {@code LibraryFrames PACKAGES FILE}, where PACKAGES lists import paths, one a line.
 */
public final class LibraryFrames {
  private static final Pattern TEXT =
      Pattern.compile("(\\S+) STEXT (?!.*\\bwrapper\\b).*\\blocals=0x([0-9a-f]+) .*");
  private static final Pattern INLINE = Pattern.compile("\\S+:\\d+:\\d+: can inline (\\S+)");

  /** A return address, which the compiler does not count as a local. */
  private static final int RETURN_ADDRESS = 8;

  private final String go;

  private LibraryFrames(String go) {
    this.go = go;
  }

  /** See the class. */
  public static void main(String[] args) throws IOException {
    List<String> named =
        Files.readAllLines(Path.of(args[0])).stream()
            .map(l -> l.replaceFirst("#.*", "").strip())
            .filter(l -> !l.isEmpty() && !l.equals("unsafe"))
            .toList();
    LibraryFrames frames = new LibraryFrames(Optional.ofNullable(System.getenv("GO")).orElse("go"));
    Files.writeString(Path.of(args[1]), frames.table(named).format());
  }

  private FrameTable table(List<String> named) throws IOException {
    List<String> list = new ArrayList<>(List.of(go, "list", "-deps"));
    list.addAll(named);
    List<FrameTable.Entry> all = new ArrayList<>();
    for (String path : run(list, Stream::toList)) {
      if (!path.equals("unsafe")) {
        all.addAll(of(path));
      }
    }
    all.sort(Comparator.comparing(FrameTable.Entry::function));
    return FrameTable.of(all);
  }

  private List<FrameTable.Entry> of(String path) throws IOException {
    TreeMap<String, Long> sizes = new TreeMap<>();
    Set<String> inlined = new TreeSet<>();
    List<String> build = List.of(go, "build", "-gcflags=" + path + "=-S -m", path);
    run(
        build,
        lines -> {
          lines.forEach(l -> read(l, path, sizes, inlined));
          return sizes;
        });
    System.err.println(path + ": " + sizes.size());
    return sizes.entrySet().stream()
        .map(e ->
            new FrameTable.Entry(e.getKey(), e.getValue(), inlined.contains(e.getKey()), List.of()))
        .toList();
  }

  private static void read(
      String line, String path, TreeMap<String, Long> sizes, Set<String> inlined) {
    Matcher text = TEXT.matcher(line);
    if (text.matches()) {
      String name = text.group(1);
      if (name.startsWith(path + ".") && !name.contains("[")) {
        sizes.merge(name, Long.parseLong(text.group(2), 16) + RETURN_ADDRESS, Math::max);
      }
      return;
    }
    Matcher inline = INLINE.matcher(line);
    if (inline.matches()) {
      inlined.add(path + "." + inline.group(1));
    }
  }

  private interface Reader<T> {
    T read(Stream<String> lines);
  }

  private static <T> T run(List<String> command, Reader<T> reader) throws IOException {
    Process p = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(p.getInputStream(), StandardCharsets.UTF_8))) {
      T result = reader.read(in.lines());
      if (p.waitFor() != 0) {
        throw new IOException(String.join(" ", command) + " failed");
      }
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command + " ran", e);
    }
  }
}
