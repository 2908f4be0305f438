package paniclab.model.c;

/** C did something that the model does not know; it is never guessed. */
public final class COutside extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Says what, in words a learner understands. */
  public COutside(String reason) {
    super(reason, null, false, false);
  }
}
