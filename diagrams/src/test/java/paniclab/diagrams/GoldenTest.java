package paniclab.diagrams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rendering of every sample, held to a file; {@code -Dupdate} writes the files anew. */
class GoldenTest {
  private static final Path DIR = Path.of("src", "test", "resources", "golden");

  private static final Svg ENGINE = Svg.builtIn();

  static Stream<Arguments> pictures() {
    return Samples.all().entrySet().stream()
        .flatMap(e ->
            Stream.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)
                .map(l -> Arguments.of(e.getKey(), l, e.getValue())));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("pictures")
  void isAsKept(String name, Locale locale, Diagram diagram) throws IOException {
    Figure f = Figure.of(diagram, locale, ENGINE);
    String all =
        String.join(
            "",
            List.of(
                "-- alt --\n",
                f.alt() + "\n",
                "-- text --\n",
                f.text(),
                "-- mermaid --\n",
                f.mermaid(),
                "-- dot --\n",
                Dot.render(diagram, locale) + "\n",
                "-- svg --\n",
                f.svg().orElseThrow()));
    Path file = DIR.resolve(name + "." + Words.of(locale).tag() + ".txtar");
    if (System.getProperty("update") != null) {
      Files.createDirectories(DIR);
      Files.writeString(file, all);
    }
    assertEquals(
        Files.readString(file),
        all,
        () -> "run with -Dupdate to accept: mvn -pl diagrams -am verify -Dupdate");
  }
}
