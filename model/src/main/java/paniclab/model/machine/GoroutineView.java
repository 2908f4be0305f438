package paniclab.model.machine;

import java.util.ArrayList;
import java.util.List;
import paniclab.model.program.Position;

/**
 * A goroutine as a crash text shows it.
 *
 * @param state the words between the brackets
 * @param frames inner to outer
 * @param createdBy display name of the function with the go statement; empty for main
 * @param parent id of the goroutine that ran it
 */
public record GoroutineView(
    int id,
    String state,
    List<FrameView> frames,
    String createdBy,
    int parent,
    Position createdAt) {

  public GoroutineView {
    frames = List.copyOf(frames);
  }

  /** What a frame is, for those who choose which to show. */
  public enum Kind {
    /** The learner's code. */
    USER,
    /** Code of the standard library or the runtime. */
    LIBRARY,
    /** Made by the compiler. */
    WRAPPER,
    /** The runtime's gopanic or Goexit. */
    PANIC,
    GOEXIT
  }

  /**
   * A frame.
   *
   * @param parameters how many the function has, the receiver included
   */
  public record FrameView(String function, Kind kind, Position position, int parameters) {}

  static GoroutineView of(Goroutine g) {
    List<FrameView> frames = new ArrayList<>();
    Frame callee = null;
    for (Frame f = g.top; f != null; callee = f, f = f.up) {
      if (f instanceof PanicFrame pf) {
        frames.add(
            new FrameView(
                pf.panic.goexit ? "runtime.Goexit" : "panic",
                pf.panic.goexit ? Kind.GOEXIT : Kind.PANIC,
                Position.NONE,
                1));
      } else {
        frames.add(
            new FrameView(
                f.code.function.displayName(),
                f.code.wrapper ? Kind.WRAPPER : f.code.user ? Kind.USER : Kind.LIBRARY,
                position(f, callee),
                f.code.function.parameterCount()));
      }
    }
    return new GoroutineView(g.id, g.state(), frames, g.createdBy, g.parent, g.createdAt);
  }

  /** Where a frame is: at its operation, or at the call it waits for. */
  static Position position(Frame f, Frame callee) {
    boolean atPc =
        callee == null
            || callee instanceof PanicFrame
            || callee.injected
            || callee.deferCause != null;
    int i = atPc ? f.pc : f.pc - 1;
    return i >= 0 && i < f.code.at.length ? f.code.at[i] : Position.NONE;
  }
}
