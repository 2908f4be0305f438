package paniclab.kernel.worker;

/** A cell read System.in where the front end does not take input. */
public final class InputRefused extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  InputRefused(String message) {
    super(message);
  }
}
