package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import paniclab.programs.Corpus;

class LedgerPageTest {
  @ParameterizedTest
  @EnumSource
  void thePagesAreUpToDate(Language language) throws IOException {
    String page = LedgerPage.of(Ledger.builtIn(), Corpus.builtIn(), language);
    DocsPage.assertUpToDate("ledger", language, page);
    long boxes = page.lines().filter(l -> l.startsWith("> **")).count();
    assertEquals(Ledger.builtIn().all().size(), boxes);
  }
}
