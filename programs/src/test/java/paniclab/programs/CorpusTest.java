package paniclab.programs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import paniclab.model.program.SourceFile;

class CorpusTest {
  private static final Path RESOURCES = Path.of("src/main/resources/paniclab/programs");

  @Test
  void theIndexListsEveryArchive() throws IOException {
    try (Stream<Path> walk = Files.walk(RESOURCES)) {
      List<String> found =
          walk.filter(p -> p.toString().endsWith(".txtar"))
              .map(p -> RESOURCES.relativize(p).toString().replace('\\', '/'))
              .sorted()
              .toList();
      assertEquals(found, Files.readAllLines(RESOURCES.resolve("index.txt")));
    }
  }

  @Test
  void everyProgramHasBeenMeasured() {
    for (GoProgram p : Corpus.builtIn().all()) {
      Observation o =
          p.observation().orElseThrow(() -> new AssertionError(p.id() + " is not measured"));
      assertTrue(
          o.goVersion().startsWith("go1.26."), p.id() + " was measured with " + o.goVersion());
      if (o.seen().getFirst().end() instanceof Observation.End.NotBuilt) {
        continue;
      }
      p.header().tracebacks().forEach(t -> assertEquals(p.header().runs(), o.runs(t), p.id()));
    }
  }

  @Test
  void programsCarryTitlesInBothLanguagesAndNoComments() {
    for (GoProgram p : Corpus.builtIn().all()) {
      assertFalse(p.header().title().isEmpty(), p.id());
      assertFalse(p.header().titleZh().isEmpty(), p.id());
      for (SourceFile f : p.files()) {
        assertTrue(f.text().lines().noneMatch(CorpusTest::isComment), p.id());
      }
    }
  }

  /** Directives such as //export and //go:noinline are no comments. */
  private static boolean isComment(String line) {
    String l = line.strip();
    return l.startsWith("//") && !l.startsWith("//go:") && !l.startsWith("//export ");
  }

  @Test
  void anArchiveIsWrittenAsItWasRead() throws IOException {
    for (String path : Files.readAllLines(RESOURCES.resolve("index.txt"))) {
      String text = Files.readString(RESOURCES.resolve(path));
      GoProgram p = GoProgram.parse(path, text);
      assertEquals(text, GoProgram.withObservation(text, p.observation().orElseThrow()));
    }
  }
}
