package paniclab.lessons;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import paniclab.exercises.ItemBank;
import paniclab.golang.GoFrontEnd;
import paniclab.lessons.Block.CellName;
import paniclab.lessons.LessonException.Problem;
import paniclab.lessons.lookup.LookupTable;
import paniclab.lessons.lookup.LookupText;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.model.program.SourceFile;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;

/**
 * Makes a notebook of a lesson. The same lesson, programs, observations and model give the same
 * bytes.
 */
public final class Weaver {
  private final Corpus corpus;
  private final Ledger ledger;
  private final Items items;
  private final Flows flows;

  /** A weaver that takes what lessons name from here. */
  public Weaver(Corpus corpus, Ledger ledger, Items items, Flows flows) {
    this.corpus = corpus;
    this.ledger = ledger;
    this.items = items;
    this.flows = flows;
  }

  /** The weaver of the lessons that came with the product. */
  public static Weaver builtIn() {
    return new Weaver(
        Corpus.builtIn(),
        Ledger.builtIn(),
        new BankItems(ItemBank.builtIn()),
        new ModelFlows(GoFrontEnd.bundled()));
  }

  /**
   * The notebook of a lesson.
   *
   * @throws LessonException naming every program, item, claim or fact that is not there
   */
  public Notebook weave(Lesson lesson) {
    return new Loom(lesson).weave();
  }

  /**
   * One lesson on its way. Markdown gathers in {@code text} until a code cell or a break ends it.
   */
  private final class Loom {
    private final Lesson lesson;
    private final Words words;
    private final Facts facts = new Facts(corpus);
    private final LedgerBox box;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Notebook.Cell> cells = new ArrayList<>();
    private final List<String> text = new ArrayList<>();
    private CellName name;
    private int nameLine = 1;

    Loom(Lesson lesson) {
      this.lesson = lesson;
      this.words = Words.of(lesson.language());
      this.box = new LedgerBox(facts, words, lesson.language());
      this.name = new CellName(lesson.id() + "-top", List.of());
    }

    Notebook weave() {
      for (Block block : lesson.blocks()) {
        add(block);
      }
      endText();
      uniqueIds();
      if (!problems.isEmpty()) {
        throw new LessonException(problems);
      }
      return new Notebook(lesson.id(), lesson.language(), lesson.title(), cells);
    }

    private void add(Block block) {
      switch (block) {
        case Block.Prose p -> text.add(tools(expand(p.markdown(), p.line()), p.line()));
        case Block.Hint h ->
            text.add(
                "<details><summary>"
                    + words.get("hint")
                    + "</summary>\n\n"
                    + expand(h.markdown(), h.line() + 1)
                    + "\n\n</details>");
        case Block.Listing l -> program(l.program(), l.line()).ifPresent(p -> text.add(listing(p)));
        case Block.LedgerBox l -> l.claims().forEach(id -> claim(id, l.line()));
        case Block.Terms t -> terms(t);
        case Block.Lookup l ->
            text.add(
                LookupText.markdown(LookupTable.of(corpus).group(l.group()), lesson.language())
                    .strip());
        case Block.Figure f -> figure(f);
        case Block.CellBreak b -> {
          endText();
          name = b.name();
          nameLine = b.line();
        }
        case Block.Code c -> code(c.name(), c.line(), source(c), Map.of());
        case Block.ProgramCell c ->
            program(c.program(), c.line())
                .ifPresent(p ->
                    code(
                        c.name(),
                        c.line(),
                        "%%go" + world(p) + "\n" + cell(p).stripTrailing(),
                        Map.of("program", p.id())));
        case Block.Predict p -> predict(p);
      }
    }

    /** Every file that is compiled; several are named. */
    private static String listing(GoProgram program) {
      List<SourceFile> files = program.sources();
      List<String> texts = new ArrayList<>();
      for (SourceFile f : files) {
        String info = f.name().endsWith(".go") ? "go" : f.name().endsWith(".c") ? "c" : "cpp";
        texts.add((files.size() > 1 ? "`" + f.name() + "`\n\n" : "") + fence(info, f.text()));
      }
      return String.join("\n\n", texts);
    }

    /** The source as a cell holds it: several files as an archive. */
    private static String cell(GoProgram program) {
      List<SourceFile> files = program.sources();
      if (files.size() == 1) {
        return program.source();
      }
      StringBuilder b = new StringBuilder();
      files.forEach(f -> b.append("-- " + f.name() + " --\n").append(f.text()));
      return b.toString();
    }

    /** The options of the cell that give the program the world it was measured in. */
    private static String world(GoProgram p) {
      StringBuilder b = new StringBuilder();
      if (!p.header().args().isEmpty()) {
        b.append(" --args '").append(String.join(" ", p.header().args())).append('\'');
      }
      if (!p.signals().isEmpty()) {
        String lines = p.signals().format().strip().replace("\n", "; ");
        b.append(" --signal '").append(lines).append('\'');
      }
      Traceback level = p.world().traceback();
      if (level != Traceback.SINGLE) {
        b.append(" --traceback ").append(level.name().toLowerCase(Locale.ROOT));
      }
      return b.toString();
    }

    private static String source(Block.Code code) {
      return switch (code.language()) {
        case GO -> "%%go\n" + code.source();
        case JAVA -> code.source();
      };
    }

    private void predict(Block.Predict p) {
      Optional<Items.Item> item = items.find(p.item(), lesson.language());
      if (item.isEmpty()) {
        fault(p.line(), "there is no prediction item " + p.item());
        return;
      }
      text.add(item.get().prompt().strip());
      code(p.name(), p.line(), item.get().template().stripTrailing(), Map.of("item", p.item()));
    }

    private void claim(String id, int line) {
      Optional<Claim> claim = ledger.find(id);
      if (claim.isEmpty()) {
        fault(line, "there is no claim " + id + " in the ledger");
        return;
      }
      try {
        text.add(expand(box.of(claim.get()), line));
      } catch (Facts.NoFact e) {
        fault(line, id + ": " + e.getMessage());
      }
    }

    /** The text, with the tools named that its commands need. */
    private String tools(String markdown, int line) {
      try {
        return Commands.marked(markdown, words);
      } catch (IllegalArgumentException e) {
        fault(line, String.valueOf(e.getMessage()));
        return markdown;
      }
    }

    private void terms(Block.Terms t) {
      StringBuilder table = new StringBuilder(words.get("glossary.head")).append("\n|---|---|---|");
      for (String id : t.ids()) {
        Glossary.builtIn()
            .find(id)
            .ifPresentOrElse(
                e -> table.append('\n').append(row(e)),
                () -> fault(t.line(), "the glossary has no word " + id));
      }
      text.add(table.toString());
    }

    /** The word in the language of the lesson, in the other one, and what it means. */
    private String row(Glossary.Entry e) {
      Language other = lesson.language() == Language.EN ? Language.ZH_CN : Language.EN;
      return "| %s | %s | %s |"
          .formatted(
              e.term().in(lesson.language()), e.term().in(other), e.says().in(lesson.language()));
    }

    private void figure(Block.Figure f) {
      Optional<GoProgram> program = program(f.program(), f.line());
      if (program.isEmpty()) {
        return;
      }
      try {
        text.add(
            fence("mermaid", flows.mermaid(f.kind(), program.get(), f.exit(), lesson.language())));
      } catch (Flows.NoFlow e) {
        fault(f.line(), f.program() + ": " + e.getMessage());
      }
    }

    private Optional<GoProgram> program(String id, int line) {
      Optional<GoProgram> program = corpus.find(id);
      if (program.isEmpty()) {
        fault(line, "there is no program " + id + " in the corpus");
      }
      return program;
    }

    private String expand(String markdown, int firstLine) {
      return Roles.expand(
          markdown,
          (expression, line) -> {
            try {
              return facts.answer(expression);
            } catch (Facts.NoFact e) {
              fault(firstLine + line, "{obs}`" + expression + "`: " + e.getMessage());
              return "";
            }
          });
    }

    private void code(CellName cell, int line, String source, Map<String, String> marks) {
      endText();
      cells.add(new Notebook.Code(cell.id(), source, cell.tags(), marks));
      name = new CellName(cell.id() + "-after", List.of());
      nameLine = line;
    }

    private void endText() {
      if (!text.isEmpty()) {
        cells.add(new Notebook.Markdown(name.id(), String.join("\n\n", text), name.tags()));
        text.clear();
        name = new CellName(name.id() + "-after", List.of());
      }
    }

    private void uniqueIds() {
      TreeSet<String> seen = new TreeSet<>();
      for (Notebook.Cell cell : cells) {
        if (!seen.add(cell.id())) {
          fault(nameLine, "two cells have the id " + cell.id() + "; name one with +++ or :id:");
        } else if (cell.id().length() > 64) {
          fault(nameLine, "the id " + cell.id() + " is longer than 64; shorten the one it is of");
        }
      }
      if (cells.isEmpty()) {
        fault(1, "the lesson has no cell");
      }
    }

    private void fault(int line, String message) {
      problems.add(new Problem(lesson.file(), line, message));
    }
  }

  /** A fenced block whose fence is longer than any in the text. */
  private static String fence(String info, String text) {
    String fence = "```";
    while (text.contains(fence)) {
      fence += "`";
    }
    return fence + info + "\n" + text.stripTrailing() + "\n" + fence;
  }
}
