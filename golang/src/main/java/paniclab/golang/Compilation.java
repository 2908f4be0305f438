package paniclab.golang;

import java.util.List;
import java.util.stream.Collectors;
import paniclab.model.program.Program;

/** What became of a program's source. */
public sealed interface Compilation {

  /** Go accepts it and the model can run it. */
  record Compiled(Program program) implements Compilation {}

  /** Go does not compile it; the messages are those of {@code go build}, in its order. */
  record Rejected(List<Diagnostic> diagnostics) implements Compilation {
    public Rejected {
      diagnostics = List.copyOf(diagnostics);
    }

    /** The messages as {@code go build} prints them, without its {@code #} line. */
    @Override
    public String toString() {
      return diagnostics.stream().map(Diagnostic::toString).collect(Collectors.joining("\n"));
    }
  }

  /**
   * Go may well accept it, but it uses what the model has not got. Each reason's message names the
   * construct, such as {@code package net/http} or {@code strings.Title}.
   */
  record Unsupported(List<Diagnostic> reasons) implements Compilation {
    public Unsupported {
      reasons = List.copyOf(reasons);
    }

    /** One line for each reason. */
    @Override
    public String toString() {
      return reasons.stream()
          .map(d ->
              new Diagnostic(
                  d.file(), d.line(), d.column(), "not supported by the model: " + d.message()))
          .map(Diagnostic::toString)
          .collect(Collectors.joining("\n"));
    }
  }
}
