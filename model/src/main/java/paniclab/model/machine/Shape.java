package paniclab.model.machine;

import java.util.Arrays;
import java.util.Objects;
import paniclab.model.program.Position;
import paniclab.model.trace.Event;

/**
 * All that is the same in every frame that waits at the same place: what is left of a packed frame
 * besides the values that are still needed.
 */
final class Shape {
  final Code code;
  final int pc;
  final int dst;
  final Event.DeferCause cause;

  /** Whether it waits for a deferred call of its own. */
  final boolean again;

  final String wrap;
  final Position wrapAt;

  /** Registers whose values are needed when the frame goes on: number * 2, + 1 for a reference. */
  final int[] live;

  final int liveLongs;

  /** For each of them, whether it is the address of a variable that nothing else can reach. */
  final boolean[] confined;

  private Shape(Frame f, boolean again, int[] live) {
    this.code = f.code;
    this.pc = f.pc;
    this.dst = f.dst;
    this.cause = f.deferCause;
    this.again = again;
    this.wrap = f.wrap;
    this.wrapAt = f.wrapAt;
    this.live = live;
    this.confined = new boolean[live.length];
    for (int i = 0; i < live.length; i++) {
      confined[i] = (live[i] & 1) != 0 && WaitLiveness.isConfined(code, live[i], live);
    }
    this.liveLongs = (int) Arrays.stream(live).filter(e -> (e & 1) == 0).count();
  }

  /**
   * The shape of a waiting frame; frames of the same shape share it.
   *
   * @param callee the frame it waits for
   */
  static Shape of(Frame f, Frame callee) {
    boolean again = callee.deferCause != null;
    Code c = f.code;
    for (int i = c.shapeCount - 1; i >= 0; i--) {
      Shape s = c.shapes[i];
      if (s.pc == f.pc
          && s.dst == f.dst
          && s.cause == f.deferCause
          && s.again == again
          && Objects.equals(s.wrap, f.wrap)
          && s.wrapAt.equals(f.wrapAt)) {
        return s;
      }
    }
    Shape s = new Shape(f, again, WaitLiveness.at(c, f.pc, again));
    if (c.shapeCount == c.shapes.length) {
      c.shapes = Arrays.copyOf(c.shapes, Math.max(4, 2 * c.shapeCount));
    }
    c.shapes[c.shapeCount++] = s;
    return s;
  }

  /** Puts a frame to where the packed one waits. */
  void place(Frame f) {
    f.pc = pc;
    f.deferCause = cause;
    f.wrap = wrap;
    f.wrapAt = wrapAt;
  }
}
