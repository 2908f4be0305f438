package paniclab.model.c;

import java.util.List;

/** A call of a C function in progress. */
final class CFrame {
  /** Below the outermost frame. */
  static final CFrame NONE = new CFrame();

  final int number;
  final CProgram.Function function;
  final CFrame up;

  /** Where its local variables begin. */
  final long base;

  final long[] registers;
  final long[] values;
  int depth;
  int pc;
  int line;

  /** Called from Go: its result is not for the frame below. */
  boolean outermost;

  /** Bytes of stack that all frames up to this one surely have, and the most they may have. */
  final long sure;

  final long most;

  CFrame(int number, CProgram.Function f, CFrame up, long base, long sure, long most, int depth) {
    this.number = number;
    this.function = f;
    this.up = up;
    this.base = base;
    this.sure = sure;
    this.most = most;
    registers = new long[f.registers()];
    values = new long[depth];
  }

  private CFrame() {
    number = -1;
    function =
        new CProgram.Function(
            "",
            "",
            false,
            false,
            false,
            false,
            false,
            List.of(),
            CKind.VOID,
            0,
            0,
            0,
            0,
            new long[0]);
    up = this;
    base = 0;
    registers = new long[0];
    values = new long[0];
    sure = 0;
    most = 0;
  }

  CFrame(CFrame from, CFrame up) {
    number = from.number;
    function = from.function;
    this.up = up;
    base = from.base;
    registers = from.registers.clone();
    values = from.values.clone();
    depth = from.depth;
    pc = from.pc;
    line = from.line;
    outermost = from.outermost;
    sure = from.sure;
    most = from.most;
  }

  void push(long v) {
    values[depth++] = v;
  }

  long pop() {
    return values[--depth];
  }
}
