package paniclab.model.c;

/** C called exit(3) or _exit(2). */
public final class CExit extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final int status;
  private final boolean flushes;

  /** The low eight bits of {@code status} are what a parent sees. */
  public CExit(int status, boolean flushes) {
    super("exit " + status, null, false, false);
    this.status = status & 0xff;
    this.flushes = flushes;
  }

  /** The exit status, 0 to 255. */
  public int status() {
    return status;
  }

  /** Whether stdio was flushed, as exit(3) does and _exit(2) does not. */
  public boolean flushes() {
    return flushes;
  }
}
