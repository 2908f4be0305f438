package paniclab.model.machine;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;

/** How Go prints the value of a panic, and what print and println print. */
final class PanicText {
  private PanicText() {}

  /** The method that Go calls to print the value: Error of an error, else String. */
  static Optional<Code> method(Machine m, InterfaceValue v) {
    if (v == null) {
      return Optional.empty();
    }
    for (String name : new String[] {"Error", "String"}) {
      if (m.image.hasMethod(v.type(), name, "")) {
        Code c = m.image.method(v.type(), name, "");
        GoType.Signature s = c.function.signature();
        if (s.parameters().size() == 1
            && s.results().size() == 1
            && s.results().getFirst().equals(new GoType.Basic(GoType.Kind.STRING))) {
          return Optional.of(c);
        }
      }
    }
    return Optional.empty();
  }

  /** The text after "panic: " where no method has to be called. */
  static String of(Machine m, InterfaceValue v) {
    if (v == null) {
      return "nil";
    }
    RType t = v.type();
    if (!(t.under instanceof GoType.Basic b) || b.kind() == GoType.Kind.UNSAFE_POINTER) {
      return "(" + t + ") " + hex(m.addressOf(v.ref()));
    }
    boolean named = !(t.type instanceof GoType.Basic);
    if (t.shape == RType.Shape.STRING) {
      String s = indented((GoString) v.ref());
      return named ? t + "(\"" + s + "\")" : s;
    }
    String s = scalar(b.kind(), v.bits(), v.ref());
    return !named ? s : b.kind().isComplex() ? t + s : t + "(" + s + ")";
  }

  /** A short text for figures: what would be printed, but methods are not called. */
  static String brief(Machine m, InterfaceValue v) {
    if (v == null) {
      return "nil";
    }
    if (v.type().toString().equals("*runtime.PanicNilError")) {
      return "panic called with nil argument (use GODEBUG=panicnil=1 to disable)";
    }
    if (v.type().under instanceof GoType.Struct && v.ref() instanceof Cells c && c.refs != null) {
      for (Object o : c.refs) {
        if (o instanceof GoString s) {
          String type = v.type().toString();
          return type.startsWith("runtime.") ? runtime(type, s) : type + "(" + s + ")";
        }
      }
    }
    if (v.ref() instanceof Pointer p
        && p.cells().refs != null
        && p.cells().refs[p.index()] instanceof Cells c
        && c.refs != null) {
      for (Object o : c.refs) {
        if (o instanceof GoString s) {
          return s.toString();
        }
      }
    }
    return v.type().shape == RType.Shape.STRING
        ? runtime(v.type().toString(), (GoString) v.ref())
        : of(m, v);
  }

  /**
   * What the Error method of the runtime's own types adds to their text; nothing to other texts.
   */
  private static String runtime(String type, GoString text) {
    return switch (type) {
      case "runtime.boundsError", "runtime.errorString", "runtime.runtimeError" ->
          "runtime error: " + text;
      default -> text.toString();
    };
  }

  /** A string as the runtime prints it in a panic: a tab after each newline. */
  static String indented(GoString s) {
    return s.toString().replace("\n", "\n\t");
  }

  static String hex(long v) {
    return "0x" + Long.toHexString(v);
  }

  /** A value as print prints it. */
  static String scalar(GoType.Kind k, long bits, Object ref) {
    if (k == GoType.Kind.BOOL) {
      return bits != 0 ? "true" : "false";
    }
    if (k == GoType.Kind.FLOAT32) {
      return real32((float) Double.longBitsToDouble(bits));
    }
    if (k == GoType.Kind.FLOAT64) {
      return real(Double.longBitsToDouble(bits));
    }
    if (k.isComplex()) {
      ComplexValue c = (ComplexValue) ref;
      String im = k == GoType.Kind.COMPLEX64 ? real32((float) c.imaginary()) : real(c.imaginary());
      String re = k == GoType.Kind.COMPLEX64 ? real32((float) c.real()) : real(c.real());
      return "(" + re + (im.startsWith("-") || im.startsWith("+") ? "" : "+") + im + "i)";
    }
    if (k == GoType.Kind.STRING) {
      return ref.toString();
    }
    return k.isUnsigned() ? Long.toUnsignedString(bits) : Long.toString(bits);
  }

  /** A float64 as {@code strconv.AppendFloat(v, 'g', -1, 64)}, which print uses since Go 1.26. */
  static String real(double v) {
    BigDecimal one = oneDigit(Double.toString(v));
    return general(one != null && one.doubleValue() == v ? one.toString() : Double.toString(v));
  }

  /** A float32, likewise with 32 bits. */
  static String real32(float v) {
    BigDecimal one = oneDigit(Float.toString(v));
    return general(one != null && one.floatValue() == v ? one.toString() : Float.toString(v));
  }

  /** The number with one digit: Java gives two even where one would do, as in 4.9E-324. */
  private static BigDecimal oneDigit(String java) {
    return java.indexOf('E') > 0 ? new BigDecimal(java).round(new MathContext(1)) : null;
  }

  /** Java's shortest decimal (JDK 19 and later) in Go's %g: exponent form below 1e-4, from 1e6. */
  private static String general(String java) {
    if (java.equals("NaN")) {
      return java;
    }
    if (java.endsWith("Infinity")) {
      return java.startsWith("-") ? "-Inf" : "+Inf";
    }
    BigDecimal d = new BigDecimal(java).stripTrailingZeros();
    String sign = java.startsWith("-") ? "-" : "";
    if (d.signum() == 0) {
      return sign + "0";
    }
    String digits = d.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - d.scale();
    if (exponent >= -4 && exponent < 6) {
      return sign + d.abs().toPlainString();
    }
    String e = Integer.toString(Math.abs(exponent));
    return sign
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + (exponent < 0 ? "e-" : "e+")
        + (e.length() < 2 ? "0" + e : e);
  }
}
