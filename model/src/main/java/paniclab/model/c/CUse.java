package paniclab.model.c;

/** Whether a value that C has just computed is surely needed. */
final class CUse {
  private CUse() {}

  /** Of the value that the operation before the frame's place gives. */
  static boolean isSure(CFrame frame) {
    CFrame f = frame;
    int pc = f.pc;
    while (true) {
      long[] code = f.function.code();
      if (pc >= code.length) {
        return false;
      }
      switch ((int) code[pc]) {
        case COp.CONST,
            COp.GET,
            COp.LOCAL,
            COp.GLOBAL,
            COp.LOAD,
            COp.BINARY,
            COp.UNARY,
            COp.CONVERT,
            COp.LINE,
            COp.DIVISOR -> {}
        case COp.CALL, COp.CALL_POINTER, COp.FALSE, COp.TRUE -> {
          return true;
        }
        case COp.STORE -> {
          return code[pc + 2] != 0;
        }
        case COp.RETURN -> {
          if (f.outermost) {
            return true;
          }
          f = f.up;
          pc = f.pc;
          continue;
        }
        default -> {
          return false;
        }
      }
      pc += COp.length(code, pc);
    }
  }
}
