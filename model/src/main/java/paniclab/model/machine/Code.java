package paniclab.model.machine;

import java.util.List;
import paniclab.model.program.Function;
import paniclab.model.program.Position;
import paniclab.model.stack.FrameTable;

/** A function as the interpreter runs it. */
final class Code {
  /** A call of a function known by name, resolved when first reached. */
  static final class Site {
    final String name;

    /** Of the call in its file. */
    final int line;

    /** The function that makes the call, itself perhaps part of its caller. */
    final Code owner;

    Code code;

    Site(String name, int line, Code owner) {
      this.name = name;
      this.line = line;
      this.owner = owner;
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

  /** Size of a frame on a Go stack, in 8-byte words: the largest it can be. */
  int words;

  /** The least bytes that a call takes on a Go stack. */
  int lowBytes;

  /** Whether both are the size that the compiler gave the frame. */
  boolean exactFrame;

  /** Calls that the compiler made part of this function. */
  List<FrameTable.Inlined> inlined = List.of();

  /** Register of each slot: number * 2, + 1 for a reference. */
  int[] where = {};

  /** Where its frames can wait. */
  List<WaitLiveness.Wait> waits = List.of();

  /** Shapes of its packed frames. */
  Shape[] shapes = {};

  int shapeCount;

  /**
   * Whether it gives its own frame away, for defer statements in the body of a range over a
   * function.
   */
  boolean ownsDeferStack;

  /** Whether the function is the learner's. */
  boolean user;

  /** Whether recover looks through it. */
  boolean wrapper;

  /** What is needed where; null until the collector asks. */
  Liveness live;

  Code(Function function) {
    this.function = function;
  }

  /** The same function as a part of its caller: its calls are resolved apart, its frame is none. */
  Code asPart(List<FrameTable.Inlined> parts) {
    Code c = new Code(function);
    c.ops = ops;
    c.at = at;
    c.slows = slows;
    c.sites = new Site[sites.length];
    for (int i = 0; i < sites.length; i++) {
      c.sites[i] = new Site(sites[i].name, sites[i].line, c);
    }
    c.longs = longs;
    c.refs = refs;
    c.free = free;
    c.parameterIsRef = parameterIsRef;
    c.result = result;
    c.recoverPc = recoverPc;
    c.exactFrame = true;
    c.inlined = parts;
    c.where = where;
    c.waits = waits;
    c.ownsDeferStack = ownsDeferStack;
    c.user = user;
    c.wrapper = wrapper;
    return c;
  }

  @Override
  public String toString() {
    return function.name();
  }
}
