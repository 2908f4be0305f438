package paniclab.model.program;

/** What an instruction reads. */
public sealed interface Operand {
  /** A register of the function: parameters first, then free variables, then results. */
  record Register(int slot) implements Operand {}

  /** A boolean constant. */
  record BoolConst(GoType type, boolean value) implements Operand {}

  /** An integer constant; unsigned 64-bit values as their bit pattern. */
  record IntConst(GoType type, long value) implements Operand {}

  /** A floating-point constant. */
  record FloatConst(GoType type, double value) implements Operand {}

  /** A complex constant. */
  record ComplexConst(GoType type, double real, double imaginary) implements Operand {}

  /** A string constant: bytes, because Go strings need not be UTF-8. */
  record StringConst(GoType type, GoString value) implements Operand {}

  /**
   * The zero value of any type; nil for pointers, slices, maps, channels, functions, interfaces.
   */
  record ZeroConst(GoType type) implements Operand {}

  /** A function by its unique name. */
  record FunctionRef(String name) implements Operand {}

  /** The address of a package variable, by its qualified name. */
  record GlobalRef(String name) implements Operand {}
}
