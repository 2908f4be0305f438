package paniclab.model.machine;

/** The program did something that the model does not know; ends the run as OutOfModel. */
public final class OutOfModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what is not known, in words a learner understands. */
  public OutOfModelException(String reason) {
    super(reason, null, false, false);
  }
}
