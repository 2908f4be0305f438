package paniclab.kernel.magic;

/** A magic that was not written as its usage says; the message is the learner's. */
public final class BadMagic extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public BadMagic(String message) {
    super(message);
  }
}
