package paniclab.exercises;

/** An item file that cannot be read; the message names the file, the line and the remedy. */
public final class BadItemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error at a line, counted from 1, of a file. */
  public BadItemException(String file, int line, String message) {
    super(file + ":" + line + ": " + message);
  }
}
