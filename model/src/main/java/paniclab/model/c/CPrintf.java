package paniclab.model.c;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** The conversions of printf(3). */
final class CPrintf {
  private final CMemory memory;
  private final byte[] format;
  private final long[] arguments;
  private int next;
  private int at;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private boolean left;
  private boolean plus;
  private boolean space;
  private boolean alternate;
  private boolean zero;
  private int width;
  private int precision;
  private int bytes;

  private CPrintf(CMemory memory, byte[] format, long[] arguments, int first) {
    this.memory = memory;
    this.format = format;
    this.arguments = arguments;
    this.next = first;
  }

  /** The formatted bytes; arguments from {@code first} on are for the conversions. */
  static byte[] format(CMemory memory, byte[] format, long[] arguments, int first) {
    CPrintf p = new CPrintf(memory, format, arguments, first);
    p.all();
    return p.out.toByteArray();
  }

  private void all() {
    while (at < format.length) {
      byte c = format[at++];
      if (c != '%') {
        out.write(c);
      } else {
        conversion();
      }
    }
  }

  private long argument() {
    if (next >= arguments.length) {
      throw new COutside("printf in C with fewer arguments than its format asks for");
    }
    return arguments[next++];
  }

  private char peek() {
    return at < format.length ? (char) (format[at] & 0xff) : 0;
  }

  private void flags() {
    left = false;
    plus = false;
    space = false;
    alternate = false;
    zero = false;
    while (true) {
      switch (peek()) {
        case '-' -> left = true;
        case '+' -> plus = true;
        case ' ' -> space = true;
        case '#' -> alternate = true;
        case '0' -> zero = true;
        default -> {
          return;
        }
      }
      at++;
    }
  }

  private int number() {
    if (peek() == '*') {
      at++;
      return (int) argument();
    }
    int n = 0;
    while (peek() >= '0' && peek() <= '9') {
      n = n * 10 + (peek() - '0');
      at++;
    }
    return n;
  }

  private void length() {
    bytes = 4;
    while (true) {
      switch (peek()) {
        case 'h' -> bytes = bytes == 2 ? 1 : 2;
        case 'l', 'j', 'z', 't', 'q' -> bytes = 8;
        case 'L' -> throw new COutside("long double in C");
        default -> {
          return;
        }
      }
      at++;
    }
  }

  private void conversion() {
    flags();
    width = number();
    if (width < 0) {
      left = true;
      width = -width;
    }
    precision = -1;
    if (peek() == '.') {
      at++;
      precision = number();
    }
    length();
    char c = peek();
    at++;
    switch (c) {
      case '%' -> out.write('%');
      case 'd', 'i' -> signed(sized(argument(), true));
      case 'u' -> unsigned(Long.toUnsignedString(sized(argument(), false)), "");
      case 'x', 'X' -> hex(sized(argument(), false), c == 'X');
      case 'o' -> unsigned(Long.toOctalString(sized(argument(), false)), alternate ? "0" : "");
      case 'c' -> pad(new byte[] {(byte) argument()}, false);
      case 's' -> string(argument());
      case 'p' -> pointer(argument());
      case 'f', 'F', 'e', 'E', 'g', 'G' -> real(Double.longBitsToDouble(argument()), c);
      default -> throw new COutside("the conversion %" + c + " of printf in C");
    }
  }

  private long sized(long v, boolean signed) {
    return switch (bytes) {
      case 1 -> signed ? (byte) v : v & 0xff;
      case 2 -> signed ? (short) v : v & 0xffff;
      case 4 -> signed ? (int) v : v & 0xffffffffL;
      default -> v;
    };
  }

  private void signed(long v) {
    String digits = v < 0 ? Long.toUnsignedString(-v) : Long.toString(v);
    integer(digits, v < 0 ? "-" : plus ? "+" : space ? " " : "");
  }

  private void unsigned(String digits, String prefix) {
    integer(digits, prefix);
  }

  private void hex(long v, boolean upper) {
    String digits = Long.toHexString(v);
    String prefix = alternate && v != 0 ? "0x" : "";
    integer(
        upper ? digits.toUpperCase(java.util.Locale.ROOT) : digits,
        upper ? prefix.toUpperCase(java.util.Locale.ROOT) : prefix);
  }

  private void integer(String digits, String prefix) {
    String d = precision == 0 && digits.equals("0") ? "" : digits;
    if (precision > d.length()) {
      d = "0".repeat(precision - d.length()) + d;
    }
    if (zero && !left && precision < 0 && width > prefix.length() + d.length()) {
      d = "0".repeat(width - prefix.length() - d.length()) + d;
    }
    pad((prefix + d).getBytes(StandardCharsets.ISO_8859_1), false);
  }

  private void string(long address) {
    if (address == 0) {
      pad("(null)".getBytes(StandardCharsets.ISO_8859_1), true);
      return;
    }
    ByteArrayOutputStream b = new ByteArrayOutputStream();
    for (int i = 0; precision < 0 || i < precision; i++) {
      int c = memory.loadByte(address + i);
      if (c == 0) {
        break;
      }
      b.write(c);
    }
    pad(b.toByteArray(), false);
  }

  private void pointer(long v) {
    pad(
        (v == 0 ? "(nil)" : "0x" + Long.toHexString(v)).getBytes(StandardCharsets.ISO_8859_1),
        false);
  }

  private void pad(byte[] b, boolean cut) {
    int n = width - b.length;
    if (!left) {
      blanks(n);
    }
    out.writeBytes(cut && precision >= 0 && precision < b.length ? new byte[0] : b);
    if (left) {
      blanks(n);
    }
  }

  private void blanks(int n) {
    for (int i = 0; i < n; i++) {
      out.write(' ');
    }
  }

  private void real(double d, char c) {
    boolean negative = Double.doubleToRawLongBits(d) < 0;
    String prefix = negative ? "-" : plus ? "+" : space ? " " : "";
    boolean upper = Character.isUpperCase(c);
    String s;
    if (Double.isNaN(d) || Double.isInfinite(d)) {
      s = Double.isNaN(d) ? "nan" : "inf";
      zero = false;
    } else {
      int p = precision < 0 ? 6 : precision;
      BigDecimal v = new BigDecimal(Math.abs(d));
      s =
          switch (Character.toLowerCase(c)) {
            case 'f' -> v.setScale(p, RoundingMode.HALF_EVEN).toPlainString();
            case 'e' -> exponent(v, p);
            default -> general(v, p == 0 ? 1 : p);
          };
    }
    if (zero && !left && width > prefix.length() + s.length()) {
      s = "0".repeat(width - prefix.length() - s.length()) + s;
    }
    String all = prefix + (upper ? s.toUpperCase(java.util.Locale.ROOT) : s);
    pad(all.getBytes(StandardCharsets.ISO_8859_1), false);
  }

  private static String exponent(BigDecimal v, int p) {
    int e = 0;
    BigDecimal m = v;
    if (v.signum() != 0) {
      e = v.precision() - v.scale() - 1;
      m = v.movePointLeft(e).setScale(p, RoundingMode.HALF_EVEN);
      if (m.compareTo(BigDecimal.TEN) >= 0) {
        e++;
        m = v.movePointLeft(e).setScale(p, RoundingMode.HALF_EVEN);
      }
    }
    String digits = m.setScale(p, RoundingMode.HALF_EVEN).toPlainString();
    int abs = Math.abs(e);
    return digits + "e" + (e < 0 ? "-" : "+") + (abs < 10 ? "0" : "") + abs;
  }

  private String general(BigDecimal v, int p) {
    if (v.signum() == 0) {
      return "0";
    }
    String e = exponent(v, p - 1);
    int x = Integer.parseInt(e.substring(e.indexOf('e') + 1));
    String s;
    String tail = "";
    if (x < -4 || x >= p) {
      s = e.substring(0, e.indexOf('e'));
      tail = e.substring(e.indexOf('e'));
    } else {
      s = v.setScale(p - 1 - x, RoundingMode.HALF_EVEN).toPlainString();
    }
    if (!alternate && s.contains(".")) {
      s = s.replaceAll("0+$", "").replaceAll("\\.$", "");
    }
    return s + tail;
  }
}
