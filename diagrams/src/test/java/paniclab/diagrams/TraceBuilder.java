package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import paniclab.model.program.Position;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/** Builds traces by hand, for shapes that no program at hand makes. */
final class TraceBuilder {
  private final List<Event> events = new ArrayList<>();

  /** Adds an event of a goroutine on a line of main.go. */
  TraceBuilder at(int goroutine, int line, Function<At, Event> event) {
    long step = events.size();
    events.add(
        event.apply(
            new At(step, goroutine, "main.f", new Position("main.go", line, 2), step * 100)));
    return this;
  }

  Trace build() {
    return new Trace(events, 0);
  }
}
