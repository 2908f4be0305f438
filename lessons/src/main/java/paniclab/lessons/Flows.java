package paniclab.lessons;

import java.util.Optional;
import paniclab.programs.GoProgram;

/** Draws the flow of a run as text that a notebook renders. */
public interface Flows {
  /**
   * The flow of one run of a program, as Mermaid source without its fence.
   *
   * @param exit of the run to draw; absent: of the run that takes Go's first choice everywhere
   * @throws NoFlow where there is no such run, saying why
   */
  String mermaid(
      Block.FigureKind kind, GoProgram program, Optional<Integer> exit, Language language)
      throws NoFlow;

  /** There is nothing to draw. */
  final class NoFlow extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public NoFlow(String message) {
      super(message);
    }
  }
}
