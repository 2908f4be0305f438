package paniclab.kernel.jupyter;

/** A message that is not to be answered: unsigned, or not of the protocol. */
final class BadMessage extends Exception {
  private static final long serialVersionUID = 1L;

  BadMessage(String why) {
    super(why);
  }
}
