package paniclab.diagrams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/**
 * Who may recover whom: each death of a run with the deferred calls that were pending when it was
 * raised, in its own goroutine and in the others.
 *
 * @param deaths panics, fatal errors and throws, in the order of the run
 */
public record RecoverReach(List<Death> deaths, Folded folded) implements Diagram {
  /** The most deaths drawn. */
  public static final int MAX_DEATHS = 8;

  /** The most deferred calls drawn with one death. */
  public static final int MAX_CALLS = 8;

  public RecoverReach {
    deaths = List.copyOf(deaths);
  }

  /** The kinds of death; only a panic can be recovered at all. */
  public enum Kind {
    PANIC,
    FATAL,
    THROW
  }

  /** What a death led to. */
  public enum Fate {
    /** A deferred call recovered it; the goroutine went on. */
    RECOVERED,
    /** A newer panic of the same goroutine took its place and was recovered. */
    REPLACED,
    /** It ended the process. */
    ENDED_PROCESS,
    /** A fatal error ended the process while it unwound. */
    OVERTAKEN,
    /** A Goexit in a deferred call abandoned it: the goroutine ended, the process lived on. */
    ABANDONED,
    /** The trace stops before it is decided. */
    OPEN
  }

  /** What became of a deferred call with respect to one death. */
  public enum Reach {
    /** It called recover, and the panic ended there. */
    RECOVERED,
    /** It ran while the panic was in progress, so a call of recover in it would have stopped it. */
    COULD,
    /** It ran and called recover, which gave nil. */
    GAVE_NIL,
    /** It is in the panicking goroutine, but the panic was over before its turn. */
    NOT_NEEDED,
    /** It is in the panicking goroutine and did not run. */
    NOT_RUN,
    /** It belongs to another goroutine. */
    OTHER_GOROUTINE,
    /** No deferred call runs after a fatal error. */
    FATAL
  }

  /**
   * A deferred call.
   *
   * @param pushed where its defer statement ran
   * @param why the reason when {@code reach} is GAVE_NIL
   */
  public record Call(
      int goroutine, String function, At pushed, Reach reach, Optional<Event.RecoverNil> why) {}

  /**
   * A panic, fatal error or throw.
   *
   * @param text as Go prints it, without its prefix
   */
  public record Death(Kind kind, int goroutine, At at, String text, Fate fate, List<Call> calls) {
    public Death {
      calls = List.copyOf(calls);
    }
  }

  /** The deaths of a run. */
  public static RecoverReach of(Trace trace) {
    Reader r = new Reader();
    trace.events().forEach(r::visit);
    List<Death> all = r.all.stream().map(Open::close).toList();
    int cut = r.all.stream().mapToInt(o -> Math.max(0, o.calls.size() - MAX_CALLS)).sum();
    int more = Math.max(0, all.size() - MAX_DEATHS);
    return new RecoverReach(
        all.subList(more, all.size()), new Folded(cut + more, 0, 0, trace.dropped()));
  }

  /** A pending call while the trace is read. */
  private record Pending(String function, At pushed) {}

  /** One call with respect to one death, while the trace is read. */
  private static final class Row {
    final int goroutine;
    final Pending call;
    Reach reach;
    Optional<Event.RecoverNil> why = Optional.empty();

    Row(int goroutine, Pending call, Reach reach) {
      this.goroutine = goroutine;
      this.call = call;
      this.reach = reach;
    }
  }

  /** A death while the trace is read. */
  private static final class Open {
    final Kind kind;
    final At at;
    final String text;
    final List<Row> calls = new ArrayList<>();
    Fate fate = Fate.OPEN;

    Open(Kind kind, At at, String text) {
      this.kind = kind;
      this.at = at;
      this.text = text;
    }

    Death close() {
      return new Death(
          kind,
          at.goroutine(),
          at,
          text,
          fate,
          calls.stream()
              .limit(MAX_CALLS)
              .map(r -> new Call(r.goroutine, r.call.function, r.call.pushed, r.reach, r.why))
              .toList());
    }
  }

  /** Reads a trace from front to back. */
  private static final class Reader {
    final List<Open> all = new ArrayList<>();
    private final Map<Integer, List<Pending>> pending = new LinkedHashMap<>();
    private final Map<Integer, List<Open>> inProgress = new LinkedHashMap<>();
    private final Map<Integer, List<Pending>> running = new LinkedHashMap<>();

    void visit(Event e) {
      int g = e.at().goroutine();
      switch (e) {
        case Event.DeferPushed d -> list(pending, g).add(new Pending(d.function(), d.at()));
        case Event.DeferRan d -> ran(g, d);
        case Event.DeferReturned _ -> {
          if (!list(running, g).isEmpty()) {
            list(running, g).removeLast();
          }
        }
        case Event.PanicRaised p -> raised(new Open(Kind.PANIC, p.at(), p.value()));
        case Event.FatalRaised f -> {
          Open death = new Open(f.isThrow() ? Kind.THROW : Kind.FATAL, f.at(), f.error());
          death.fate = Fate.ENDED_PROCESS; // always; a deadlock's end is in no goroutine
          raised(death);
        }
        case Event.Recovered r -> recovered(g, r);
        case Event.RecoverReturnedNil n -> gaveNil(g, n);
        case Event.ProcessEnded p -> ended(g, p.status());
        case Event.GoroutineEnded _ -> {
          list(inProgress, g).forEach(o -> o.fate = Fate.ABANDONED);
          list(inProgress, g).clear();
        }
        case Event.Spawned _,
            Event.Blocked _,
            Event.Woken _,
            Event.Scheduled _,
            Event.ThreadLocked _,
            Event.ProcsChanged _,
            Event.Sent _,
            Event.Received _,
            Event.Closed _,
            Event.Synced _,
            Event.Crossing _,
            Event.Lifetime _,
            Event.Goexited _,
            Event.Printed _,
            Event.SignalDelivered _,
            Event.StackGrew _,
            Event.TimerFired _,
            Event.DataRace _ -> {}
      }
    }

    private void raised(Open death) {
      int g = death.at.goroutine();
      boolean panic = death.kind == Kind.PANIC;
      for (Pending p : list(pending, g).reversed()) {
        death.calls.add(new Row(g, p, panic ? Reach.NOT_RUN : Reach.FATAL));
      }
      pending.forEach((other, calls) -> {
        if (other != g) {
          for (Pending p : calls.reversed()) {
            death.calls.add(new Row(other, p, panic ? Reach.OTHER_GOROUTINE : Reach.FATAL));
          }
        }
      });
      all.add(death);
      if (panic) {
        list(inProgress, g).add(death);
      }
    }

    private void ran(int g, Event.DeferRan d) {
      List<Pending> stack = list(pending, g);
      Pending call = new Pending(d.function(), d.at());
      for (Pending p : stack.reversed()) {
        if (p.function.equals(d.function())) {
          call = p;
          break;
        }
      }
      stack.remove(call);
      list(running, g).add(call);
      if (d.cause() == Event.DeferCause.PANIC) {
        mark(g, call, Reach.COULD, Optional.empty());
      }
    }

    private void recovered(int g, Event.Recovered r) {
      List<Open> open = list(inProgress, g);
      if (!list(running, g).isEmpty()) {
        mark(g, list(running, g).getLast(), Reach.RECOVERED, Optional.empty());
      }
      for (Open o : open.reversed()) {
        if (o.text.equals(r.value())) {
          o.fate = Fate.RECOVERED;
          open.remove(o);
          open.stream()
              .filter(old -> old.fate == Fate.OPEN)
              .forEach(old -> old.fate = Fate.REPLACED);
          o.calls.stream()
              .filter(row -> row.reach == Reach.NOT_RUN)
              .forEach(row -> row.reach = Reach.NOT_NEEDED);
          return;
        }
      }
    }

    /** What was thought replaced, and still ends the process, was not. */
    private void ended(int g, int status) {
      if (status == 0) {
        return;
      }
      boolean fatal = all.stream().anyMatch(o -> o.kind != Kind.PANIC);
      list(inProgress, g).forEach(o -> o.fate = fatal ? Fate.OVERTAKEN : Fate.ENDED_PROCESS);
      all.stream().filter(o -> o.kind != Kind.PANIC).forEach(o -> o.fate = Fate.ENDED_PROCESS);
    }

    private void gaveNil(int g, Event.RecoverReturnedNil n) {
      if (!list(running, g).isEmpty()) {
        mark(g, list(running, g).getLast(), Reach.GAVE_NIL, Optional.of(n.why()));
      }
    }

    /**
     * Notes it with the newest panic in progress. A call that was deferred after the panic was
     * raised, by another deferred call, joins the list when recover is called in it.
     */
    private void mark(int g, Pending call, Reach reach, Optional<Event.RecoverNil> why) {
      List<Open> own = list(inProgress, g);
      if (own.isEmpty()) {
        return;
      }
      List<Row> rows = own.getLast().calls;
      Optional<Row> row = rows.stream().filter(r -> r.goroutine == g && r.call == call).findFirst();
      if (row.isEmpty() && reach != Reach.COULD) {
        row = Optional.of(new Row(g, call, reach));
        rows.addFirst(row.get());
      }
      row.filter(r -> r.reach != Reach.RECOVERED)
          .ifPresent(r -> {
            r.reach = reach;
            r.why = why;
          });
    }

    private static <T> List<T> list(Map<Integer, List<T>> of, int g) {
      return of.computeIfAbsent(g, _ -> new ArrayList<>());
    }
  }
}
