package paniclab.model.machine;

import java.util.List;
import java.util.Optional;
import paniclab.model.program.Function;

/**
 * What an iterator gets that does not keep the rules of range over functions: the texts are those
 * of {@code panicrangestate} in Go's runtime, where SSA has two of its own.
 */
final class RangeOverFunc {
  private static final String AFTER_EXIT = "yield function called after range loop exit";
  private static final String PANIC_LOST = "iterator call did not preserve panic";

  /** States of a loop body in SSA; greater than READY: it was left by a jump. */
  private static final long READY = 0;

  private static final long BUSY = -1;

  private RangeOverFunc() {}

  /** The text Go has, where SSA panics in the function of {@code f} with {@code text}. */
  static Optional<String> panicText(Frame f, String text) {
    return switch (text) {
      case AFTER_EXIT -> {
        long state = state(f);
        yield Optional.of(
            "range function continued iteration after "
                + (state > READY
                    ? "function for loop body returned false"
                    : state == BUSY ? "loop body panic" : "whole loop exit"));
      }
      case PANIC_LOST ->
          Optional.of("range function recovered a loop body panic and did not resume panicking");
      default -> Optional.empty();
    };
  }

  private static long state(Frame f) {
    Function fn = f.code.function;
    List<Function.Slot> slots = fn.slots();
    for (int i = fn.parameterCount(); i < fn.parameterCount() + fn.freeVariableCount(); i++) {
      if (slots.get(i).variable().startsWith("jump") && f.code.free.length > 0) {
        Object o = f.refs[f.code.free[i - fn.parameterCount()] >> 1];
        if (o instanceof Pointer p) {
          return p.cells().longs[p.index()];
        }
      }
    }
    return READY + 1;
  }
}
