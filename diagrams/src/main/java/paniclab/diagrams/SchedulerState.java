package paniclab.diagrams;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import paniclab.model.sched.GStatus;
import paniclab.model.sched.GoScheduler;
import paniclab.model.sched.MState;
import paniclab.model.sched.PStatus;
import paniclab.model.sched.SchedEvent;
import paniclab.model.sched.SchedReplay;
import paniclab.model.sched.Snapshot;
import paniclab.model.trace.Trace;

/**
 * Goroutines on threads on processors at one moment, and the ways goroutines have gone between
 * their statuses until then.
 *
 * @param seats threads with what they hold, and processors without a thread
 * @param threads how many there are, those left out included
 * @param globalQueue goroutines in the global run queue
 * @param waiting the goroutines that wait, by reason
 * @param moves the changes of status that happened, with how often each
 * @param died the last line of the crash, if the process has died of the scheduler
 * @param folded threads and processors left out
 */
public record SchedulerState(
    List<Seat> seats,
    long threads,
    List<Integer> globalQueue,
    Map<String, List<Integer>> waiting,
    int dead,
    List<Move> moves,
    Optional<String> died,
    Folded folded)
    implements Diagram {
  /** The most threads and lone processors drawn; idle ones give way first. */
  public static final int MAX_SEATS = 8;

  /** Goroutines named in one line; the others are counted. */
  static final int MAX_NAMES = 8;

  /** Processors of a replay, where nothing says how many: some own and some other. */
  public static final int DEFAULT_PROCS = 2;

  /** A thread, a processor, or both together. */
  public record Seat(Optional<Snapshot.MView> m, Optional<Snapshot.PView> p) {}

  /** A change of status: the functions of the runtime that made it, with how often. */
  public record Move(GStatus from, GStatus to, Map<String, Integer> by) {}

  public SchedulerState {
    seats = List.copyOf(seats);
    globalQueue = List.copyOf(globalQueue);
    moves = List.copyOf(moves);
  }

  /** The end of a run, put onto {@link #DEFAULT_PROCS} processors. */
  public static SchedulerState of(Trace trace) {
    return of(trace, DEFAULT_PROCS);
  }

  /** The end of a run, put onto so many processors. */
  public static SchedulerState of(Trace trace, int procs) {
    return of(SchedReplay.after(trace, procs));
  }

  /** A scheduler as it is now. */
  public static SchedulerState of(GoScheduler scheduler) {
    Snapshot s = scheduler.snapshot();
    List<Seat> all =
        seats(s).stream().sorted(Comparator.comparingInt(SchedulerState::rank)).toList();
    List<Seat> kept = new ArrayList<>(all);
    fold(kept, SchedulerState::isIdle);
    fold(kept, x -> x.m().filter(m -> m.state() == MState.LOCKED_IDLE).isPresent());
    fold(kept, _ -> true);
    Map<String, List<Integer>> waiting = new TreeMap<>();
    for (Snapshot.GView g : s.gs()) {
      if (g.status() == GStatus.WAITING) {
        waiting.computeIfAbsent(g.waitReason(), _ -> new ArrayList<>()).add(g.id());
      }
    }
    return new SchedulerState(
        kept,
        s.threads(),
        s.globalQueue(),
        waiting,
        (int) s.goroutines(GStatus.DEAD),
        moves(scheduler.events()),
        scheduler.died().map(d -> d.note() + "fatal error: " + d.message()),
        new Folded(all.size() - kept.size(), 0, 0, 0));
  }

  private static List<Seat> seats(Snapshot s) {
    List<Seat> seats = new ArrayList<>();
    for (Snapshot.MView m : s.ms()) {
      if (m.state() != MState.DEAD) {
        seats.add(
            new Seat(
                Optional.of(m), m.p() < 0 ? Optional.empty() : Optional.of(s.ps().get(m.p()))));
      }
    }
    for (Snapshot.PView p : s.ps()) {
      if (p.m() < 0 && p.status() != PStatus.DEAD) {
        seats.add(new Seat(Optional.empty(), Optional.of(p)));
      }
    }
    return seats;
  }

  /** Leaves out seats of a kind, the last first, until the others fit. */
  private static void fold(List<Seat> seats, Predicate<Seat> kind) {
    for (int i = seats.size() - 1; i >= 0 && seats.size() > MAX_SEATS; i--) {
      if (kind.test(seats.get(i))) {
        seats.remove(i);
      }
    }
  }

  /** Who runs a goroutine stands first, who has a processor next. */
  private static int rank(Seat s) {
    boolean runs = s.m().filter(m -> m.curg() > 0).isPresent();
    return runs ? 0 : s.p().isPresent() ? 1 : 2;
  }

  private static boolean isIdle(Seat s) {
    boolean idleThread = s.m().isEmpty() || s.m().filter(m -> m.state() == MState.IDLE).isPresent();
    boolean idleProcessor =
        s.p().isEmpty() || s.p().filter(p -> p.runnext() == 0 && p.queue().isEmpty()).isPresent();
    return idleThread && idleProcessor;
  }

  private static List<Move> moves(List<SchedEvent> events) {
    Map<List<GStatus>, Map<String, Integer>> moves = new LinkedHashMap<>();
    for (SchedEvent e : events) {
      if (e instanceof SchedEvent.Changed c) {
        moves
            .computeIfAbsent(List.of(c.from(), c.to()), _ -> new LinkedHashMap<>())
            .merge(c.by(), 1, Integer::sum);
      }
    }
    return moves.entrySet().stream()
        .map(e -> new Move(e.getKey().getFirst(), e.getKey().getLast(), e.getValue()))
        .toList();
  }
}
