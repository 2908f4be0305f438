package paniclab.model.sched;

/**
 * One thing that happened between G, M and P; {@link #toString} says it in the runtime's words.
 * Numbers are those of goroutines from 1, of threads and of Ps from 0.
 */
public sealed interface SchedEvent {
  /**
   * A goroutine changed its status.
   *
   * @param by the function of the runtime that changed it
   */
  record Changed(int g, GStatus from, GStatus to, String by) implements SchedEvent {
    @Override
    public String toString() {
      return "G" + g + " " + from + " -> " + to + " (" + by + ")";
    }
  }

  /** A goroutine went to the end of a run queue, or into runnext. */
  record Queued(int g, String queue) implements SchedEvent {
    @Override
    public String toString() {
      return "G" + g + " into " + queue;
    }
  }

  /** A thread took a goroutine and runs it. */
  record Executes(int m, int p, int g, String from) implements SchedEvent {
    @Override
    public String toString() {
      return "M" + m + " runs G" + g + " on P" + p + ", taken from " + from;
    }
  }

  /** The system gave the process a new thread; p is -1 for one that needs none. */
  record ThreadStarted(int m, int p, String by) implements SchedEvent {
    @Override
    public String toString() {
      return "M" + m + " started" + (p < 0 ? " without a P" : " for P" + p) + " (" + by + ")";
    }
  }

  /** A thread changed what it does. */
  record ThreadChanged(int m, MState to, String by) implements SchedEvent {
    @Override
    public String toString() {
      return "M" + m + " " + to.text() + " (" + by + ")";
    }
  }

  /** A P changed its status; m is the thread it is with now, or -1. */
  record ProcessorChanged(int p, PStatus to, int m, String by) implements SchedEvent {
    @Override
    public String toString() {
      return "P" + p + " " + to + (m < 0 ? "" : " with M" + m) + " (" + by + ")";
    }
  }

  /** A spinning thread took half of another P's queue. */
  record Stole(int p, int from, int count) implements SchedEvent {
    @Override
    public String toString() {
      return "P" + p + " steals " + count + " from P" + from;
    }
  }

  /** A P left a thread that cannot use it. */
  record HandedOff(int p, int m, String why) implements SchedEvent {
    @Override
    public String toString() {
      return "P" + p + " taken from M" + m + " (" + why + ")";
    }
  }

  /** A goroutine was wired to its thread, or let go. */
  record Locked(int g, int m, boolean locked) implements SchedEvent {
    @Override
    public String toString() {
      return "G" + g + (locked ? " locked to M" : " no longer locked to M") + m;
    }
  }

  /**
   * The runtime gave up.
   *
   * @param note lines before "fatal error:", or empty
   * @param isThrow whether it is a throw (its own fault) and not a fatal error (the program's)
   */
  record Died(String note, String message, boolean isThrow) implements SchedEvent {
    @Override
    public String toString() {
      return note + "fatal error: " + message;
    }
  }
}
