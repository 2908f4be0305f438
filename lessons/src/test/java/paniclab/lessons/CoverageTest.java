package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import paniclab.exercises.ItemBank;
import paniclab.exercises.PredictionItem;
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

  @Test
  void allFiveChaptersAnswerAll142Claims() {
    TreeSet<String> missing = new TreeSet<>();
    CLAIMS.keySet().forEach(chapter -> missing.addAll(claims(chapter)));
    assertEquals(142, missing.size());
    Ledger.builtIn().all().forEach(c -> missing.remove(c.id()));
    missing.removeIf(c -> !IDS.contains("ch" + c.charAt(1)) && c.charAt(1) != '0');
    assertEquals(new TreeSet<String>(), missing);
  }

  /** Predict before anything is shown: neither a figure nor a cell has the answer above it. */
  @ParameterizedTest
  @FieldSource("IDS")
  void nothingIsShownAboveItsPrediction(String id) {
    List<Block> blocks = Lessons.read(id, Language.EN).blocks();
    TreeSet<String> ahead = new TreeSet<>();
    List<String> shown = new ArrayList<>();
    for (Block block : blocks.reversed()) {
      switch (block) {
        case Block.Predict p -> {
          if (ItemBank.builtIn().exercise(p.item()).orElseThrow() instanceof PredictionItem i) {
            ahead.add(i.program());
          }
        }
        case Block.Figure f when ahead.contains(f.program()) ->
            shown.add("line " + f.line() + ": the figure of " + f.program());
        case Block.ProgramCell c when ahead.contains(c.program()) ->
            shown.add("line " + c.line() + ": the run of " + c.program());
        case Block.Code c ->
            ahead.stream()
                .filter(p -> c.source().contains('"' + p + '"'))
                .forEach(p -> shown.add("line " + c.line() + ": " + c.name().id() + " runs " + p));
        default -> {}
      }
    }
    assertEquals(List.of(), shown, id);
  }

  /**
   * What surprises most people, by the chapter that shows it; each row is one surprise, of whose
   * programs one at least is shown there, or what real Go did with it.
   */
  private static final Map<String, List<List<String>>> SURPRISES =
      new TreeMap<>(
          Map.of(
              "ch1",
              List.of(
                  List.of("PX-14"), // Goexit cancels a panic
                  List.of("recover-helper", "recover-directly-deferred"), // where recover counts
                  List.of("PC1-14")), // the race that is called certain
              "ch2",
              List.of(
                  List.of("PC2-09-deepest", "PC2-39"), // a million recursions
                  List.of("PC2-28", "callback-deep")), // 8 MB in a callback
              "ch3",
              List.of(
                  List.of("PC3-27"), // select {} cannot wait for a signal
                  List.of("PC3-12", "PC3-15"), // Notify(SIGSEGV)
                  List.of("PC3-01-SIGABRT"), // 2, not 134
                  List.of("PX-44-SIGUSR1", "usr1-default"), // harmless
                  List.of("PX-45", "PX-46", "PC3-17")), // a fault far from zero
              "ch4",
              List.of(
                  List.of("PC4-24"), // a panic jumps over C
                  List.of("PC4-21")), // a catch that does not catch
              "ch5",
              List.of(
                  List.of("PX-15b"), // the deadlock that hangs
                  List.of("PX-57", "exit-three-in-defer"), // a crash with another status
                  List.of("unlock-twice", "wg-done-twice"), // panic or fatal
                  List.of("PX-17", "string-method-panics"), // Error panics
                  List.of("PX-09"), // wg.Go
                  List.of("go-nil-func", "defer-nil-func"), // go and defer of nil
                  List.of("panic-in-defer-recovered-inside"), // nested panics
                  List.of("PX-50", "PX-51")))); // once, and the lock that stays

  @ParameterizedTest
  @FieldSource("IDS")
  void everySurpriseAppears(String id) {
    TreeSet<String> shown = new TreeSet<>();
    for (Block block : Lessons.read(id, Language.EN).blocks()) {
      if (block instanceof Block.ProgramCell p) {
        shown.add(p.program());
      } else if (block instanceof Block.Listing l) {
        shown.add(l.program());
      } else if (block instanceof Block.Prose p) {
        Roles.expand(
            p.markdown(),
            (expression, line) -> {
              shown.add(expression.split(" ")[0]);
              return "";
            });
      }
    }
    for (List<String> programs : SURPRISES.getOrDefault(id, List.of())) {
      assertTrue(programs.stream().anyMatch(shown::contains), id + " shows none of " + programs);
    }
  }

  @Test
  void thereAreTwentySurprises() {
    assertEquals(20, SURPRISES.values().stream().mapToInt(List::size).sum());
  }
}
