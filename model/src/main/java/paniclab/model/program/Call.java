package paniclab.model.program;

import java.util.List;

/**
 * What a call, go or defer statement calls, and with what.
 *
 * @param signature of the callee; for {@link Target.Invoke} without the receiver
 */
public record Call(Target target, List<Operand> arguments, GoType.Signature signature) {
  public Call {
    arguments = List.copyOf(arguments);
  }

  /** The callee. */
  public sealed interface Target {
    /** A function known by name. */
    record Static(String function) implements Target {}

    /** A function value. */
    record Dynamic(Operand function) implements Target {}

    /** A method of an interface value; the receiver is not among the arguments. */
    record Invoke(Operand receiver, String method, String packagePath) implements Target {}

    /**
     * A builtin: append, cap, clear, close, complex, copy, delete, imag, len, max, min, panic,
     * print, println, real, recover, the unsafe ones (Add, Slice, SliceData, String, StringData) or
     * one of SSA's own, {@code ssa:wrapnilchk} and {@code ssa:deferstack}.
     *
     * @param argumentTypes static types of the arguments, which len, append, print and others need
     */
    record Builtin(String name, List<GoType> argumentTypes) implements Target {
      public Builtin {
        argumentTypes = List.copyOf(argumentTypes);
      }
    }
  }
}
