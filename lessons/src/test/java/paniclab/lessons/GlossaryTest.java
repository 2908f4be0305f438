package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import paniclab.exercises.ItemBank;
import paniclab.programs.Corpus;

class GlossaryTest {
  private static final Weaver WEAVER =
      new Weaver(
          Corpus.builtIn(),
          Ledger.builtIn(),
          new BankItems(ItemBank.builtIn()),
          (kind, program, exit, language) -> "sequenceDiagram");

  private static Lesson lesson(Language language, String words) {
    String text = "---\ntitle: t\n---\n:::{glossary} " + words + "\n:::\n";
    return LessonReader.read("t", language, "t.md", text);
  }

  @Test
  void aWordStandsInBothLanguages() {
    String en = WEAVER.weave(lesson(Language.EN, "panic recover")).toJson();
    assertTrue(en.contains("| recover | 恢复（recover） | Stops a panic"), en);
    String zh = WEAVER.weave(lesson(Language.ZH_CN, "recover")).toJson();
    assertTrue(zh.contains("| 恢复（recover） | recover | 由延迟函数直接调用时"), zh);
  }

  @Test
  void anUnknownWordIsNamedWithItsLine() {
    LessonException e =
        assertThrows(
            LessonException.class, () -> WEAVER.weave(lesson(Language.EN, "panic nonsense")));
    assertEquals(
        List.of("t.md:4: the glossary has no word nonsense"),
        e.problems().stream().map(Object::toString).toList());
  }

  @Test
  void everyWordIsTaughtInSomeChapter() {
    TreeSet<String> unused = new TreeSet<>();
    Glossary.builtIn().all().forEach(g -> unused.add(g.id()));
    for (String id : Lessons.IDS) {
      for (Block block : Lessons.read(id, Language.EN).blocks()) {
        if (block instanceof Block.Terms t) {
          t.ids().forEach(unused::remove);
        }
      }
    }
    if (Lessons.IDS.containsAll(List.of("ch1", "ch2", "ch3", "ch4", "ch5"))) {
      assertEquals(new TreeSet<String>(), unused);
    }
  }
}
