package paniclab.diagrams;

import paniclab.model.stack.VariableHome;

/**
 * How the compiler decides where a variable lives, and the way that one variable takes.
 *
 * @param decision about that variable
 */
public record VariableFlow(VariableHome.Decision decision) implements Diagram {
  /** The flow with the way of this variable. */
  public static VariableFlow of(VariableHome.Decision decision) {
    return new VariableFlow(decision);
  }

  /** Whether a question is on the way, with this answer. */
  boolean answered(VariableHome.Question question, boolean yes) {
    return decision.way().contains(new VariableHome.Answer(question, yes));
  }

  /** Whether a question is on the way. */
  boolean asked(VariableHome.Question question) {
    return answered(question, true) || answered(question, false);
  }
}
