package paniclab.model.machine;

import paniclab.model.program.GoString;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;

/** Binary and unary operators. */
final class Arithmetic {
  private Arithmetic() {}

  static void binary(Linker k, Instruction.BinOp o) {
    RType x = k.image().type(o.xType());
    switch (x.shape) {
      case LONG -> {
        if (Linker.kind(o.xType()).isFloat()) {
          real(k, o);
        } else {
          integer(k, o);
        }
      }
      case STRING -> string(k, o);
      case COMPLEX -> complex(k, o);
      case REF, CELLS -> equality(k, o, x);
    }
  }

  private static void integer(Linker k, Instruction.BinOp o) {
    GoType.Kind kind = Linker.kind(o.xType());
    boolean unsigned = kind.isUnsigned();
    int d = k.dst(o.dst());
    int x = k.lo(o.x());
    int y = k.lo(o.y());
    switch (o.op()) {
      case "+" -> wrapped(k, kind, Op.ADD, d, x, y);
      case "-" -> wrapped(k, kind, Op.SUB, d, x, y);
      case "*" -> wrapped(k, kind, Op.MUL, d, x, y);
      case "/" -> {
        if (kind == GoType.Kind.UINT64 || kind == GoType.Kind.UINT || kind == GoType.Kind.UINTPTR) {
          unsignedDivision(k, d, x, y, true);
        } else {
          wrapped(k, kind, Op.DIV, d, x, y);
        }
      }
      case "%" -> {
        if (kind == GoType.Kind.UINT64 || kind == GoType.Kind.UINT || kind == GoType.Kind.UINTPTR) {
          unsignedDivision(k, d, x, y, false);
        } else {
          k.emit(Op.REM, d, x, y);
        }
      }
      case "&" -> k.emit(Op.AND, d, x, y);
      case "|" -> k.emit(Op.OR, d, x, y);
      case "^" -> k.emit(Op.XOR, d, x, y);
      case "&^" -> k.emit(Op.ANDNOT, d, x, y);
      case "<<" -> {
        checkShift(k, o, y);
        wrapped(k, kind, Op.SHL, d, x, y);
      }
      case ">>" -> {
        checkShift(k, o, y);
        k.emit(unsigned ? Op.USHR : Op.SHR, d, x, y);
      }
      case "==" -> k.emit(Op.EQ, d, x, y);
      case "!=" -> k.emit(Op.NE, d, x, y);
      case "<" -> k.emit(unsigned ? Op.ULT : Op.LT, d, x, y);
      case "<=" -> k.emit(unsigned ? Op.ULE : Op.LE, d, x, y);
      case ">" -> k.emit(unsigned ? Op.ULT : Op.LT, d, y, x);
      case ">=" -> k.emit(unsigned ? Op.ULE : Op.LE, d, y, x);
      default -> throw unknown(o);
    }
  }

  private static void checkShift(Linker k, Instruction.BinOp o, int y) {
    if (Linker.kind(o.yType()).isUnsigned()) {
      return;
    }
    if (o.y() instanceof paniclab.model.program.Operand.IntConst c && c.value() >= 0) {
      return;
    }
    k.slow((m, g, f) -> {
      if (f.longs[y] < 0) {
        throw GoPanic.runtime(GoPanic.ERROR, "negative shift amount");
      }
      return Slow.NEXT;
    });
  }

  private static void unsignedDivision(Linker k, int d, int x, int y, boolean quotient) {
    k.slow((m, g, f) -> {
      if (f.longs[y] == 0) {
        throw GoPanic.runtime(GoPanic.DIVIDE, "integer divide by zero");
      }
      f.longs[d] =
          quotient
              ? Long.divideUnsigned(f.longs[x], f.longs[y])
              : Long.remainderUnsigned(f.longs[x], f.longs[y]);
      return Slow.NEXT;
    });
  }

  private static void wrapped(Linker k, GoType.Kind kind, int op, int d, int x, int y) {
    k.emit(op, d, x, y);
    wrap(k, kind, d);
  }

  /** Cuts a register to the size of its kind. */
  static void wrap(Linker k, GoType.Kind kind, int d) {
    switch (kind) {
      case INT8 -> k.emit(Op.INT8, d);
      case INT16 -> k.emit(Op.INT16, d);
      case INT32 -> k.emit(Op.INT32, d);
      case UINT8 -> k.emit(Op.UINT8, d);
      case UINT16 -> k.emit(Op.UINT16, d);
      case UINT32 -> k.emit(Op.UINT32, d);
      case FLOAT32 -> k.emit(Op.FLOAT32, d);
      default -> {}
    }
  }

  private static void real(Linker k, Instruction.BinOp o) {
    int d = k.dst(o.dst());
    int x = k.lo(o.x());
    int y = k.lo(o.y());
    GoType.Kind kind = Linker.kind(o.xType());
    switch (o.op()) {
      case "+" -> wrapped(k, kind, Op.FADD, d, x, y);
      case "-" -> wrapped(k, kind, Op.FSUB, d, x, y);
      case "*" -> wrapped(k, kind, Op.FMUL, d, x, y);
      case "/" -> wrapped(k, kind, Op.FDIV, d, x, y);
      case "==" -> k.emit(Op.FEQ, d, x, y);
      case "!=" -> {
        k.emit(Op.FEQ, d, x, y);
        k.emit(Op.LNOT, d, d);
      }
      case "<" -> k.emit(Op.FLT, d, x, y);
      case "<=" -> k.emit(Op.FLE, d, x, y);
      case ">" -> k.emit(Op.FLT, d, y, x);
      case ">=" -> k.emit(Op.FLE, d, y, x);
      default -> throw unknown(o);
    }
  }

  private static void string(Linker k, Instruction.BinOp o) {
    int d = k.dst(o.dst());
    int x = k.ref(o.x());
    int y = k.ref(o.y());
    if (o.op().equals("+")) {
      k.slow((m, g, f) -> {
        f.refs[d] = ((GoString) f.refs[x]).concat((GoString) f.refs[y]);
        return Slow.NEXT;
      });
      return;
    }
    String op = o.op();
    k.slow((m, g, f) -> {
      GoString a = (GoString) f.refs[x];
      GoString b = (GoString) f.refs[y];
      boolean r =
          switch (op) {
            case "==" -> a.equals(b);
            case "!=" -> !a.equals(b);
            case "<" -> a.compareTo(b) < 0;
            case "<=" -> a.compareTo(b) <= 0;
            case ">" -> a.compareTo(b) > 0;
            case ">=" -> a.compareTo(b) >= 0;
            default -> throw new IllegalStateException(op);
          };
      f.longs[d] = r ? 1 : 0;
      return Slow.NEXT;
    });
  }

  private static void complex(Linker k, Instruction.BinOp o) {
    int d = k.dst(o.dst());
    int x = k.ref(o.x());
    int y = k.ref(o.y());
    boolean small = Linker.kind(o.xType()) == GoType.Kind.COMPLEX64;
    String op = o.op();
    k.slow((m, g, f) -> {
      ComplexValue a = (ComplexValue) f.refs[x];
      ComplexValue b = (ComplexValue) f.refs[y];
      switch (op) {
        case "==" -> f.longs[d] = a.same(b) ? 1 : 0;
        case "!=" -> f.longs[d] = a.same(b) ? 0 : 1;
        case "+" -> f.refs[d] = of(small, a.real() + b.real(), a.imaginary() + b.imaginary());
        case "-" -> f.refs[d] = of(small, a.real() - b.real(), a.imaginary() - b.imaginary());
        case "*" ->
            f.refs[d] =
                of(
                    small,
                    a.real() * b.real() - a.imaginary() * b.imaginary(),
                    a.real() * b.imaginary() + a.imaginary() * b.real());
        case "/" -> f.refs[d] = divide(small, a, b);
        default -> throw unknown(o);
      }
      return Slow.NEXT;
    });
  }

  static ComplexValue of(boolean small, double re, double im) {
    return small ? new ComplexValue((float) re, (float) im) : new ComplexValue(re, im);
  }

  /** After runtime/complex.go, complex128div. */
  private static ComplexValue divide(boolean small, ComplexValue n, ComplexValue m) {
    double e;
    double f;
    if (Math.abs(m.real()) >= Math.abs(m.imaginary())) {
      double ratio = m.imaginary() / m.real();
      double denominator = m.real() + ratio * m.imaginary();
      e = (n.real() + n.imaginary() * ratio) / denominator;
      f = (n.imaginary() - n.real() * ratio) / denominator;
    } else {
      double ratio = m.real() / m.imaginary();
      double denominator = m.imaginary() + ratio * m.real();
      e = (n.real() * ratio + n.imaginary()) / denominator;
      f = (n.imaginary() * ratio - n.real()) / denominator;
    }
    if (Double.isNaN(e) || Double.isNaN(f)) {
      double a = n.real();
      double b = n.imaginary();
      double c = m.real();
      double d = m.imaginary();
      if (c == 0 && d == 0 && (!Double.isNaN(a) || !Double.isNaN(b))) {
        e = Math.copySign(Double.POSITIVE_INFINITY, c) * a;
        f = Math.copySign(Double.POSITIVE_INFINITY, c) * b;
      } else if ((Double.isInfinite(a) || Double.isInfinite(b))
          && Double.isFinite(c)
          && Double.isFinite(d)) {
        a = Math.copySign(Double.isInfinite(a) ? 1 : 0, a);
        b = Math.copySign(Double.isInfinite(b) ? 1 : 0, b);
        e = Double.POSITIVE_INFINITY * (a * c + b * d);
        f = Double.POSITIVE_INFINITY * (b * c - a * d);
      } else if ((Double.isInfinite(c) || Double.isInfinite(d))
          && Double.isFinite(a)
          && Double.isFinite(b)) {
        c = Math.copySign(Double.isInfinite(c) ? 1 : 0, c);
        d = Math.copySign(Double.isInfinite(d) ? 1 : 0, d);
        e = 0 * (a * c + b * d);
        f = 0 * (b * c - a * d);
      }
    }
    return of(small, e, f);
  }

  private static void equality(Linker k, Instruction.BinOp o, RType xt) {
    boolean not = o.op().equals("!=");
    if (!not && !o.op().equals("==")) {
      throw unknown(o);
    }
    RType yt = k.image().type(o.yType());
    int d = k.dst(o.dst());
    int ex = k.operand(o.x());
    int ey = k.operand(o.y());
    boolean mixed = xt.isInterface() != yt.isInterface();
    k.slow((m, g, f) -> {
      boolean same;
      if (mixed) {
        same = Values.equalInterfaces(asInterface(xt, ex, f), asInterface(yt, ey, f));
      } else {
        same = Values.equal(xt, 0, f.refs[ex >> 1], 0, f.refs[ey >> 1]);
      }
      f.longs[d] = same != not ? 1 : 0;
      return Slow.NEXT;
    });
  }

  private static InterfaceValue asInterface(RType t, int e, Frame f) {
    if (t.isInterface()) {
      return (InterfaceValue) f.refs[e >> 1];
    }
    return (e & 1) == 0
        ? new InterfaceValue(t, f.longs[e >> 1], null)
        : new InterfaceValue(t, 0, f.refs[e >> 1]);
  }

  static void unary(Linker k, Instruction.UnOp o) {
    GoType.Kind kind = Linker.kind(o.xType());
    if (kind.isComplex()) {
      int d = k.dst(o.dst());
      int x = k.ref(o.x());
      k.slow((m, g, f) -> {
        ComplexValue c = (ComplexValue) f.refs[x];
        f.refs[d] = new ComplexValue(-c.real(), -c.imaginary());
        return Slow.NEXT;
      });
      return;
    }
    int d = k.dst(o.dst());
    int x = k.lo(o.x());
    switch (o.op()) {
      case "-" -> k.emit(kind.isFloat() ? Op.FNEG : Op.NEG, d, x);
      case "^" -> k.emit(Op.NOT, d, x);
      case "!" -> k.emit(Op.LNOT, d, x);
      default -> throw new IllegalStateException("operator " + o.op());
    }
    wrap(k, kind, d);
  }

  private static IllegalStateException unknown(Instruction.BinOp o) {
    return new IllegalStateException("operator " + o.op() + " on " + o.xType());
  }
}
