package paniclab.model.machine;

import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;

/** Package math where Java has the same exact function, the bits of floats, and random numbers. */
final class MathNatives {
  private MathNatives() {}

  static void addTo(Natives n) {
    for (String p : new String[] {"math.Float", "internal/strconv.float"}) {
      bits(n, p + "64bits", x -> x);
      bits(n, p + "64frombits", x -> x);
      bits(n, p + "32bits", x -> bits32(Double.longBitsToDouble(x)));
      bits(n, p + "32frombits", x -> Double.doubleToRawLongBits(real32((int) x)));
    }
    exact(n, "math.sqrt", Math::sqrt);
    exact(n, "math.floor", Math::floor);
    exact(n, "math.ceil", Math::ceil);
    exact(n, "math.trunc", x -> x < 0 ? Math.ceil(x) : Math.floor(x));
    n.add(
        "math.FMA",
        c -> {
          double x = Double.longBitsToDouble(c.longArg(0));
          double y = Double.longBitsToDouble(c.longArg(1));
          double z = Double.longBitsToDouble(c.longArg(2));
          c.setLong(Double.doubleToRawLongBits(Math.fma(x, y, z)));
          return Step.DONE;
        });
    for (String name : new String[] {"math/rand", "math/rand/v2"}) {
      n.add(
          name + ".runtime_rand",
          c -> {
            c.setLong(c.machine().random64(c.goroutine()));
            return Step.DONE;
          });
    }
  }

  private static void bits(Natives n, String name, LongUnaryOperator f) {
    n.add(
        name,
        c -> {
          c.setLong(f.applyAsLong(c.longArg(0)));
          return Step.DONE;
        });
  }

  private static void exact(Natives n, String name, DoubleUnaryOperator f) {
    bits(n, name, x -> Double.doubleToRawLongBits(f.applyAsDouble(Double.longBitsToDouble(x))));
  }

  /** A float32 is kept as the double of the same value; a NaN keeps its sign and payload. */
  private static long bits32(double d) {
    if (Double.isNaN(d)) {
      long b = Double.doubleToRawLongBits(d);
      return b >>> 32 & 0x80000000L | 0x7f800000L | b >>> 29 & 0x7fffffL;
    }
    return Float.floatToRawIntBits((float) d) & 0xffffffffL;
  }

  private static double real32(int bits) {
    float f = Float.intBitsToFloat(bits);
    if (Float.isNaN(f)) {
      long b = bits & 0xffffffffL;
      return Double.longBitsToDouble(
          (b & 0x80000000L) << 32 | 0x7ff0000000000000L | (b & 0x7fffffL) << 29);
    }
    return f;
  }
}
