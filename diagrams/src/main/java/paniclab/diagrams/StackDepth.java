package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import paniclab.model.stack.GoStack;
import paniclab.model.stack.Growth;
import paniclab.model.stack.StackLimits;
import paniclab.model.trace.Trace;

/**
 * How deep the calls of a goroutine went with each size of its stack.
 *
 * @param goroutine whose stack it is; 0 for a stack that stands alone
 * @param levels from the smallest size to the largest
 * @param overflow whether the stack overflowed in the end
 * @param exact whether the frames are as Go's compiler made them
 */
public record StackDepth(int goroutine, List<Level> levels, boolean overflow, boolean exact)
    implements Diagram {
  public StackDepth {
    levels = List.copyOf(levels);
  }

  /**
   * A size and what fitted into it.
   *
   * @param size in bytes
   * @param depth calls in progress when it became too small; -1 for the last one, which never did
   * @param function whose frame found no room; empty for the last one
   */
  public record Level(long size, long depth, String function) {}

  /** The largest stack of a run. */
  public static StackDepth of(Trace trace) {
    StackGrowth.Run run = StackGrowth.Run.of(trace);
    return of(run.goroutine(), run.copies(), run.overflow(), run.exact());
  }

  /** A stack that somebody grew. */
  public static StackDepth of(GoStack stack) {
    return of(0, stack.growths(), stack.overflowed(), true);
  }

  private static StackDepth of(
      int goroutine, List<Growth> copies, boolean overflow, boolean exact) {
    List<Level> levels = new ArrayList<>();
    for (Growth g : copies) {
      levels.add(new Level(g.from(), g.depth(), g.function()));
    }
    long last = copies.isEmpty() ? StackLimits.STACK_MIN : copies.getLast().to();
    levels.add(new Level(last, -1, ""));
    return new StackDepth(goroutine, levels, overflow, exact);
  }
}
