package paniclab.model.stack;

import java.util.ArrayList;
import java.util.List;

/**
 * What the compiler looks at to choose where the deferred calls of a function are kept.
 *
 * @param outsideLoops defer statements outside any loop
 * @param inLoops defer statements in loops (a jump back makes a loop too)
 * @param returns return statements, the end of the function included
 * @param resultOnHeap whether a named result escapes to the heap
 * @param optimised false under {@code -gcflags=-N}
 */
public record DeferSites(
    int outsideLoops, int inLoops, int returns, boolean resultOnHeap, boolean optimised) {
  public DeferSites {
    if (outsideLoops < 0 || inLoops < 0 || returns < 0) {
      throw new IllegalArgumentException("counts of statements are 0 or more");
    }
  }

  /** An optimised function without loops around its defer statements. */
  public static DeferSites of(int defers, int returns) {
    return new DeferSites(defers, 0, returns, false, true);
  }

  /** Why the calls outside loops are not open-coded; empty if they are. */
  public List<Reason> reasons() {
    List<Reason> why = new ArrayList<>();
    int defers = outsideLoops + inLoops;
    if (!optimised) {
      why.add(Reason.NOT_OPTIMISED);
    }
    if (inLoops > 0) {
      why.add(Reason.LOOP);
    }
    if (defers > DeferKind.MAX_OPEN_DEFERS) {
      why.add(Reason.TOO_MANY);
    }
    if (returns * defers > DeferKind.MAX_RETURNS_TIMES_DEFERS) {
      why.add(Reason.TOO_MANY_RETURNS);
    }
    if (resultOnHeap) {
      why.add(Reason.RESULT_ON_HEAP);
    }
    return why;
  }

  /** How the calls outside loops are kept. */
  public DeferKind outside() {
    return reasons().isEmpty() ? DeferKind.OPEN_CODED : DeferKind.STACK;
  }

  /** How the calls in loops are kept. */
  public DeferKind inside() {
    return DeferKind.HEAP;
  }

  /** Why a function's calls are not open-coded. */
  public enum Reason {
    /** One of them stands in a loop. */
    LOOP,
    /** More than eight. */
    TOO_MANY,
    /** Returns times defers is more than 15: the calls would be made at each return. */
    TOO_MANY_RETURNS,
    /** A named result lies on the heap. */
    RESULT_ON_HEAP,
    /** The compiler does not optimise. */
    NOT_OPTIMISED
  }
}
