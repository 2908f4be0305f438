package paniclab.model.c;

/** glibc or the C++ runtime found something wrong, said so and called abort(3). */
public final class CAbort extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What it wrote to stderr, without the last newline; empty for a plain abort(). */
  public CAbort(String text) {
    super(text, null, false, false);
  }
}
