package paniclab.model.machine;

import java.util.List;
import java.util.Optional;
import paniclab.model.explore.Schedule;
import paniclab.model.explore.Scheduler;
import paniclab.model.outcome.Ending;
import paniclab.model.trace.Trace;

/**
 * A process whose goroutines are moved one at a time, from visible operation to visible operation:
 * what a search over schedules works with. Every move is written down, so that the run can be
 * replayed as a fine {@link Schedule}.
 */
public final class FineMachine {
  private final Machine machine;

  private int[] decisions = new int[64];
  private int count;
  private int current;

  /**
   * Starts a process.
   *
   * @param image a fine one; it may be used again for the next process, not by two at once
   * @param data decides what is not about goroutines: ready cases, map order, random numbers
   */
  public FineMachine(Image image, RunOptions options, Scheduler data, Machine.Listener listener) {
    machine =
        new Machine(
            image,
            options,
            c -> {
              int k = data.choose(c);
              note(k);
              return k;
            });
    machine.pauseAtVisible(new Noting(listener));
  }

  /** Passes on what happens, and writes down that a goroutine went on when it did. */
  private final class Noting implements Machine.Listener {
    private final Machine.Listener inner;

    Noting(Machine.Listener inner) {
      this.inner = inner;
    }

    @Override
    public void spawned(int parent, int child) {
      inner.spawned(parent, child);
    }

    @Override
    public void woken(int goroutine, int by) {
      inner.woken(goroutine, by);
    }

    @Override
    public boolean passes(Pause p) {
      return inner.passes(p);
    }

    @Override
    public void wentOn() {
      note(0);
    }
  }

  private void note(int k) {
    if (count == decisions.length) {
      decisions = java.util.Arrays.copyOf(decisions, count * 2);
    }
    decisions[count++] = k;
  }

  /** The world outside, which moves as a goroutine of this number when it sends a signal. */
  public static final int OUTSIDE = Machine.OUTSIDE;

  /** Whether a number is a goroutine's, not the world's outside and no timer's. */
  public static boolean isGoroutine(int number) {
    return number != OUTSIDE && number < Machine.TIMERS;
  }

  /**
   * The number of a component in vector clocks, so that those of goroutines and those of timers are
   * both small.
   */
  public static int slot(int number) {
    return number < Machine.TIMERS ? 2 * number : 2 * (number - Machine.TIMERS) + 1;
  }

  /** The most timers that are tried in all orders. */
  public static final int MAX_TIMERS = Machine.MAX_RIPE;

  /** Whether more than {@link #MAX_TIMERS} may fire now. */
  public boolean hasMoreTimers() {
    return machine.hasMoreRipe();
  }

  /** Timers that may fire now. */
  public List<Integer> timers() {
    return machine.ripeTimers();
  }

  /**
   * What can move: the goroutine that moved last first, then the run queue in order, the world
   * {@link #OUTSIDE}, if something may come from there, and timers that may fire.
   */
  public List<Integer> runnable() {
    List<Integer> ids = machine.runnable();
    int i = ids.indexOf(current);
    if (i > 0) {
      ids.remove(i);
      ids.addFirst(current);
    }
    if (machine.outsideMayCome()) {
      ids.add(OUTSIDE);
    }
    ids.addAll(machine.ripeTimers());
    return ids;
  }

  /** Whether a goroutine can move. */
  public boolean isRunnable(int goroutine) {
    return goroutine == OUTSIDE
        ? machine.outsideMayCome()
        : isGoroutine(goroutine) ? machine.isRunnable(goroutine) : machine.isRipe(goroutine);
  }

  /** Moves a goroutine: does the operation it stands before and goes on to the next. */
  public Pause advance(int goroutine) {
    List<Integer> options = runnable();
    if (options.size() > 1) {
      note(options.indexOf(goroutine));
    }
    if (goroutine == OUTSIDE) {
      Pause done = new Pause(OUTSIDE, Operation.NONE, false, true, machine.outside().site());
      machine.outsideComes();
      return done;
    }
    if (!isGoroutine(goroutine)) {
      Pause done = new Pause(goroutine, Operation.NONE, false, true, machine.outside().site());
      machine.fireRipe(goroutine);
      return done;
    }
    current = goroutine;
    return machine.advance(goroutine);
  }

  /** Where a goroutine stands, as of now. */
  public Pause pending(int goroutine) {
    return goroutine == OUTSIDE
        ? machine.outside()
        : isGoroutine(goroutine) ? machine.pending(goroutine) : machine.ripe(goroutine);
  }

  /** Moves by the option's index among {@link #runnable}. */
  Pause advanceOption(int option) {
    return advance(runnable().get(option));
  }

  /** Lets time go on to the next timer, or finds a deadlock; only when nothing is runnable. */
  public void advanceTime() {
    machine.advanceTime();
  }

  /** How it ended, once it has. */
  public Optional<Ending> ending() {
    return machine.ending();
  }

  /** Ends it from outside. */
  public void stop(String why) {
    machine.stop(why);
  }

  /** Instructions executed. */
  public long steps() {
    return machine.steps();
  }

  /** Virtual nanoseconds. */
  public long nanos() {
    return machine.nanos();
  }

  /** What happened so far. */
  public Trace trace() {
    return machine.trace();
  }

  /** Replays this run. */
  public Schedule schedule() {
    return new Schedule(java.util.Arrays.copyOf(decisions, count), true);
  }

  /** The machine that is driven. */
  Machine machine() {
    return machine;
  }
}
