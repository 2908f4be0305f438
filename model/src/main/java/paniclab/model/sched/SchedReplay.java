package paniclab.model.sched;

import java.util.Map;
import java.util.TreeMap;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;
import paniclab.model.trace.WaitReason;

/**
 * Puts a run of the machine onto G, M and P: what its goroutines did is told to a {@link
 * GoScheduler} in the order of the trace. The machine moves one goroutine at a time; with more than
 * one P those that could run at the same time are shown to do so, which is one way among many that
 * real Go could have run the same program.
 */
public final class SchedReplay {
  private final GoScheduler scheduler;

  /** The scheduler's number of each goroutine of the trace. */
  private final Map<Integer, Integer> ids = new TreeMap<>();

  private SchedReplay(GoScheduler scheduler) {
    this.scheduler = scheduler;
    scheduler.told();
    ids.put(1, 1);
  }

  /**
   * The scheduler after a whole run.
   *
   * @param procs GOMAXPROCS at the start
   */
  public static GoScheduler after(Trace trace, int procs) {
    return after(trace, trace.events().size(), procs);
  }

  /** The scheduler after the first {@code count} events of a run. */
  public static GoScheduler after(Trace trace, int count, int procs) {
    GoScheduler start = GoScheduler.start(procs);
    boolean broken = trace.events().stream().anyMatch(SchedReplay::holdsLocks);
    SchedReplay r = new SchedReplay(broken ? start.withBug(Bug.HOLDING_LOCKS) : start);
    for (Event e : trace.events().subList(0, count)) {
      r.apply(e);
    }
    return r.scheduler;
  }

  /** Whether the run was one of a runtime broken on purpose: no other can end so. */
  private static boolean holdsLocks(Event e) {
    return e instanceof Event.FatalRaised f && f.error().equals(GoScheduler.HOLDING_LOCKS);
  }

  /** A replay that is told one event after the other. */
  public static SchedReplay live(int procs) {
    return new SchedReplay(GoScheduler.start(procs));
  }

  /** A second replay in the same state. */
  public SchedReplay copy() {
    SchedReplay r = new SchedReplay(scheduler.copy());
    r.ids.putAll(ids);
    return r;
  }

  /** The scheduler as of now. */
  public GoScheduler scheduler() {
    return scheduler;
  }

  /** The next event of the run. Events after the death of the process change nothing. */
  public void apply(Event e) {
    if (scheduler.died().isPresent()) {
      return;
    }
    if (e instanceof Event.FatalRaised f) {
      scheduler.die("", f.error(), f.isThrow());
      return;
    }
    int g = ids.getOrDefault(e.at().goroutine(), 0);
    if (e instanceof Event.Woken w) {
      woken(g, w.by());
    } else if (g > 0 && awake(g)) {
      act(e, g);
    }
    if (scheduler.died().isEmpty()) {
      scheduler.run();
    }
  }

  /** Whether the goroutine runs, after it was given a thread if it was runnable. */
  private boolean awake(int g) {
    if (scheduler.status(g) == GStatus.RUNNABLE) {
      scheduler.runNow(g);
    }
    return scheduler.died().isEmpty() && scheduler.status(g) == GStatus.RUNNING;
  }

  private void woken(int g, int by) {
    if (g == 0) {
      return;
    }
    if (scheduler.status(g) == GStatus.SYSCALL) {
      scheduler.exitsyscall(g);
      return;
    }
    int waker = ids.getOrDefault(by, 0);
    if (waker > 0 && awake(waker)) {
      scheduler.ready(g, waker);
    } else {
      scheduler.readyByTimer(g);
    }
  }

  private void act(Event e, int g) {
    if (e instanceof Event.Spawned s) {
      ids.put(s.child(), scheduler.go(g, s.function()));
    } else if (e instanceof Event.Blocked b) {
      blocked(b, g);
    } else if (e instanceof Event.GoroutineEnded) {
      scheduler.goexit(g);
    } else if (e instanceof Event.ProcsChanged p) {
      scheduler.gomaxprocs(g, p.to());
    } else if (e instanceof Event.ThreadLocked t) {
      if (t.locked()) {
        scheduler.lockOSThread(g);
      } else {
        scheduler.unlockOSThread(g);
      }
    }
  }

  private void blocked(Event.Blocked b, int g) {
    if (b.reason() == WaitReason.SYSCALL) {
      scheduler.entersyscallblock(g);
    } else {
      scheduler.park(g, b.reason().text());
    }
  }
}
