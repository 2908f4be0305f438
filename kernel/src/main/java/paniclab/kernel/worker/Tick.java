package paniclab.kernel.worker;

/** Called by the learner's code at every method entry and backward branch; see {@link Weaver}. */
public final class Tick {
  private Tick() {}

  /**
   * Goes on, or ends the cell.
   *
   * @throws CellStopped when the calling thread belongs to a cell that was stopped
   */
  public static void tick() {
    if (Cells.stopping) {
      Cells.endIfStopped();
    }
  }
}
