package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import paniclab.programs.Corpus;

/** Every claim of the article is answered, and by something that was measured. */
class CoverageTest {
  static final List<String> IDS = Lessons.CHAPTERS;

  /** How many claims the article makes, by chapter; its title makes one. */
  private static final Map<String, Integer> CLAIMS =
      new TreeMap<>(Map.of("ch0", 1, "ch1", 21, "ch2", 42, "ch3", 31, "ch4", 26, "ch5", 21));

  /** C4-01 … C4-26 for ch4. */
  private static List<String> claims(String chapter) {
    return IntStream.rangeClosed(1, CLAIMS.getOrDefault(chapter, 0))
        .mapToObj(n -> "C%s-%02d".formatted(chapter.substring("ch".length()), n))
        .toList();
  }

  @ParameterizedTest
  @FieldSource("IDS")
  void aChapterAnswersEveryClaimOfItsOwn(String id) {
    TreeSet<String> missing = new TreeSet<>(claims(id));
    Ledger.builtIn().chapter(id).forEach(c -> missing.remove(c.id()));
    assertTrue(missing.isEmpty(), id + " has no box for " + missing);
  }

  @ParameterizedTest
  @FieldSource("IDS")
  void everyBoxHasItsEvidence(String id) {
    for (Claim claim : Ledger.builtIn().chapter(id)) {
      assertTrue(
          !claim.programs().isEmpty() || claim.command().isPresent(), claim.id() + ": evidence?");
      for (String program : claim.programs()) {
        assertTrue(
            Corpus.builtIn().find(program).flatMap(p -> p.observation()).isPresent(),
            claim.id() + ": " + program + " was never measured");
      }
    }
  }

  @org.junit.jupiter.api.Test
  void theArticleMakes142Claims() {
    assertEquals(142, CLAIMS.values().stream().mapToInt(n -> n).sum());
  }
}
