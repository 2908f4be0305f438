package paniclab.model.machine;

/**
 * The loop. One method, kept under the size at which HotSpot stops compiling (8,000 bytes of
 * bytecode); whatever is rare or large is a {@link Slow}.
 */
final class Interpreter {
  private Interpreter() {}

  /** The goroutine is parked. */
  static final int BLOCKED = 1;

  /** The goroutine has ended. */
  static final int ENDED = 3;

  /** The goroutine gives way, or its time slice is over. */
  static final int PREEMPTED = 4;

  /** The goroutine stands before a visible operation. */
  static final int PAUSED = 5;

  /** Runs a goroutine until it parks, ends, pauses or {@code m.steps} reaches {@code deadline}. */
  static int execute(Machine m, Goroutine g, long deadline) {
    while (true) {
      try {
        return loop(m, g, deadline);
      } catch (GoPanic e) {
        Panics.raise(m, g, e);
      } catch (NullPointerException e) {
        dereferenced(m, g, e);
      } catch (ArithmeticException e) {
        Panics.raise(m, g, GoPanic.runtime(GoPanic.DIVIDE, "integer divide by zero"));
      }
    }
  }

  /** A pointer led to no cells: to memory of C that Go has not looked at yet, or nowhere. */
  private static void dereferenced(Machine m, Goroutine g, NullPointerException e) {
    if (!m.hasC() || !m.cgo().trapped(g)) {
      Faults.raise(m, g, e);
    }
  }

  private static int loop(Machine m, Goroutine g, long deadline) {
    Frame f = g.top;
    int[] code = f.code.ops;
    long[] L = f.longs;
    Object[] R = f.refs;
    int pc = f.pc;
    long steps = m.steps;
    // Frames that have returned, chained by up, for the next calls: a third of a call is
    // allocation.
    Frame spare = null;
    try {
      for (; ; ) {
        if (steps >= deadline) {
          return PREEMPTED;
        }
        steps++;
        switch (code[pc]) {
          case Op.SLOW -> {
            Slow s = f.code.slows[code[pc + 1]];
            f.pc = pc;
            m.steps = steps;
            if (m.pausing
                && s.visible()
                && !g.granted
                && !g.resumed
                && !(s.memory() && m.passes(g, f, pc, s))) {
              m.steps = --steps;
              return PAUSED;
            }
            int r = s.run(m, g, f);
            steps = m.steps;
            if (r == Slow.NEXT) {
              g.granted = false;
              pc += 2;
            } else if (r == Slow.SWITCH) {
              g.granted = false;
              f = g.top;
              code = f.code.ops;
              L = f.longs;
              R = f.refs;
              pc = f.pc;
            } else {
              g.granted = false;
              return r;
            }
          }
          case Op.ADD -> {
            L[code[pc + 1]] = L[code[pc + 2]] + L[code[pc + 3]];
            pc += 4;
          }
          case Op.SUB -> {
            L[code[pc + 1]] = L[code[pc + 2]] - L[code[pc + 3]];
            pc += 4;
          }
          case Op.MUL -> {
            L[code[pc + 1]] = L[code[pc + 2]] * L[code[pc + 3]];
            pc += 4;
          }
          case Op.DIV -> {
            L[code[pc + 1]] = L[code[pc + 2]] / L[code[pc + 3]];
            pc += 4;
          }
          case Op.REM -> {
            L[code[pc + 1]] = L[code[pc + 2]] % L[code[pc + 3]];
            pc += 4;
          }
          case Op.AND -> {
            L[code[pc + 1]] = L[code[pc + 2]] & L[code[pc + 3]];
            pc += 4;
          }
          case Op.OR -> {
            L[code[pc + 1]] = L[code[pc + 2]] | L[code[pc + 3]];
            pc += 4;
          }
          case Op.XOR -> {
            L[code[pc + 1]] = L[code[pc + 2]] ^ L[code[pc + 3]];
            pc += 4;
          }
          case Op.ANDNOT -> {
            L[code[pc + 1]] = L[code[pc + 2]] & ~L[code[pc + 3]];
            pc += 4;
          }
          case Op.SHL -> {
            long n = L[code[pc + 3]];
            L[code[pc + 1]] = Long.compareUnsigned(n, 63) > 0 ? 0 : L[code[pc + 2]] << n;
            pc += 4;
          }
          case Op.SHR -> {
            long n = L[code[pc + 3]];
            L[code[pc + 1]] = L[code[pc + 2]] >> (Long.compareUnsigned(n, 63) > 0 ? 63 : n);
            pc += 4;
          }
          case Op.USHR -> {
            long n = L[code[pc + 3]];
            L[code[pc + 1]] = Long.compareUnsigned(n, 63) > 0 ? 0 : L[code[pc + 2]] >>> n;
            pc += 4;
          }
          case Op.NEG -> {
            L[code[pc + 1]] = -L[code[pc + 2]];
            pc += 3;
          }
          case Op.NOT -> {
            L[code[pc + 1]] = ~L[code[pc + 2]];
            pc += 3;
          }
          case Op.LNOT -> {
            L[code[pc + 1]] = L[code[pc + 2]] ^ 1;
            pc += 3;
          }
          case Op.INT8 -> {
            steps--;
            L[code[pc + 1]] = (byte) L[code[pc + 1]];
            pc += 2;
          }
          case Op.INT16 -> {
            steps--;
            L[code[pc + 1]] = (short) L[code[pc + 1]];
            pc += 2;
          }
          case Op.INT32 -> {
            steps--;
            L[code[pc + 1]] = (int) L[code[pc + 1]];
            pc += 2;
          }
          case Op.UINT8 -> {
            steps--;
            L[code[pc + 1]] &= 0xff;
            pc += 2;
          }
          case Op.UINT16 -> {
            steps--;
            L[code[pc + 1]] &= 0xffff;
            pc += 2;
          }
          case Op.UINT32 -> {
            steps--;
            L[code[pc + 1]] &= 0xffffffffL;
            pc += 2;
          }
          case Op.EQ -> {
            L[code[pc + 1]] = L[code[pc + 2]] == L[code[pc + 3]] ? 1 : 0;
            pc += 4;
          }
          case Op.NE -> {
            L[code[pc + 1]] = L[code[pc + 2]] != L[code[pc + 3]] ? 1 : 0;
            pc += 4;
          }
          case Op.LT -> {
            L[code[pc + 1]] = L[code[pc + 2]] < L[code[pc + 3]] ? 1 : 0;
            pc += 4;
          }
          case Op.LE -> {
            L[code[pc + 1]] = L[code[pc + 2]] <= L[code[pc + 3]] ? 1 : 0;
            pc += 4;
          }
          case Op.ULT -> {
            L[code[pc + 1]] = Long.compareUnsigned(L[code[pc + 2]], L[code[pc + 3]]) < 0 ? 1 : 0;
            pc += 4;
          }
          case Op.ULE -> {
            L[code[pc + 1]] = Long.compareUnsigned(L[code[pc + 2]], L[code[pc + 3]]) <= 0 ? 1 : 0;
            pc += 4;
          }
          case Op.FADD -> {
            L[code[pc + 1]] = bits(real(L[code[pc + 2]]) + real(L[code[pc + 3]]));
            pc += 4;
          }
          case Op.FSUB -> {
            L[code[pc + 1]] = bits(real(L[code[pc + 2]]) - real(L[code[pc + 3]]));
            pc += 4;
          }
          case Op.FMUL -> {
            L[code[pc + 1]] = bits(real(L[code[pc + 2]]) * real(L[code[pc + 3]]));
            pc += 4;
          }
          case Op.FDIV -> {
            L[code[pc + 1]] = bits(real(L[code[pc + 2]]) / real(L[code[pc + 3]]));
            pc += 4;
          }
          case Op.FNEG -> {
            L[code[pc + 1]] = bits(-real(L[code[pc + 2]]));
            pc += 3;
          }
          case Op.FLT -> {
            L[code[pc + 1]] = real(L[code[pc + 2]]) < real(L[code[pc + 3]]) ? 1 : 0;
            pc += 4;
          }
          case Op.FLE -> {
            L[code[pc + 1]] = real(L[code[pc + 2]]) <= real(L[code[pc + 3]]) ? 1 : 0;
            pc += 4;
          }
          case Op.FEQ -> {
            L[code[pc + 1]] = real(L[code[pc + 2]]) == real(L[code[pc + 3]]) ? 1 : 0;
            pc += 4;
          }
          case Op.FLOAT32 -> {
            steps--;
            L[code[pc + 1]] = bits((float) real(L[code[pc + 1]]));
            pc += 2;
          }
          case Op.IF -> {
            steps++;
            pc = L[code[pc + 1]] != 0 ? code[pc + 2] : code[pc + 3];
          }
          case Op.IFEQ -> {
            steps++;
            pc = L[code[pc + 1]] == L[code[pc + 2]] ? code[pc + 3] : code[pc + 4];
          }
          case Op.IFNE -> {
            steps++;
            pc = L[code[pc + 1]] != L[code[pc + 2]] ? code[pc + 3] : code[pc + 4];
          }
          case Op.IFLT -> {
            steps++;
            pc = L[code[pc + 1]] < L[code[pc + 2]] ? code[pc + 3] : code[pc + 4];
          }
          case Op.IFLE -> {
            steps++;
            pc = L[code[pc + 1]] <= L[code[pc + 2]] ? code[pc + 3] : code[pc + 4];
          }
          case Op.IFULT -> {
            steps++;
            pc =
                Long.compareUnsigned(L[code[pc + 1]], L[code[pc + 2]]) < 0
                    ? code[pc + 3]
                    : code[pc + 4];
          }
          case Op.IFULE -> {
            steps++;
            pc =
                Long.compareUnsigned(L[code[pc + 1]], L[code[pc + 2]]) <= 0
                    ? code[pc + 3]
                    : code[pc + 4];
          }
          case Op.JUMP -> {
            steps += code[pc + 2];
            pc = code[pc + 1];
          }
          case Op.MOVEJUMP -> {
            steps += code[pc + 2];
            L[code[pc + 3]] = L[code[pc + 4]];
            pc = code[pc + 1];
          }
          case Op.MOVESJUMP -> {
            steps += code[pc + 2];
            L[code[pc + 3]] = L[code[pc + 4]];
            L[code[pc + 5]] = L[code[pc + 6]];
            pc = code[pc + 1];
          }
          case Op.MOVL -> {
            steps--;
            L[code[pc + 1]] = L[code[pc + 2]];
            pc += 3;
          }
          case Op.MOVR -> {
            steps--;
            R[code[pc + 1]] = R[code[pc + 2]];
            pc += 3;
          }
          case Op.LOADL -> {
            Pointer p = (Pointer) R[code[pc + 2]];
            L[code[pc + 1]] = p.cells().longs[p.index()];
            pc += 3;
          }
          case Op.LOADR -> {
            Pointer p = (Pointer) R[code[pc + 2]];
            R[code[pc + 1]] = p.cells().refs[p.index()];
            pc += 3;
          }
          case Op.STOREL -> {
            Pointer p = (Pointer) R[code[pc + 1]];
            p.cells().longs[p.index()] = L[code[pc + 2]];
            pc += 3;
          }
          case Op.STORER -> {
            Pointer p = (Pointer) R[code[pc + 1]];
            p.cells().refs[p.index()] = R[code[pc + 2]];
            pc += 3;
          }
          case Op.FIELD -> {
            Pointer p = (Pointer) R[code[pc + 2]];
            R[code[pc + 1]] = new Pointer((Cells) p.cells().refs[p.index()], code[pc + 3]);
            pc += 4;
          }
          case Op.FLOADL -> {
            Pointer p = (Pointer) R[code[pc + 2]];
            L[code[pc + 1]] = ((Cells) p.cells().refs[p.index()]).longs[code[pc + 3]];
            pc += 4;
          }
          case Op.FLOADR -> {
            Pointer p = (Pointer) R[code[pc + 2]];
            R[code[pc + 1]] = ((Cells) p.cells().refs[p.index()]).refs[code[pc + 3]];
            pc += 4;
          }
          case Op.FSTOREL -> {
            Pointer p = (Pointer) R[code[pc + 1]];
            ((Cells) p.cells().refs[p.index()]).longs[code[pc + 2]] = L[code[pc + 3]];
            pc += 4;
          }
          case Op.FSTORER -> {
            Pointer p = (Pointer) R[code[pc + 1]];
            ((Cells) p.cells().refs[p.index()]).refs[code[pc + 2]] = R[code[pc + 3]];
            pc += 4;
          }
          case Op.INDEX -> {
            SliceValue s = (SliceValue) R[code[pc + 2]];
            R[code[pc + 1]] = new Pointer(s == null ? null : s.cells(), at(s, L[code[pc + 3]]));
            pc += 4;
          }
          case Op.ILOADL -> {
            SliceValue s = (SliceValue) R[code[pc + 2]];
            int i = at(s, L[code[pc + 3]]);
            L[code[pc + 1]] = s.cells().longs[i];
            pc += 4;
          }
          case Op.ILOADR -> {
            SliceValue s = (SliceValue) R[code[pc + 2]];
            int i = at(s, L[code[pc + 3]]);
            R[code[pc + 1]] = s.cells().refs[i];
            pc += 4;
          }
          case Op.ISTOREL -> {
            SliceValue s = (SliceValue) R[code[pc + 1]];
            int i = at(s, L[code[pc + 2]]);
            s.cells().longs[i] = L[code[pc + 3]];
            pc += 4;
          }
          case Op.ISTORER -> {
            SliceValue s = (SliceValue) R[code[pc + 1]];
            int i = at(s, L[code[pc + 2]]);
            s.cells().refs[i] = R[code[pc + 3]];
            pc += 4;
          }
          case Op.GLOBAL -> {
            steps--;
            R[code[pc + 1]] = m.global(code[pc + 2]);
            pc += 3;
          }
          case Op.LENSLICE -> {
            SliceValue s = (SliceValue) R[code[pc + 2]];
            L[code[pc + 1]] = s == null ? 0 : s.length();
            pc += 3;
          }
          case Op.EXTRACTL -> {
            L[code[pc + 1]] = ((Cells) R[code[pc + 2]]).longs[code[pc + 3]];
            pc += 4;
          }
          case Op.EXTRACTR -> {
            R[code[pc + 1]] = ((Cells) R[code[pc + 2]]).refs[code[pc + 3]];
            pc += 4;
          }
          case Op.CALL -> {
            Code.Site site = f.code.sites[code[pc + 2]];
            Code callee = site.code;
            if (callee == null) {
              callee = m.resolve(site);
            }
            int n = code[pc + 3];
            Frame nf = spare;
            if (nf != null && nf.code == callee) {
              spare = nf.up;
              nf.reuse(f, code[pc + 1]);
            } else {
              nf = new Frame(callee, f, code[pc + 1]);
            }
            f.pc = pc;
            if (nf.words > g.softWords) {
              m.steps = steps;
              Stacks.deeper(m, g, nf);
            }
            long[] nl = nf.longs;
            Object[] nr = nf.refs;
            int li = 0;
            int ri = 0;
            for (int k = pc + 4; k < pc + 4 + n; k++) {
              int e = code[k];
              if ((e & 1) == 0) {
                nl[li++] = L[e >> 1];
              } else {
                nr[ri++] = R[e >> 1];
              }
            }
            f.pc = pc + 4 + n;
            f = nf;
            g.top = f;
            code = callee.ops;
            L = nl;
            R = nr;
            pc = 0;
          }
          case Op.RET, Op.RETL, Op.RETR -> {
            Frame up = f.up;
            if (up == null || f.deferCause != null) {
              f.pc = pc;
              m.steps = steps;
              if (Panics.returned(m, g, f)) {
                return ENDED;
              }
            } else {
              if (f.dst >= 0) {
                if (code[pc] == Op.RETL) {
                  up.longs[f.dst] = L[code[pc + 1]];
                } else if (code[pc] == Op.RETR) {
                  up.refs[f.dst] = R[code[pc + 1]];
                }
              }
              if (f.isForgotten()) {
                f.up = spare;
                spare = f;
              }
            }
            f = up;
            g.top = f;
            code = f.code.ops;
            L = f.longs;
            R = f.refs;
            pc = f.pc;
          }
          default -> throw new IllegalStateException("operation " + code[pc] + " in " + f.code);
        }
      }
    } finally {
      // What a slow operation counted before it threw is not lost.
      m.steps = Math.max(m.steps, steps);
      if (g.top == f) {
        f.pc = pc;
      }
    }
  }

  private static int at(SliceValue s, long i) {
    int n = s == null ? 0 : s.length();
    if (i < 0 || i >= n) {
      throw GoPanic.index(i, n);
    }
    return s.offset() + (int) i;
  }

  private static double real(long bits) {
    return Double.longBitsToDouble(bits);
  }

  private static long bits(double d) {
    return Double.doubleToRawLongBits(d);
  }
}
