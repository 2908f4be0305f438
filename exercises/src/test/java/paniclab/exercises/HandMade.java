package paniclab.exercises;

import java.util.ArrayList;
import java.util.List;
import paniclab.model.explore.Schedule;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.GoString;
import paniclab.model.program.Position;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/** Runs written by hand, for tests of what is made of runs. */
final class HandMade {
  private final List<Event> events = new ArrayList<>();
  private final StringBuilder stdout = new StringBuilder();
  private long step;

  At at(int goroutine, int line, int column) {
    return new At(++step, goroutine, "main.main", new Position("main.go", line, column), step);
  }

  HandMade add(Event e) {
    events.add(e);
    return this;
  }

  HandMade print(int goroutine, int line, String text) {
    stdout.append(text).append('\n');
    return add(new Event.Printed(at(goroutine, line, 2), 1, text + "\n"));
  }

  Run run(Outcome outcome, String stderr) {
    Ending ending = new Ending(outcome, GoString.of(stdout.toString()), GoString.of(stderr));
    return new Run(ending, new Trace(events, 0), Schedule.FIRST, step, step);
  }

  static Verdict always(Run run) {
    return new Verdict.Always(new Verdict.Witness(run.ending(), run.schedule()), 1, List.of());
  }

  /** What real Go does with PC1-06, as events. */
  static Run recoverInMain() {
    HandMade m = new HandMade();
    return m.add(new Event.DeferPushed(m.at(1, 9, 2), "fmt.Println", 1))
        .add(new Event.DeferPushed(m.at(1, 10, 2), "main.main.func1", 2))
        .add(new Event.Spawned(m.at(1, 11, 2), 2, "main.main.func2"))
        .add(new Event.DeferPushed(m.at(2, 12, 3), "fmt.Println", 1))
        .add(new Event.PanicRaised(m.at(2, 13, 3), "boom in child", false, 1))
        .add(new Event.DeferRan(m.at(2, 13, 3), "fmt.Println", Event.DeferCause.PANIC))
        .print(2, 12, "defer of the panicking goroutine ran")
        .add(new Event.ProcessEnded(m.at(2, 13, 3), 2, "panic"))
        .run(
            new Outcome.Panicked(List.of(new Outcome.PanicText("boom in child", "", false))),
            "panic: boom in child\n\ngoroutine 2 [running]:\n");
  }
}
