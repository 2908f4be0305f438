package paniclab.model.machine;

/** Ends the process as Go's fatal and throw do; never leaves this package but through a native. */
public final class FatalError extends RuntimeException {
  private static final long serialVersionUID = 1;
  final boolean isThrow;
  final String note;

  private FatalError(String text, boolean isThrow, String note) {
    super(text, null, false, false);
    this.isThrow = isThrow;
    this.note = note;
  }

  /** {@code fatal error: text}, the user's fault. */
  public static FatalError fatal(String text) {
    return new FatalError(text, false, "");
  }

  /** {@code fatal error: text}, raised by the runtime's throw. */
  public static FatalError thrown(String text) {
    return new FatalError(text, true, "");
  }

  /** A throw with the lines that go before it, each ended by a newline. */
  public static FatalError thrown(String note, String text) {
    return new FatalError(text, true, note);
  }
}
