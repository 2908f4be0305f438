package paniclab.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
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
          "benchmarks",
          "checks");

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
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(start, new Ours(found));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    found.sort(null);
    return found;
  }

  /** Goes round what was made or fetched. */
  private static final class Ours extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    Ours(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      return NOT_OURS.contains(String.valueOf(folder.getFileName()))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      // In a worktree, .git is a file.
      if (!NOT_OURS.contains(String.valueOf(file.getFileName()))) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }
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
