package paniclab.exercises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Variants: other programs with other answers, always the same ones. */
class VariantsTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final PredictionItem ITEM = BANK.find("ch1-recover-in-main").orElseThrow();
  private static final byte[] SECRET = "sixteen bytes or more".getBytes(StandardCharsets.UTF_8);

  private static Variants variants() {
    return new Variants(BANK, ModelKeys.of(BANK));
  }

  private static List<List<Answer>> answers(AnswerKey key) {
    return key.parts().stream()
        .filter(p -> !(p.question() instanceof Question.Why))
        .map(p -> p.accepted().stream().map(AnswerKey.Accepted::answer).toList())
        .toList();
  }

  @Test
  void everyOneIsAnsweredOtherwiseThanTheItemAndTheOthers() {
    AnswerKey key =
        assertInstanceOf(KeySource.Lookup.Found.class, ModelKeys.of(BANK).key(ITEM)).key();
    Set<List<List<Answer>>> seen = new HashSet<>(Set.of(answers(key)));
    List<Variant> pool = variants().pool(ITEM);
    assertTrue(pool.size() >= 4, "too few: " + pool.size());
    for (Variant v : pool) {
      assertTrue(seen.add(answers(v.key())), v.edits().toString());
      assertNotEquals(BANK.program(ITEM).source(), v.posed().program().source());
      assertTrue(v.key().evidence().verdict().complete(), v.edits().toString());
    }
  }

  /** What is asked about a variant is true of it: nothing of the item's own words is left. */
  @Test
  void theWordsOfTheItemAreNotSaidOfAVariant() {
    for (Variant v : variants().pool(ITEM)) {
      PredictionItem posed = v.posed().item();
      assertEquals(Messages.text("variant.prompt"), posed.prompt());
      assertTrue(posed.context().isEmpty() && posed.contrast().isEmpty(), posed.id());
    }
  }

  /**
   * An item that says it has none has none, and all others have some. Of the others the build takes
   * every ninth; {@code -Dpaniclab.variants=all} takes all, which is minutes.
   */
  @Test
  void everyItemHasVariantsButThoseThatSayTheyHaveNone() {
    boolean all = System.getProperty("paniclab.variants", "").equals("all");
    List<PredictionItem> items = BANK.all();
    Variants variants = variants();
    for (int i = 0; i < items.size(); i++) {
      PredictionItem item = items.get(i);
      if (item.hasVariants() && (all || i % 9 == 0)) {
        assertTrue(variants.find(item.id() + "~1").isPresent(), item.id() + " has no variant");
      }
    }
    assertEquals(
        4, items.stream().filter(i -> !i.hasVariants()).count(), "more items cannot be dealt");
  }

  @Test
  void theKeyOfAVariantEarnsAllItsPointsAndTheItemsKeyDoesNot() {
    Predictions predictions = new Predictions(BANK, ModelKeys.of(BANK));
    AnswerKey base =
        assertInstanceOf(KeySource.Lookup.Found.class, ModelKeys.of(BANK).key(ITEM)).key();
    for (Variant v : predictions.variants().pool(ITEM).subList(0, 3)) {
      assertEquals(v.key().max(), score(predictions, v, v.key()), v.edits().toString());
      assertTrue(score(predictions, v, base) < v.key().max(), v.edits().toString());
    }
  }

  /** What the answers of a key earn; nothing where they name a deferred call that is gone. */
  private static double score(Predictions predictions, Variant v, AnswerKey key) {
    TreeMap<String, Answer> said = new TreeMap<>();
    key.parts().forEach(p -> said.put(p.question().key(), p.accepted().getFirst().answer()));
    String cell = Prediction.write(v.posed().item().id(), said, v.posed().questions());
    return predictions.submit("", cell, Locale.ENGLISH) instanceof Feedback.Graded g
        ? g.grade().score()
        : 0;
  }

  @Test
  void theSameIdIsTheSameProgramEveryTime() {
    Variant once = variants().find(ITEM.id() + "~2").orElseThrow();
    Variant again = variants().find(ITEM.id() + "~2").orElseThrow();
    assertEquals(once.posed().program().source(), again.posed().program().source());
    assertEquals(Optional.empty(), variants().find(ITEM.id() + "~" + (Variants.POOL + 1)));
    assertEquals(Optional.empty(), variants().find("ch1-nothing~1"));
    assertEquals(Optional.empty(), Variants.reference(ITEM.id() + "~0"));
  }

  @Test
  void whoHoldsTheSecretDealsAndNobodyElseCanTell() {
    Set<Integer> dealt = new HashSet<>();
    for (int student = 0; student < 200; student++) {
      int n = Seed.of(SECRET, "go", "ps1", "s" + student, ITEM.id()).below(8);
      assertEquals(n, Seed.of(SECRET, "go", "ps1", "s" + student, ITEM.id()).below(8));
      dealt.add(n);
    }
    assertEquals(8, dealt.size());
    int many = 1 << 30;
    Seed s = Seed.of(SECRET, "go", "ps1", "ann", "i");
    assertNotEquals(s.below(many), Seed.of(SECRET, "go", "ps1", "bo", "i").below(many));
    assertNotEquals(s.below(many), Seed.of(SECRET, "gop", "s1", "ann", "i").below(many));
    byte[] other = "another secret of the course".getBytes(StandardCharsets.UTF_8);
    assertNotEquals(s.below(many), Seed.of(other, "go", "ps1", "ann", "i").below(many));
    assertThrows(
        IllegalArgumentException.class, () -> Seed.of(new byte[15], "go", "ps1", "ann", "i"));
  }

  @Test
  void aStudentsVariantIsOneOfThePool() {
    Variants variants = variants();
    Seed seed = Seed.of(SECRET, "go", "ps1", "ann", ITEM.id());
    Variant dealt = variants.deal(ITEM, seed).orElseThrow();
    assertTrue(variants.pool(ITEM).contains(dealt));
    assertFalse(dealt.edits().isEmpty());
    Posed posed = ItemSource.dealt(BANK, variants, SECRET, "go", "ps1").pose("ann", ITEM);
    assertEquals(dealt.posed().program(), posed.program());
    assertEquals(ITEM.id(), posed.item().id());
    // The key that grading computes for it is the one the variant was chosen by.
    AnswerKey graded =
        assertInstanceOf(KeySource.Lookup.Found.class, ModelKeys.of(BANK).key(posed)).key();
    assertEquals(answers(dealt.key()), answers(graded));
  }
}
