package paniclab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import paniclab.exercises.ItemBank;
import paniclab.exercises.ModelKeys;
import paniclab.exercises.PredictionItem;
import paniclab.lessons.Language;
import paniclab.lessons.Lessons;
import paniclab.lessons.Notebook;
import paniclab.lessons.Notebook.Code;
import paniclab.lessons.Weaver;
import paniclab.programs.Corpus;

/** The inspector of lessons finds what is wrong with one, and nothing else. */
class LessonCheckTest {
  private static final ItemBank BANK = ItemBank.builtIn();

  private static List<LessonCheck.Fault> faults(Code... cells) {
    Notebook n = new Notebook("test", Language.EN, "A test", List.of(cells));
    return new LessonCheck(n, ModelKeys.of(BANK), _ -> {}).run().faults();
  }

  private static Code java(String id, String source, String... tags) {
    return new Code(id, source, List.of(tags), Map.of());
  }

  private static Code go(String id, String program, String source) {
    return new Code(id, "%%go\n" + source, List.of(), Map.of("program", program));
  }

  private static String source(String program) {
    return Corpus.builtIn().find(program).orElseThrow().source();
  }

  @Test
  void whatIsRightHasNoFault() {
    PredictionItem item = BANK.find("ch1-os-exit").orElseThrow();
    assertEquals(
        List.of(),
        faults(
            java("sum", "int x = 1 + 1;"),
            java("dies", "throw new IllegalStateException(\"x\" + x);", "raises-exception"),
            go("run", "PC1-03", source("PC1-03")),
            go("panics", "PC1-06", source("PC1-06")),
            new Code("guess", BANK.template(item).strip(), List.of(), Map.of("item", item.id()))));
  }

  @Test
  void whatIsWrongIsNamedByItsCell() {
    List<String> cells = new ArrayList<>();
    PredictionItem item = BANK.find("ch1-os-exit").orElseThrow();
    String given = BANK.template(item).replace("exit:", "exit: 0").strip();
    faults(
            java("dies", "int y = 1 / 0;"),
            java("lives", "int z = 1;", "raises-exception"),
            go("other", "PC1-03", source("PC1-08")),
            new Code("guess", given, List.of(), Map.of("item", item.id())))
        .forEach(f -> cells.add(f.cell()));
    assertTrue(cells.containsAll(List.of("dies", "lives", "other")), cells.toString());
  }

  @Test
  @EnabledIfSystemProperty(
      named = "paniclab.lessons",
      matches = "all",
      disabledReason =
          "every cell of every lesson takes minutes; mvn verify -Dpaniclab.lessons=all")
  void everyLessonIsWithoutFault() {
    for (Language l : Language.values()) {
      for (String id : Lessons.IDS) {
        Notebook n = Weaver.builtIn().weave(Lessons.read(id, l));
        assertEquals(List.of(), new LessonCheck(n, ModelKeys.of(BANK), _ -> {}).run().faults(), id);
      }
    }
  }
}
