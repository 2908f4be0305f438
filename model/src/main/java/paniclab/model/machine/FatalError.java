package paniclab.model.machine;

/** Ends the process as Go's fatal and throw do; never leaves this package but through a native. */
public final class FatalError extends RuntimeException {
  private static final long serialVersionUID = 1;
  final boolean isThrow;
  final String note;

  /** The frame that found no room on the stack; null for other errors. */
  final transient Frame overflowing;

  /** Whether a thread's own stack raised it, with no goroutine on the thread any more. */
  final boolean noGoroutine;

  private FatalError(
      String text, boolean isThrow, String note, Frame overflowing, boolean noGoroutine) {
    super(text, null, false, false);
    this.noGoroutine = noGoroutine;
    this.isThrow = isThrow;
    this.note = note;
    this.overflowing = overflowing;
  }

  /** {@code fatal error: text}, the user's fault. */
  public static FatalError fatal(String text) {
    return new FatalError(text, false, "", null, false);
  }

  /** {@code fatal error: text}, raised by the runtime's throw. */
  public static FatalError thrown(String text) {
    return new FatalError(text, true, "", null, false);
  }

  /** More threads than debug.SetMaxThreads allows (runtime.checkmcount). */
  static FatalError threadExhaustion(int limit) {
    String note = "runtime: program exceeds " + limit + "-thread limit\n";
    return new FatalError("thread exhaustion", true, note, null, true);
  }

  /** What schedule throws on a thread that holds locks of the runtime. */
  static FatalError holdingLocks() {
    return new FatalError("schedule: holding locks", true, "", null, true);
  }

  /** A touch of what must not be touched; {@code note} is the line before. */
  static FatalError fault(String note) {
    return new FatalError("fault", true, note, null, false);
  }

  /** A call that finds no room; {@code note} is the lines before, each ended by a newline. */
  static FatalError stackOverflow(Frame frame, String note) {
    return new FatalError("stack overflow", true, note, frame, false);
  }
}
