package paniclab.model.machine;

/** An operation that is not one of the interpreter's own. */
interface Slow {
  /** Go on with the next operation. */
  int NEXT = 0;

  /** The goroutine is parked; when woken it does this operation again. */
  int BLOCK = 1;

  /** The top frame has changed; its pc says where to go on. */
  int SWITCH = 2;

  /** The goroutine has ended. */
  int END = 3;

  /** Let others run, then do this operation again. */
  int YIELD = 4;

  /** Does the operation; {@code f.pc} is its own place. */
  int run(Machine m, Goroutine g, Frame f);

  /** Whether other goroutines may notice: a place where the schedule matters. */
  default boolean visible() {
    return false;
  }

  /** Whether it could be done now; if not, a search has no use for moving the goroutine. */
  default boolean ready(Machine m, Goroutine g, Frame f) {
    return true;
  }

  /**
   * Whether it is a plain access to memory, which orders nothing; or a start, end or count of
   * goroutines, which does not either.
   */
  default boolean memory() {
    return false;
  }

  /** What it is about to touch; asked only of visible operations. */
  default Operation operation(Machine m, Goroutine g, Frame f) {
    return Operation.NONE;
  }
}
