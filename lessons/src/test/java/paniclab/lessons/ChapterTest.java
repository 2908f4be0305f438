package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import paniclab.exercises.Exercise;
import paniclab.exercises.ItemBank;
import paniclab.exercises.PredictionItem;
import paniclab.programs.Corpus;

/** What must hold of every chapter, whatever it says. */
class ChapterTest {
  static final List<String> IDS = Lessons.CHAPTERS;

  private static final Pattern FENCE = Pattern.compile("(?ms)^```(bash|go)\\n(.*?)^```");
  private static final Pattern NUMBER = Pattern.compile("\\d{2,}");

  private static Notebook woven(String id, Language language) {
    Flows flows = (kind, program, exit, l) -> "sequenceDiagram";
    return new Weaver(Corpus.builtIn(), Ledger.builtIn(), new BankItems(ItemBank.builtIn()), flows)
        .weave(Lessons.read(id, language));
  }

  @ParameterizedTest
  @FieldSource("IDS")
  void bothLanguagesHaveTheSameCells(String id) {
    Notebook en = woven(id, Language.EN);
    Notebook zh = woven(id, Language.ZH_CN);
    assertEquals(
        en.cells().stream().map(Notebook.Cell::id).toList(),
        zh.cells().stream().map(Notebook.Cell::id).toList());
    assertEquals(code(en), code(zh));
    assertFalse(code(en).isEmpty());
  }

  @ParameterizedTest
  @FieldSource("IDS")
  void theSameBytesEachTime(String id) {
    for (Language language : Language.values()) {
      Lesson lesson = Lessons.read(id, language);
      String first = Weaver.builtIn().weave(lesson).toJson();
      assertEquals(first, Weaver.builtIn().weave(lesson).toJson());
      assertTrue(first.contains("```mermaid"), "the flows are there");
    }
  }

  private static List<Notebook.Code> code(Notebook notebook) {
    List<Notebook.Code> cells = new ArrayList<>();
    for (Notebook.Cell cell : notebook.cells()) {
      if (cell instanceof Notebook.Code c) {
        cells.add(c);
      }
    }
    return cells;
  }

  @ParameterizedTest
  @FieldSource("IDS")
  void bothLanguagesNameTheSameFactsFiguresAndCommands(String id) {
    assertEquals(facts(Lessons.read(id, Language.EN)), facts(Lessons.read(id, Language.ZH_CN)));
  }

  /** What a block says in no language, and the roles and fenced commands in its prose. */
  private static List<String> facts(Lesson lesson) {
    List<String> facts = new ArrayList<>();
    for (Block block : lesson.blocks()) {
      switch (block) {
        case Block.Prose p -> facts.addAll(inProse(p.markdown()));
        case Block.Hint h -> facts.add("hint");
        case Block.Listing l -> facts.add("listing " + l.program());
        case Block.LedgerBox l -> facts.add("ledger " + l.claims());
        case Block.Terms t -> facts.add("glossary " + t.ids());
        case Block.Lookup l -> facts.add("lookup " + l.group());
        case Block.Figure f -> facts.add("figure " + f.program() + f.kind() + f.exit());
        case Block.CellBreak b -> facts.add(b.name().toString());
        case Block.Code c -> facts.add(c.name() + c.source());
        case Block.ProgramCell c -> facts.add(c.name() + c.program());
        case Block.Predict p -> facts.add(p.name() + p.item());
      }
    }
    return facts;
  }

  private static List<String> inProse(String markdown) {
    TreeSet<String> roles = new TreeSet<>();
    Roles.expand(
        markdown,
        (expression, line) -> {
          roles.add(expression);
          return "";
        });
    List<String> facts = new ArrayList<>(roles);
    Matcher m = FENCE.matcher(markdown);
    while (m.find()) {
      facts.add(m.group());
    }
    return facts;
  }

  @ParameterizedTest
  @FieldSource("IDS")
  void everyClaimOfTheChapterHasItsBoxOnce(String id) {
    List<String> boxed = new ArrayList<>();
    for (Block block : Lessons.read(id, Language.EN).blocks()) {
      if (block instanceof Block.LedgerBox box) {
        boxed.addAll(box.claims());
      }
    }
    assertEquals(
        Ledger.builtIn().chapter(id).stream().map(Claim::id).sorted().toList(),
        boxed.stream().sorted().toList());
  }

  @ParameterizedTest
  @FieldSource("IDS")
  void everyItemOfTheChapterIsAskedOnceOfTheProgramAboveIt(String id) {
    List<String> asked = new ArrayList<>();
    String listed = "";
    for (Block block : Lessons.read(id, Language.EN).blocks()) {
      if (block instanceof Block.Listing l) {
        listed = l.program();
      } else if (block instanceof Block.Predict p) {
        asked.add(p.item());
        // A program to be mended stands in its cell; the others are listed above their questions.
        if (ItemBank.builtIn().exercise(p.item()).orElseThrow() instanceof PredictionItem item) {
          assertEquals(listed, item.program());
        }
      }
    }
    List<String> items =
        ItemBank.builtIn().exercises(id).stream().map(Exercise::id).sorted().toList();
    assertEquals(items, asked.stream().sorted().toList());
    assertTrue(asked.size() >= 8, asked.toString());
  }

  @ParameterizedTest
  @FieldSource("IDS")
  void proseTypesNoMeasuredNumber(String id) {
    for (Language language : Language.values()) {
      for (Block block : Lessons.read(id, language).blocks()) {
        if (block instanceof Block.Prose p) {
          String prose = FENCE.matcher(p.markdown()).replaceAll("").replaceAll("`[^`]*`", "");
          Matcher m = NUMBER.matcher(prose.replaceAll("Go \\d+\\.\\d+", ""));
          assertFalse(
              m.find(),
              () -> id + "/" + language.tag() + ".md:" + p.line() + ": take the number from {obs}");
        }
      }
    }
  }
}
