package paniclab.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import paniclab.model.program.SourceFile;

/** The messages are those of the real {@code go build}, which is asked about each program. */
class DiagnosticsTest {
  private static final GoFrontEnd FRONT = GoFrontEnd.bundled();

  static Stream<Path> rejected() throws IOException, URISyntaxException {
    URI dir =
        Objects.requireNonNull(DiagnosticsTest.class.getResource("rejected/types.go")).toURI();
    try (Stream<Path> files = Files.list(Path.of(dir).resolveSibling(""))) {
      return files.sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("rejected")
  void messagesAreThoseOfGoBuild(Path file, @TempDir Path dir) throws Exception {
    String text = Files.readString(file);
    Files.writeString(dir.resolve("prog.go"), text);
    GoTool.Result real = GoTool.build(dir, List.of("prog.go"));
    assertNotEquals(0, real.status(), "Go accepts " + file);
    Compilation ours = FRONT.compile(List.of(new SourceFile("prog.go", text)));
    assertEquals(real.output(), ours.toString(), file.toString());
  }

  @Test
  void filesOfAPackageAreToldApart(@TempDir Path dir) throws Exception {
    String a = "package main\n\nfunc main() { x := 1; f(\"\") }\n";
    String b = "package main\n\nfunc f(int) {}\n\nfunc f() {}\n\nvar y = z\n";
    Files.writeString(dir.resolve("a.go"), a);
    Files.writeString(dir.resolve("b.go"), b);
    GoTool.Result real = GoTool.build(dir, List.of("a.go", "b.go"));
    Compilation ours = FRONT.compile(List.of(new SourceFile("a.go", a), new SourceFile("b.go", b)));
    assertEquals(real.output(), ours.toString());
  }

  /**
   * So many files of the toolchain's own test suite, chosen by the seed:
   * -Dpaniclab.goroot.tests=500 [-Dpaniclab.goroot.seed=7]. Not part of every run because go build
   * takes a third of a second for each.
   */
  @Test
  @EnabledIfSystemProperty(named = "paniclab.goroot.tests", matches = "[0-9]+")
  void goRootTests(@TempDir Path dir) throws Exception {
    Path root = Path.of(GoTool.go(dir, "env", "GOROOT").output().strip(), "test");
    List<Path> files = goFiles(root);
    Collections.shuffle(files, new Random(Long.getLong("paniclab.goroot.seed", 1)));
    List<String> wrong = new ArrayList<>();
    for (Path file :
        files.subList(0, Math.min(files.size(), Integer.getInteger("paniclab.goroot.tests")))) {
      difference(file).ifPresent(wrong::add);
    }
    assertEquals(List.of(), wrong);
  }

  private static List<Path> goFiles(Path root) throws IOException {
    try (Stream<Path> all =
        Stream.of("", "fixedbugs", "typeparam").map(root::resolve).flatMap(DiagnosticsTest::list)) {
      return new ArrayList<>(all.filter(DiagnosticsTest::isMain).sorted().toList());
    }
  }

  private static Stream<Path> list(Path dir) {
    try {
      return Files.list(dir);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isMain(Path file) {
    try {
      return file.toString().endsWith(".go")
          && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
              .contains("\npackage main");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Optional<String> difference(Path file) throws Exception {
    String text = Files.readString(file);
    String name = file.getFileName().toString();
    Compilation ours = FRONT.compile(List.of(new SourceFile(name, text)));
    if (ours instanceof Compilation.Unsupported) {
      return Optional.empty();
    }
    GoTool.Result real = GoTool.build(file.resolveSibling(""), List.of(name));
    String said = ours instanceof Compilation.Rejected r ? r.toString() : "";
    return said.equals(real.output())
        ? Optional.empty()
        : Optional.of(name + ":\n" + said + "\n-- go build:\n" + real.output());
  }
}
