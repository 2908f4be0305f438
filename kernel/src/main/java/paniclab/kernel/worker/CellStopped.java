package paniclab.kernel.worker;

/** Thrown in the learner's code, at the next tick, when its cell is to stop. */
public final class CellStopped extends Error {
  private static final long serialVersionUID = 1L;

  CellStopped() {
    super("the cell was interrupted", null, false, false);
  }
}
