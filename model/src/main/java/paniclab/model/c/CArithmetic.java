package paniclab.model.c;

/** What C's operators do on amd64. */
final class CArithmetic {
  private CArithmetic() {}

  private static final int ADD = 0;
  private static final int SUB = 1;
  private static final int MUL = 2;
  private static final int DIV = 3;
  private static final int REM = 4;
  private static final int AND = 5;
  private static final int OR = 6;
  private static final int XOR = 7;
  private static final int SHL = 8;
  private static final int SHR = 9;
  private static final int EQ = 10;
  private static final int NE = 11;
  private static final int LT = 12;
  private static final int LE = 13;
  private static final int GT = 14;

  static long binary(int op, CKind k, long x, long y) {
    if (k.isReal()) {
      return real(op, k, Double.longBitsToDouble(x), Double.longBitsToDouble(y));
    }
    boolean unsigned = k == CKind.U64 || k == CKind.U32 || k == CKind.U16 || k == CKind.U8;
    return switch (op) {
      case ADD -> wrap(k, x + y);
      case SUB -> wrap(k, x - y);
      case MUL -> wrap(k, x * y);
      case DIV, REM -> divide(op, k, x, y, unsigned);
      case AND -> x & y;
      case OR -> x | y;
      case XOR -> x ^ y;
      case SHL -> wrap(k, x << (k.size() == 8 ? y & 63 : y & 31));
      case SHR ->
          unsigned
              ? x >>> (k.size() == 8 ? y & 63 : y & 31)
              : x >> (k.size() == 8 ? y & 63 : y & 31);
      case EQ -> x == y ? 1 : 0;
      case NE -> x != y ? 1 : 0;
      default -> compare(op, unsigned ? Long.compareUnsigned(x, y) : Long.compare(x, y));
    };
  }

  /** What C leaves undefined, and gcc -O2 takes for impossible. */
  static void requireDefined(int op, CKind k, long x, long y) {
    boolean signed = k == CKind.I32 || k == CKind.I64;
    if (signed && op <= MUL) {
      boolean wide = k == CKind.I64;
      long r = op == ADD ? x + y : op == SUB ? x - y : x * y;
      boolean lost =
          wide
              ? op == MUL
                  ? Math.multiplyHigh(x, y) != r >> 63
                  : op == ADD ? ((x ^ r) & (y ^ r)) < 0 : ((x ^ y) & (x ^ r)) < 0
              : r != (int) r;
      if (lost) {
        throw new COutside("signed overflow in C, which gcc -O2 takes for impossible");
      }
    }
    if ((op == SHL || op == SHR) && (y < 0 || y >= 8L * Math.max(4, k.size()))) {
      throw new COutside("a shift in C by more than the width");
    }
  }

  private static long compare(int op, int c) {
    boolean b =
        switch (op) {
          case LT -> c < 0;
          case LE -> c <= 0;
          case GT -> c > 0;
          default -> c >= 0;
        };
    return b ? 1 : 0;
  }

  private static long divide(int op, CKind k, long x, long y, boolean unsigned) {
    if (y == 0) {
      throw new CFault(CFault.Signal.SIGFPE, 1, 0);
    }
    if (unsigned) {
      return op == DIV ? Long.divideUnsigned(x, y) : Long.remainderUnsigned(x, y);
    }
    if (y == -1 && x == (k.size() == 8 ? Long.MIN_VALUE : Integer.MIN_VALUE)) {
      throw new CFault(CFault.Signal.SIGFPE, 1, 0);
    }
    return op == DIV ? x / y : x % y;
  }

  private static long real(int op, CKind k, double x, double y) {
    return switch (op) {
      case ADD -> bits(k, x + y);
      case SUB -> bits(k, x - y);
      case MUL -> bits(k, x * y);
      case DIV -> bits(k, x / y);
      case EQ -> x == y ? 1 : 0;
      case NE -> x != y ? 1 : 0;
      case LT -> x < y ? 1 : 0;
      case LE -> x <= y ? 1 : 0;
      case GT -> x > y ? 1 : 0;
      default -> x >= y ? 1 : 0;
    };
  }

  private static long bits(CKind k, double d) {
    return Double.doubleToRawLongBits(k == CKind.F32 ? (float) d : d);
  }

  static long unary(int op, CKind k, long x) {
    return switch (op) {
      case 0 -> k.isReal() ? bits(k, -Double.longBitsToDouble(x)) : wrap(k, -x);
      case 1 -> wrap(k, ~x);
      default -> x == 0 ? 1 : 0;
    };
  }

  /** A value as one of another kind. */
  static long convert(CKind from, CKind to, long x) {
    if (from.isReal()) {
      double d = Double.longBitsToDouble(x);
      return switch (to) {
        case F32, F64 -> bits(to, d);
        case BOOLEAN -> d != 0 ? 1 : 0;
        case U64 -> d >= 0x1p63 ? (long) (d - 0x1p63) ^ Long.MIN_VALUE : truncated(d);
        default -> wrap(to, truncated(d));
      };
    }
    return switch (to) {
      case F32, F64 -> bits(to, from == CKind.U64 && x < 0 ? unsigned(x, to) : toReal(x, to));
      case BOOLEAN -> x != 0 ? 1 : 0;
      default -> wrap(to, x);
    };
  }

  private static double toReal(long x, CKind to) {
    return to == CKind.F32 ? (float) x : (double) x;
  }

  private static double unsigned(long x, CKind to) {
    java.math.BigDecimal b = new java.math.BigDecimal(Long.toUnsignedString(x));
    return to == CKind.F32 ? b.floatValue() : b.doubleValue();
  }

  private static long truncated(double d) {
    return Double.isNaN(d) || d >= 0x1p63 || d < -0x1p63 ? Long.MIN_VALUE : (long) d;
  }

  static long wrap(CKind k, long v) {
    return switch (k) {
      case I8 -> (byte) v;
      case U8 -> v & 0xff;
      case I16 -> (short) v;
      case U16 -> v & 0xffff;
      case I32 -> (int) v;
      case U32 -> v & 0xffffffffL;
      default -> v;
    };
  }
}
