package paniclab.golang;

/** The front end itself could not do its work: no fault of the program that was compiled. */
public final class FrontEndException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FrontEndException(String message) {
    super(message);
  }

  FrontEndException(String message, Throwable cause) {
    super(message, cause);
  }
}
