package paniclab.model.sched;

import java.util.ArrayDeque;

/** A processor: the right to run Go code, with a run queue of its own. */
final class P {
  /** Goroutines that fit in a local run queue, runnext not counted. */
  static final int QUEUE = 256;

  final int id;
  PStatus status = PStatus.IDLE;

  /** The thread it is with; -1 for none. */
  int m = -1;

  /** The goroutine that goes first; 0 for none. */
  int runnext;

  final ArrayDeque<Integer> runq = new ArrayDeque<>();

  /** Goroutines it began to run. */
  long schedtick;

  /** System calls that came back to it. */
  long syscalltick;

  /** What sysmon saw at its last visit, and how often it has seen the same. */
  long seenSched = -1;

  long seenSyscall = -1;
  int visits;

  /** When its goroutine began to run, in events of the scheduler. */
  int since;

  P(int id) {
    this.id = id;
  }

  P(P from) {
    this(from.id);
    status = from.status;
    m = from.m;
    runnext = from.runnext;
    runq.addAll(from.runq);
    schedtick = from.schedtick;
    syscalltick = from.syscalltick;
    seenSched = from.seenSched;
    seenSyscall = from.seenSyscall;
    visits = from.visits;
    since = from.since;
  }

  boolean isEmpty() {
    return runnext == 0 && runq.isEmpty();
  }
}
