package paniclab.model.c;

/** The operations of translated C, by their numbers in the front end's format. */
final class COp {
  private COp() {}

  static final int CONST = 0;
  static final int LOCAL = 1;
  static final int GLOBAL = 2;
  static final int FUNC = 3;
  static final int LOAD = 4;
  static final int STORE = 5;
  static final int BINARY = 6;
  static final int UNARY = 7;
  static final int CONVERT = 8;
  static final int JUMP = 9;
  static final int FALSE = 10;
  static final int TRUE = 11;
  static final int CALL = 12;
  static final int CALL_POINTER = 13;
  static final int RETURN = 14;
  static final int POP = 15;
  static final int DUP = 16;
  static final int SET = 17;
  static final int GET = 18;
  static final int COPY = 19;
  static final int ZERO = 20;
  static final int LINE = 21;

  /** Looks at the divisor on the stack: 1 if gcc never lets a 0 fault there. */
  static final int DIVISOR = 22;

  /** The deepest the stack of values of a function can be. */
  static int depth(long[] code) {
    int depth = 0;
    int most = 0;
    for (int pc = 0; pc < code.length; pc += length(code, pc)) {
      depth += effect(code, pc);
      depth = Math.max(depth, 0);
      most = Math.max(most, depth);
    }
    return most + 2;
  }

  /** How many numbers an operation has. */
  static int length(long[] code, int pc) {
    return switch ((int) code[pc]) {
      case POP, DUP -> 1;
      case GLOBAL, LOAD, STORE, BINARY, UNARY, CONVERT -> 3;
      case CALL -> 4 + (int) code[pc + 2];
      case CALL_POINTER -> 3 + (int) code[pc + 1];
      default -> 2;
    };
  }

  private static int effect(long[] code, int pc) {
    return switch ((int) code[pc]) {
      case CONST, LOCAL, GLOBAL, FUNC, DUP, GET -> 1;
      case STORE, BINARY, FALSE, TRUE, POP, SET, COPY, ZERO -> -1;
      case CALL -> (int) (code[pc + 3] - code[pc + 2]);
      case CALL_POINTER -> (int) (code[pc + 2] - code[pc + 1] - 1);
      default -> 0;
    };
  }
}
