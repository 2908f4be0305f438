package paniclab.exercises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final Predictions PREDICTIONS =
      new Predictions(BANK, _ -> new KeySource.Lookup.None("not needed"));

  @Test
  void everyItemHasAFormInBothLanguages() {
    for (PredictionItem item : BANK.all()) {
      for (Locale locale : new Locale[] {Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE}) {
        String html = PREDICTIONS.form(item.id(), BANK.template(item), locale).orElseThrow();
        for (Question q : BANK.questions(item)) {
          assertTrue(html.contains("data-key=\"" + q.key() + "\""), item.id() + " " + q.key());
        }
        assertEquals(1, html.split("</script>", -1).length - 1);
        assertTrue(html.contains(BANK.template(item) + "</textarea>"), html);
        for (PredictionItem.WrongModel w : item.wrong()) {
          assertTrue(html.contains("value=\"" + w.model().id() + "\""));
        }
      }
    }
  }

  @Test
  void itSaysThatNothingKeepsAnybodyFromLooking() {
    String html = PREDICTIONS.form("ch1-goexit", "", Locale.ENGLISH).orElseThrow();
    assertTrue(html.contains("Nothing here is secret"), html);
  }

  @Test
  void sourceIsEscaped() {
    String html = PREDICTIONS.form("ch1-goexit", "", Locale.ENGLISH).orElseThrow();
    assertTrue(html.contains("fmt.Println(&quot;deferred; recover() =&quot;, recover())"), html);
    assertFalse(html.contains("Println(\"deferred"));
  }

  @Test
  void whatIsAnsweredAlreadyIsInTheForm() {
    PredictionItem item = BANK.find("ch1-recover-in-main").orElseThrow();
    String cell =
        "outcome: panicked\nexit: 2\ndefers: none\nprints: <b>\nprints: c\nstderr: none\n";
    String html = PREDICTIONS.form(item.id(), cell, Locale.ENGLISH).orElseThrow();
    assertTrue(html.contains("value=\"panicked\" checked"), html);
    assertTrue(html.contains("value=\"2\""), html);
    assertTrue(html.contains("value=\"none\""), html);
    assertTrue(html.contains(">\n&lt;b&gt;\nc</textarea>"), html);
    assertEquals(1, html.split("data-none checked", -1).length - 1, html);
    assertEquals(Optional.empty(), PREDICTIONS.form("ch1-no", "", Locale.ENGLISH));
  }
}
