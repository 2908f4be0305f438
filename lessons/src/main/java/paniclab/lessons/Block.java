package paniclab.lessons;

import java.util.List;
import java.util.Optional;

/** A piece of a lesson, in the order of its source. */
public sealed interface Block {
  /** Its first line in the source, from 1. */
  int line();

  /**
   * What a cell is called and marked with.
   *
   * @param id stable over edits and languages; 1 to 64 letters, digits, - and _
   * @param tags Jupyter's cell tags, e.g. raises-exception
   */
  record CellName(String id, List<String> tags) {
    public CellName {
      tags = List.copyOf(tags);
    }
  }

  /** Markdown that passes through as it was written, but for {@code {obs}} roles. */
  record Prose(int line, String markdown) implements Block {}

  /** {@code +++}: the Markdown that follows is a cell of its own. */
  record CellBreak(int line, CellName name) implements Block {}

  /** A code cell written in the lesson itself. */
  record Code(int line, CellName name, CodeLanguage language, String source) implements Block {}

  /** The languages of code cells. */
  enum CodeLanguage {
    GO,
    JAVA
  }

  /** A code cell that holds a program of the corpus. */
  record ProgramCell(int line, CellName name, String program) implements Block {}

  /** The program of the corpus, to be read, not run. */
  record Listing(int line, String program) implements Block {}

  /** A prediction item: its questions, then a cell for the answers. */
  record Predict(int line, CellName name, String item) implements Block {}

  /** Markdown that opens on a click. */
  record Hint(int line, String markdown) implements Block {}

  /** Boxes of the claims ledger. */
  record LedgerBox(int line, List<String> claims) implements Block {
    public LedgerBox {
      claims = List.copyOf(claims);
    }
  }

  /** A table of words and what they mean. */
  record Terms(int line, List<String> ids) implements Block {
    public Terms {
      ids = List.copyOf(ids);
    }
  }

  /** A part of the look-up table: the rows of a group. */
  record Lookup(int line, String group) implements Block {}

  /** What a flow shows of a run. */
  enum FigureKind {
    /** The parts of its crash text. */
    ANATOMY,
    LANES,
    BOUNDARY,
    DEFERS,
    /** How long memory lives that Go and C share. */
    LIVES,
    /** The way through the dynamic loader, as the loader told of it. */
    LOADER,
    RECOVER,
    SCHED,
    SIGNALS,
    WAITS,
    /** The copies of its largest stack. */
    STACK,
    /** Depth of calls against size of stack. */
    DEPTH
  }

  /**
   * The flow of a recorded run.
   *
   * @param exit of the run to show, where the program can end in several ways
   */
  record Figure(int line, FigureKind kind, String program, Optional<Integer> exit)
      implements Block {}
}
