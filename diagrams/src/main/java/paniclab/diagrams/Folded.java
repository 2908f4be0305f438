package paniclab.diagrams;

/**
 * What a diagram left out to stay readable.
 *
 * @param events events or boxes not drawn
 * @param goroutines goroutines not drawn
 * @param waiting how many of those goroutines wait for ever
 * @param dropped events the trace itself did not keep
 */
public record Folded(int events, int goroutines, int waiting, long dropped) {
  /** Nothing left out. */
  public static final Folded NOTHING = new Folded(0, 0, 0, 0);

  /** Whether everything is there. */
  public boolean nothing() {
    return events == 0 && goroutines == 0 && dropped == 0;
  }
}
