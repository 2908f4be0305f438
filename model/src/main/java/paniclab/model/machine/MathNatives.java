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
    exact(n, "math.archExp", MathNatives::exp);
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

  private static final double LOG2_E = 1.4426950408889634073599246810018920;

  /** The upper and the lower half of the logarithm of 2. */
  private static final double LN2_UPPER = 0.69314718055966295651160180568695068359375;

  private static final double LN2_LOWER = 0.28235290563031577122588448175013436025525412068e-12;

  private static final double EXP_OVERFLOW = 7.09782712893384e+02;

  /** Coefficients of the Taylor series, from the eighth down to the first. */
  private static final double[] EXP_SERIES = {
    2.4801587301587301587e-5,
    1.9841269841269841270e-4,
    1.3888888888888888889e-3,
    8.3333333333333333333e-3,
    4.1666666666666666667e-2,
    1.6666666666666666667e-1,
    0.5,
    1.0
  };

  private static final int BIAS = 0x3ff;

  /**
   * Exp as Go does it on amd64 with FMA (math/exp_amd64.s, after Shibata's method): a Taylor series
   * of a sixteenth of the reduced argument, squared four times in the form of exp(x)-1.
   */
  static double exp(double x) {
    if (Double.isNaN(x) || x == Double.POSITIVE_INFINITY) {
      return x;
    }
    if (x > EXP_OVERFLOW) {
      return Double.POSITIVE_INFINITY;
    }
    double k = Math.rint(x * LOG2_E);
    if (k < -2 * BIAS) {
      return 0;
    }
    double r = Math.fma(-k, LN2_LOWER, Math.fma(-k, LN2_UPPER, x)) * 0.0625;
    double sum = EXP_SERIES[0];
    for (int i = 1; i < EXP_SERIES.length; i++) {
      sum = Math.fma(r, sum, EXP_SERIES[i]);
    }
    r *= sum;
    for (int i = 0; i < 3; i++) {
      r *= r + 2.0;
    }
    return scale(Math.fma(r + 2.0, r, 1.0), (int) k + BIAS);
  }

  /** {@code fraction * 2**(biased-0x3ff)}, in two steps where the result is denormal. */
  private static double scale(double fraction, int biased) {
    if (biased >= 0x7ff) {
      return Double.POSITIVE_INFINITY;
    }
    if (biased > 0) {
      return fraction * Double.longBitsToDouble((long) biased << 52);
    }
    if (biased < -52) {
      return 0;
    }
    return fraction
        * Double.longBitsToDouble((long) (biased + BIAS - 1) << 52)
        * Double.longBitsToDouble(1L << 52);
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
