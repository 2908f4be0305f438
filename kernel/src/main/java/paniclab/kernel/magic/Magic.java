package paniclab.kernel.magic;

import paniclab.kernel.CellResult;

/** A command of a cell that is not Java. */
public interface Magic {
  /** Its name with its percent signs: two where it takes the whole cell. */
  String name();

  /** How it is written. */
  String usage();

  /**
   * Runs it.
   *
   * @throws BadMagic when it was not written as {@link #usage} says
   */
  CellResult run(Call call, MagicContext context) throws BadMagic;

  /**
   * How it was called.
   *
   * @param cell whose output it makes
   * @param label the number that tracebacks give the cell
   * @param arguments the rest of its line
   * @param body the lines below it; empty for a line magic
   */
  record Call(int cell, int label, String arguments, String body) {}

  /** Whether it takes the whole cell. */
  default boolean takesCell() {
    return name().startsWith("%%");
  }
}
