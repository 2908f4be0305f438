package paniclab.model.stack;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the compiler puts a variable. Source: {@code cmd/compile/internal/ir/cfg.go}, {@code
 * escape/utils.go} and {@code ssagen/pgen.go} of Go 1.26.
 */
public enum VariableHome {
  STACK,
  HEAP,
  /** The frame would pass 1 GB: "stack frame too large". */
  REJECTED;

  /** The largest variable with a declaration of its own that stays on the stack, in bytes. */
  public static final long MAX_STACK_VAR_SIZE = 128 << 10;

  /** The largest that {@code new}, {@code &T{}}, {@code make} or a closure makes there. */
  public static final long MAX_IMPLICIT_STACK_VAR_SIZE = 64 << 10;

  /** The largest frame: 1 GB, locals and arguments apart. */
  public static final long MAX_FRAME = 1 << 30;

  /** How a variable comes to be. */
  public enum Kind {
    /** {@code var a T} or {@code a := …}. */
    DECLARED,
    /** {@code new(T)}, {@code &T{}}, {@code make([]T, n)}, a closure. */
    IMPLICIT,
    /** A parameter or a result: its size moves it nowhere. */
    PARAMETER
  }

  /** What is asked on the way, in this order. */
  public enum Question {
    ESCAPES,
    PARAMETER,
    OVER_LIMIT,
    FRAME_OVER_1_GB
  }

  /** An answer on the way. */
  public record Answer(Question question, boolean yes) {}

  /**
   * The way to the decision.
   *
   * @param limit the size in bytes that was compared with; 0 where none was
   */
  public record Decision(
      Kind kind, long bytes, boolean escapes, long limit, List<Answer> way, VariableHome home) {
    public Decision {
      way = List.copyOf(way);
    }
  }

  /**
   * Decides about a variable that is alone in its frame.
   *
   * @param bytes its size, 0 or more
   * @param escapes whether it may be used after its function returned, as escape analysis sees it
   */
  public static Decision decide(Kind kind, long bytes, boolean escapes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("a variable of " + bytes + " bytes");
    }
    List<Answer> way = new ArrayList<>();
    way.add(new Answer(Question.ESCAPES, escapes));
    if (escapes) {
      return new Decision(kind, bytes, true, 0, way, HEAP);
    }
    boolean parameter = kind == Kind.PARAMETER;
    way.add(new Answer(Question.PARAMETER, parameter));
    if (parameter) {
      boolean tooLarge = bytes >= MAX_FRAME;
      way.add(new Answer(Question.FRAME_OVER_1_GB, tooLarge));
      return new Decision(kind, bytes, false, MAX_FRAME, way, tooLarge ? REJECTED : STACK);
    }
    long limit = kind == Kind.DECLARED ? MAX_STACK_VAR_SIZE : MAX_IMPLICIT_STACK_VAR_SIZE;
    way.add(new Answer(Question.OVER_LIMIT, bytes > limit));
    return new Decision(kind, bytes, false, limit, way, bytes > limit ? HEAP : STACK);
  }
}
