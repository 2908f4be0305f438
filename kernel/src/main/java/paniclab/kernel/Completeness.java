package paniclab.kernel;

/** Whether a console should run what was typed or wait for more. */
public enum Completeness {
  COMPLETE,
  INCOMPLETE,
  INVALID,
  UNKNOWN
}
