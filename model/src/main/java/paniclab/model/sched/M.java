package paniclab.model.sched;

/** A thread. */
final class M {
  final int id;
  MState state;

  /** Its P; -1 for none. */
  int p = -1;

  /** The P it gets when it wakes; -1 for none. */
  int nextP = -1;

  /** The goroutine it runs; 0 for none. */
  int curg;

  /** The goroutine locked to it; 0 for none. */
  int lockedG;

  /** How often LockOSThread was called more than UnlockOSThread. */
  int lockedExt;

  /** Locks of the runtime it holds: while not 0 it must not schedule. */
  int locks;

  /** The P it had when it entered the system call it is in; -1 for none. */
  int oldP = -1;

  M(int id, MState state) {
    this.id = id;
    this.state = state;
  }

  M(M from) {
    this(from.id, from.state);
    p = from.p;
    nextP = from.nextP;
    curg = from.curg;
    lockedG = from.lockedG;
    lockedExt = from.lockedExt;
    locks = from.locks;
    oldP = from.oldP;
  }
}
