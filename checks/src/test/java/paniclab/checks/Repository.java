package paniclab.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The checkout these tests are about. */
final class Repository {
  /** Its folder; Maven runs the tests of a module in the module's folder. */
  static final Path ROOT = root();

  /** The modules, in the order of the reactor. */
  static final List<String> MODULES =
      List.of(
          "model",
          "golang",
          "programs",
          "oracle",
          "diagrams",
          "exercises",
          "lessons",
          "kernel",
          "cli",
          "checks",
          "benchmarks");

  private static final Set<String> NOT_OURS =
      new TreeSet<>(Set.of(".git", ".paniclab", "target", "node_modules", "__pycache__", ".idea"));

  private Repository() {}

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("paniclab"))) {
      Path up = here.getParent();
      if (up == null) {
        throw new IllegalStateException(
            "no checkout of PanicLab above " + Path.of("").toAbsolutePath());
      }
      here = up;
    }
    return here;
  }

  /** Every file of ours under a folder of the checkout, sorted; none where there is no folder. */
  static List<Path> files(String folder) {
    Path start = ROOT.resolve(folder);
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(start)) {
      return all.filter(Files::isRegularFile).filter(Repository::isOurs).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isOurs(Path file) {
    for (Path part : ROOT.relativize(file)) {
      if (NOT_OURS.contains(part.toString())) {
        return false;
      }
    }
    return true;
  }

  /** A path as it is written in messages: from the root, with slashes. */
  static String name(Path file) {
    return ROOT.relativize(file).toString().replace('\\', '/');
  }

  /** A file that is text. */
  static boolean isText(Path file) {
    String n = file.toString();
    return !Stream.of(".png", ".jar", ".wasm", ".gz", ".aot", ".class").anyMatch(n::endsWith);
  }

  /** The content of a text file. */
  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(name(file), e);
    }
  }
}
