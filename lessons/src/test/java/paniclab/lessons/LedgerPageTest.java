package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import paniclab.programs.Corpus;

class LedgerPageTest {
  /** The pages of the documentation are written by {@code -Dupdate}. */
  @ParameterizedTest
  @EnumSource
  void thePagesAreUpToDate(Language language) throws IOException {
    String name = language == Language.EN ? "ledger.md" : "ledger.zh-CN.md";
    Path file = Path.of("..", "docs", name);
    String page = LedgerPage.of(Ledger.builtIn(), Corpus.builtIn(), language);
    if (System.getProperty("update") != null) {
      Files.writeString(file, page);
    }
    assertEquals(
        Files.readString(file), page, () -> "docs/" + name + " is stale: run with -Dupdate");
    long boxes = page.lines().filter(l -> l.startsWith("> **")).count();
    assertEquals(Ledger.builtIn().all().size(), boxes);
  }
}
