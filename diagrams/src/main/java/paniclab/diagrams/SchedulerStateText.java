package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import paniclab.diagrams.SchedulerState.Move;
import paniclab.diagrams.SchedulerState.Seat;
import paniclab.model.sched.MState;

/** {@link SchedulerState} in words. */
final class SchedulerStateText {
  private SchedulerStateText() {}

  static String render(SchedulerState d, Words w) {
    StringBuilder b = new StringBuilder(w.get("sched.title")).append('\n');
    List<List<String>> rows = new ArrayList<>();
    for (Seat s : d.seats()) {
      rows.add(
          List.of(
              s.m()
                  .filter(m -> m.curg() > 0)
                  .map(m -> String.join(" ", SchedulerStateLayout.goroutine(m)))
                  .orElse(""),
              s.m()
                  .map(m -> String.join("  ", SchedulerStateLayout.thread(m, w)).strip())
                  .orElse(""),
              s.p().map(p -> String.join("  ", SchedulerStateLayout.processor(p, w))).orElse("")));
    }
    b.append(rows.isEmpty() ? "" : PlainText.table(rows));
    b.append(w.get("sched.global", SchedulerStateLayout.names(d.globalQueue(), w))).append('\n');
    d.waiting()
        .forEach((reason, gs) ->
            b.append("_Gwaiting [" + reason + "]: " + SchedulerStateLayout.names(gs, w) + "\n"));
    if (d.dead() > 0) {
      b.append(w.get("sched.dead", d.dead())).append('\n');
    }
    for (Move m : d.moves()) {
      b.append(m.from().goName() + " → " + m.to().goName() + ": ");
      b.append(String.join(", ", SchedulerStateLayout.by(m))).append('\n');
    }
    d.died().ifPresent(x -> b.append(x).append('\n'));
    String hidden = SchedulerStateLayout.hidden(d, w);
    return b.append(hidden.isEmpty() ? "" : hidden + "\n").toString();
  }

  static String alt(SchedulerState d, Words w) {
    long running = count(d, MState.RUNNING);
    long waiting = d.waiting().values().stream().mapToLong(List::size).sum();
    List<String> parts = new ArrayList<>();
    parts.add(w.get("sched.alt", d.threads(), running));
    parts.add(w.get("sched.alt.waiting", waiting));
    if (count(d, MState.SYSCALL) > 0) {
      parts.add(w.get("sched.alt.syscall", count(d, MState.SYSCALL)));
    }
    d.died().ifPresent(x -> parts.add(w.get("sched.alt.died", x.lines().toList().getLast())));
    return AltText.sentence(w, parts);
  }

  private static long count(SchedulerState d, MState state) {
    return d.seats().stream().flatMap(s -> s.m().stream()).filter(m -> m.state() == state).count();
  }
}
