package paniclab.exercises.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.exercises.ItemBank;

/** What is kept, and what follows from it. */
class StandingTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path folder;

  private static Attempt attempt(double day, String item, double score, String model) {
    return new Attempt(START.plusSeconds((long) (day * 86_400)), item, score, 10, model);
  }

  @Test
  void whatIsAddedIsReadAndWhatCannotBeReadIsPassedOver() throws Exception {
    ProgressFile file = new ProgressFile(folder);
    assertEquals(List.of(), file.read());
    Attempt a = attempt(0, "ch1-goexit", 4, "leak-panics");
    Attempt b = attempt(1, "ch1-goexit~2", 10, "");
    file.add(a);
    Files.writeString(
        file.path(),
        Files.readString(file.path())
            + "{\"at\": \"yesterday\", \"item\": 3}\nnonsense\n\n[]\n{\"max\": 0}\n");
    file.add(b);
    assertEquals(List.of(a, b), file.read());
  }

  @Test
  void aMissedItemComesAgainAtOneSpacingUntilItWasRightTwice() {
    Attempt missed = attempt(0, "ch1-goexit", 4, "leak-panics");
    Attempt sameDay = attempt(0.1, "ch1-goexit~1", 10, "");
    Attempt nextDay = attempt(1.2, "ch1-goexit~2", 10, "");
    Attempt third = attempt(2.3, "ch1-goexit~3", 10, "");

    Standing.Review first = only(missed);
    assertFalse(first.isDue(START.plusSeconds(86_399)));
    assertTrue(first.isDue(START.plusSeconds(86_400)));
    assertEquals(sameDay.at().plus(Standing.SPACING), only(missed, sameDay).due());
    assertEquals(nextDay.at().plus(Standing.SPACING), only(missed, sameDay, nextDay).due());
    assertEquals(List.of(), standing(missed, sameDay, nextDay, third).reviews());
    assertEquals(2, only(missed, sameDay, nextDay, attempt(2.3, "ch1-goexit~3", 9, "")).missed());
  }

  @Test
  void whatWasRightAtOnceDoesNotComeAgain() {
    assertEquals(List.of(), standing(attempt(0, "ch1-goexit", 10, "")).reviews());
  }

  @Test
  void aProgramThatWasNotMendedComesAgainToo() {
    Standing.Review review = only(attempt(0, "ch1-fix-leak", 0, ""));
    assertEquals("ch1-fix-leak", review.item().id());
    assertEquals(1, standing(attempt(0, "ch1-fix-leak", 10, "")).chapters().getFirst().tried());
  }

  @Test
  void chaptersCountItemsAndNotVariants() {
    Standing s =
        standing(
            attempt(0, "ch1-goexit", 4, "leak-panics"),
            attempt(0.1, "ch1-goexit~1", 10, ""),
            attempt(0.2, "ch1-os-exit", 10, ""),
            attempt(0.3, "no-such-item", 10, ""));
    Standing.Chapter ch1 = s.chapters().getFirst();
    assertEquals(BANK.exercises("ch1").size(), ch1.items());
    assertEquals(2, ch1.tried());
    assertEquals(2, ch1.now());
    assertEquals(1, ch1.atOnce());
    assertEquals(2.0 / ch1.items(), ch1.share(), 1e-9);
    assertEquals(List.of(new Standing.Met("leak-panics", 1, true)), s.models());
  }

  @Test
  void thePageSaysItInBothLanguages() {
    Standing s = standing(attempt(0, "ch1-goexit", 4, "leak-panics"));
    for (Locale locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
      StandingPage page = new StandingPage(s, BANK, locale, START, ZoneOffset.UTC);
      String idea = Objects.requireNonNull(BANK.models().get("leak-panics")).statement().in(locale);
      assertTrue(page.text().contains(idea), page.text());
      assertTrue(page.text().contains("%variant ch1-goexit"), page.text());
      assertTrue(page.html().contains("<progress max=\"100\""), page.html());
    }
  }

  private static Standing standing(Attempt... attempts) {
    return Standing.of(BANK, List.of(attempts));
  }

  private static Standing.Review only(Attempt... attempts) {
    List<Standing.Review> reviews = standing(attempts).reviews();
    assertEquals(1, reviews.size());
    return reviews.getFirst();
  }
}
