package paniclab.model.machine;

import paniclab.model.program.Function;
import paniclab.model.program.Position;

/** A function as the interpreter runs it. */
final class Code {
  /** A call of a function known by name, resolved when first reached. */
  static final class Site {
    final String name;
    Code code;

    Site(String name) {
      this.name = name;
    }
  }

  final Function function;
  int[] ops = {};
  Position[] at = {};
  Slow[] slows = {};
  Site[] sites = {};
  long[] longs = {};
  Object[] refs = {};

  /** Free variables: where they go, as slot * 2 + (1 for a reference). */
  int[] free = {};

  /** Parameters in order: whether each is a reference. */
  boolean[] parameterIsRef = {};

  /** Result: 0 none, 1 long, 2 reference. */
  int result;

  /** Where a frame goes on after a recovered panic; -1 when the function defers nothing. */
  int recoverPc = -1;

  /** Estimated size of a frame on a Go stack, in 8-byte words. */
  int words;

  /** Whether the function is the learner's. */
  boolean user;

  /** Whether recover looks through it. */
  boolean wrapper;

  /** What is needed where; null until the collector asks. */
  Liveness live;

  Code(Function function) {
    this.function = function;
  }

  @Override
  public String toString() {
    return function.name();
  }
}
