package paniclab.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packages a Go cell may import and their exported names, as {@code go doc} lists them. */
final class GoPackages {
  private static final Pattern LINE = Pattern.compile("^(?:func|type|const|var) (\\w+)");

  private GoPackages() {}

  private static final class Holder {
    static final Map<String, Map<String, String>> ALL = read();
  }

  private static Map<String, Map<String, String>> read() {
    Map<String, Map<String, String>> all = new LinkedHashMap<>();
    Map<String, String> members = new LinkedHashMap<>();
    try (InputStream in = GoPackages.class.getResourceAsStream("go-packages.txt")) {
      if (in == null) {
        throw new IllegalStateException("the resource go-packages.txt is missing from this build");
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher m = LINE.matcher(line);
        if (line.startsWith("package ")) {
          members = new LinkedHashMap<>();
          all.put(line.substring("package ".length()), members);
        } else if (m.find()) {
          members.put(m.group(1), line);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /** Their import paths. */
  static List<String> paths() {
    return List.copyOf(Holder.ALL.keySet());
  }

  /**
   * The exported names of a package with their lines of {@code go doc}.
   *
   * @param name as the program writes it
   * @param imports the paths that the program imports; they win over others of the same name
   */
  static Map<String, String> members(String name, List<String> imports) {
    for (String path : imports) {
      if (last(path).equals(name)) {
        return Holder.ALL.getOrDefault(path, Map.of());
      }
    }
    for (Map.Entry<String, Map<String, String>> e : Holder.ALL.entrySet()) {
      if (last(e.getKey()).equals(name)) {
        return e.getValue();
      }
    }
    return Map.of();
  }

  private static String last(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return last.matches("v\\d+") ? last(path.substring(0, path.lastIndexOf('/'))) : last;
  }
}
