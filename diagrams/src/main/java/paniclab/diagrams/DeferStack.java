package paniclab.diagrams;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/**
 * The stacks of deferred calls, drawn each time one begins to empty: what was pushed, what ran it,
 * and what never ran.
 *
 * @param peaks in the order of the run
 */
public record DeferStack(List<Peak> peaks, Folded folded) implements Diagram {
  /** The most deferred calls drawn in one stack. */
  public static final int MAX_HEIGHT = 11;

  /** The most stacks drawn. */
  public static final int MAX_PEAKS = 6;

  public DeferStack {
    peaks = List.copyOf(peaks);
  }

  /** Whether the trace ends before the run does, so that nobody knows what ran afterwards. */
  boolean isCut() {
    return folded.dropped() > 0;
  }

  /** Why a stack began to empty. */
  public enum Trigger {
    RETURN,
    PANIC,
    GOEXIT,
    /** The process ended or the goroutine never got there: nothing of it ran. */
    NEVER
  }

  /**
   * A deferred call.
   *
   * @param pushed where its defer statement ran
   * @param cause why it ran; absent when it did not
   * @param order its place among the calls that ran in this stack, from 1; 0 when it did not run
   * @param later whether it ran later, when the stack had grown again
   * @param recovered the panic value it recovered
   * @param failed the value of recover's nil, if it called recover in vain
   */
  public record Entry(
      String function,
      At pushed,
      Optional<Event.DeferCause> cause,
      int order,
      boolean later,
      Optional<String> recovered,
      Optional<Event.RecoverNil> failed) {}

  /**
   * A stack at its fullest, last pushed first.
   *
   * @param why what began to run it: a panic's value, or empty
   * @param entries the first to run and the last to run, when there are too many
   * @param hidden how many entries between them are left out
   * @param gap the index in {@code entries} before which they are left out
   */
  public record Peak(
      int goroutine, Trigger trigger, String why, At at, List<Entry> entries, int hidden, int gap) {
    public Peak {
      entries = List.copyOf(entries);
    }
  }

  /** The stacks of a run. */
  public static DeferStack of(Trace trace) {
    List<Peak> peaks = new Reader().read(trace.events());
    int more = Math.max(0, peaks.size() - MAX_PEAKS);
    int hidden = peaks.stream().mapToInt(Peak::hidden).sum();
    List<Peak> shown = peaks;
    if (more > 0) {
      shown = new ArrayList<>(peaks.subList(0, MAX_PEAKS / 2));
      shown.addAll(peaks.subList(peaks.size() - MAX_PEAKS / 2, peaks.size()));
    }
    return new DeferStack(shown, new Folded(hidden + more, 0, 0, trace.dropped()));
  }

  /** One deferred call while the trace is read; mutable, never leaves the reader. */
  private static final class Call {
    final String function;
    final At pushed;
    Optional<String> recovered = Optional.empty();
    Optional<Event.RecoverNil> failed = Optional.empty();
    Optional<Event.DeferCause> cause = Optional.empty();

    Call(String function, At pushed) {
      this.function = function;
      this.pushed = pushed;
    }
  }

  /** A peak while it empties. */
  private static final class Open {
    final Trigger trigger;
    final String why;
    final At at;
    final List<Call> stack;
    final List<Call> ran = new ArrayList<>();
    final int goroutine;

    Open(int goroutine, Trigger trigger, String why, At at, Deque<Call> pending) {
      this.goroutine = goroutine;
      this.trigger = trigger;
      this.why = why;
      this.at = at;
      this.stack = new ArrayList<>(pending);
    }

    Peak close() {
      int hidden = Math.max(0, stack.size() - MAX_HEIGHT);
      int gap = (MAX_HEIGHT + 1) / 2;
      List<Call> shown = new ArrayList<>(stack);
      if (hidden > 0) {
        shown.subList(gap, gap + hidden).clear();
      }
      List<Entry> entries = new ArrayList<>();
      for (Call c : shown) {
        int order = ran.indexOf(c) + 1;
        entries.add(
            new Entry(
                c.function,
                c.pushed,
                c.cause,
                order,
                order == 0 && c.cause.isPresent(),
                c.recovered,
                c.failed));
      }
      return new Peak(goroutine, trigger, why, at, entries, hidden, gap);
    }
  }

  /** Reads a trace from front to back. */
  private static final class Reader {
    private final Map<Integer, Deque<Call>> pending = new LinkedHashMap<>();
    private final Map<Integer, Deque<Call>> running = new LinkedHashMap<>();
    private final Map<Integer, String> panic = new LinkedHashMap<>();
    private final Map<Integer, Open> open = new LinkedHashMap<>();
    private final List<Open> all = new ArrayList<>();

    List<Peak> read(List<Event> events) {
      events.forEach(this::visit);
      At end = events.isEmpty() ? NOWHERE : events.getLast().at();
      pending.forEach((g, stack) -> {
        if (!stack.isEmpty() && !open.containsKey(g)) {
          all.add(new Open(g, Trigger.NEVER, "", end, stack));
        }
      });
      return all.stream().map(Open::close).toList();
    }

    private void visit(Event e) {
      int g = e.at().goroutine();
      switch (e) {
        case Event.DeferPushed d -> {
          stack(pending, g).push(new Call(d.function(), d.at()));
          open.remove(g);
        }
        case Event.PanicRaised p -> panic.put(g, p.value());
        case Event.DeferRan d -> ran(g, d);
        case Event.DeferReturned _ -> stack(running, g).poll();
        case Event.Recovered r -> {
          panic.remove(g);
          Call c = stack(running, g).peek();
          if (c != null) {
            c.recovered = Optional.of(r.value());
          }
        }
        case Event.RecoverReturnedNil n -> {
          Call c = stack(running, g).peek();
          if (c != null && c.recovered.isEmpty()) {
            c.failed = Optional.of(n.why());
          }
        }
        case Event.Spawned _,
            Event.GoroutineEnded _,
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
            Event.FatalRaised _,
            Event.Printed _,
            Event.SignalDelivered _,
            Event.StackGrew _,
            Event.TimerFired _,
            Event.DataRace _,
            Event.ProcessEnded _ -> {}
      }
    }

    private void ran(int g, Event.DeferRan d) {
      Deque<Call> stack = stack(pending, g);
      Call call = take(stack, d);
      Open now = open.get(g);
      if (now == null) {
        Trigger trigger =
            switch (d.cause()) {
              case RETURN -> Trigger.RETURN;
              case PANIC -> Trigger.PANIC;
              case GOEXIT -> Trigger.GOEXIT;
            };
        String why = trigger == Trigger.PANIC ? panic.getOrDefault(g, "") : "";
        stack.push(call);
        now = new Open(g, trigger, why, d.at(), stack);
        stack.pop();
        open.put(g, now);
        all.add(now);
      }
      call.cause = Optional.of(d.cause());
      now.ran.add(call);
      stack(running, g).push(call);
    }

    /** The topmost pending call of that name; deferred calls run last in, first out. */
    private static Call take(Deque<Call> stack, Event.DeferRan d) {
      for (Call c : stack) {
        if (c.function.equals(d.function())) {
          stack.remove(c);
          return c;
        }
      }
      return new Call(d.function(), d.at());
    }

    private static Deque<Call> stack(Map<Integer, Deque<Call>> of, int g) {
      return of.computeIfAbsent(g, _ -> new ArrayDeque<>());
    }
  }

  private static final At NOWHERE = new At(0, 0, "", paniclab.model.program.Position.NONE, 0);
}
