package paniclab.exercises.grading;

/** A request that cannot be carried out as given; the message names what and what to do instead. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** An error in the request. */
  public UsageException(String message) {
    super(message);
  }
}
