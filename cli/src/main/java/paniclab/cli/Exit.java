package paniclab.cli;

/**
 * Exit statuses of the command itself. {@code run} of one program ends with the program's own. The
 * numbers from 64 on are those of sysexits.h where it has one.
 */
final class Exit {
  /** Done. */
  static final int OK = 0;

  /** A Go program that does not compile. */
  static final int REJECTED = 1;

  /** Of grade, release and feedback: the request cannot be carried out; 1 is taken. */
  static final int REQUEST = 2;

  /** The command line is wrong. */
  static final int USAGE = 64;

  /** A file cannot be read. */
  static final int NO_INPUT = 66;

  /** A bug of ours. Not 70: that says "outside the model". */
  static final int BUG = 69;

  /** A Go program the model does not cover. */
  static final int OUT_OF_MODEL = 70;

  /** A limit was reached, or the program hangs. */
  static final int LIMIT = 71;

  /** A file cannot be written. */
  static final int CANNOT_WRITE = 73;

  private Exit() {}
}
