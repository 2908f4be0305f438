package paniclab.exercises.feedback;

import java.util.Optional;
import paniclab.diagrams.DeferStack;
import paniclab.diagrams.Diagram;
import paniclab.diagrams.Lanes;
import paniclab.diagrams.RecoverReach;
import paniclab.model.program.Position;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/** Which picture tells most of a run, and where it ended. */
final class Figures {
  private Figures() {}

  static Diagram telling(Trace trace) {
    RecoverReach reach = RecoverReach.of(trace);
    if (reach.deaths().stream().anyMatch(d -> !d.calls().isEmpty())) {
      return reach;
    }
    boolean spawned = trace.events().stream().anyMatch(Event.Spawned.class::isInstance);
    return spawned ? Lanes.of(trace) : DeferStack.of(trace);
  }

  /** Where the panic or fatal error stands that ended a run. */
  static Optional<Position> end(Trace trace) {
    return trace.events().reversed().stream()
        .filter(e -> e instanceof Event.PanicRaised || e instanceof Event.FatalRaised)
        .map(e -> e.at().position())
        .filter(Position::isKnown)
        .findFirst();
  }
}
