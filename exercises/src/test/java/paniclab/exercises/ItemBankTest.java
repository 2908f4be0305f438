package paniclab.exercises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import paniclab.programs.Corpus;

class ItemBankTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final Path ITEMS = Path.of("src/main/resources/paniclab/exercises/items");

  @Test
  void theIndexListsEveryFile() throws IOException {
    try (Stream<Path> files = Files.list(ITEMS)) {
      List<String> there =
          files
              .map(f -> f.getFileName().toString())
              .filter(f -> f.endsWith(".toml"))
              .sorted()
              .toList();
      List<String> listed =
          Files.readAllLines(ITEMS.resolve("index.txt")).stream().sorted().toList();
      assertEquals(there, listed);
    }
  }

  @Test
  void everyChapterHasEnoughItemsAndWrongModels() {
    Set<String> chapters = new java.util.TreeSet<>();
    BANK.all().forEach(i -> chapters.add(i.chapter()));
    for (String chapter : chapters) {
      Set<String> used = new HashSet<>();
      BANK.chapter(chapter).forEach(i -> i.wrong().forEach(w -> used.add(w.model().id())));
      assertTrue(BANK.chapter(chapter).size() >= 8, chapter);
      assertTrue(used.size() >= 8, chapter);
    }
  }

  @Test
  void everyWrongModelIsMet() {
    Set<String> used = new HashSet<>();
    BANK.all().forEach(i -> i.wrong().forEach(w -> used.add(w.model().id())));
    assertEquals(BANK.models().keySet(), used, "a model that no item uses");
  }

  @Test
  void everyWrongModelIsMetAgainInALaterChapter() {
    Map<String, Set<String>> chapters = new java.util.TreeMap<>();
    for (PredictionItem item : BANK.all()) {
      for (PredictionItem.WrongModel w : item.wrong()) {
        chapters
            .computeIfAbsent(w.model().id(), _ -> new java.util.TreeSet<>())
            .add(item.chapter());
      }
    }
    Set<String> once = new java.util.TreeSet<>();
    chapters.forEach((model, in) -> {
      if (in.size() == 1 && !in.contains("ch5")) {
        once.add(model);
      }
    });
    assertEquals(Set.of(), once, "met in one chapter only");
  }

  @Test
  void everyWrongModelSaysWhatItWouldPredictForEveryQuestion() {
    for (PredictionItem item : BANK.all()) {
      List<Question> questions = BANK.questions(item);
      assertTrue(item.ask().contains("why"), item.id());
      assertTrue(item.wrong().size() >= 2, item.id() + ": at least two wrong models");
      item.contrast().ifPresent(c -> assertTrue(Corpus.builtIn().find(c).isPresent(), c));
      for (PredictionItem.WrongModel w : item.wrong()) {
        Prediction p = Prediction.parse(w.predicts(), questions);
        String where = item.id() + " " + w.model().id();
        assertEquals(List.of(), p.problems(), where);
        Set<String> asked = new HashSet<>(item.ask());
        asked.remove("why");
        assertEquals(asked, p.answers().keySet(), where);
      }
    }
  }

  @Test
  void bothLanguagesSayTheSameThings() {
    ResourceBundle en = ResourceBundle.getBundle("paniclab.exercises.messages", Locale.ROOT);
    ResourceBundle zh =
        ResourceBundle.getBundle("paniclab.exercises.messages", Locale.SIMPLIFIED_CHINESE);
    assertEquals(Set.copyOf(java.util.Collections.list(en.getKeys())), zh.keySet());
    for (String key : zh.keySet()) {
      assertFalse(zh.getString(key).equals(en.getString(key)) && !key.equals("grade.source"), key);
    }
    for (Rule r : Rule.values()) {
      assertFalse(r.statement(Locale.CHINA).isBlank());
    }
  }

  @Test
  void thePromptOffersEveryReasonAndEveryDefer() {
    PredictionItem item = BANK.find("ch1-recover-in-main").orElseThrow();
    String en = Prompt.markdown(item, BANK.questions(item), Locale.ENGLISH);
    assertTrue(en.contains("`d2`: line 10: `defer func() { fmt.Println"), en);
    assertTrue(en.contains("`recover-any-goroutine`: A deferred recover in main"), en);
    String zh = Prompt.markdown(item, BANK.questions(item), Locale.SIMPLIFIED_CHINESE);
    assertTrue(zh.contains("`d2`: 第 10 行："), zh);
  }

  @Test
  void aBadItemIsRefusedByFileAndLine() {
    String item =
        """
        id = "x"
        chapter = "ch1"
        program = "PC1-06"
        ask = ["outcome", "weather"]
        """;
    BadItemException e =
        assertThrows(
            BadItemException.class, () -> ItemBank.of(Map.of("x.toml", item), Corpus.builtIn()));
    assertTrue(
        String.valueOf(e.getMessage()).startsWith("x.toml:4: \"weather\" is no question"),
        e.getMessage());
  }
}
