package paniclab.model.program;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A Go string: an immutable run of bytes, usually but not always UTF-8. */
public final class GoString implements Comparable<GoString> {
  /** The empty string. */
  public static final GoString EMPTY = new GoString(new byte[0], 0, 0);

  private final byte[] bytes;
  private final int offset;
  private final int length;
  private int hash;

  private GoString(byte[] bytes, int offset, int length) {
    this.bytes = bytes;
    this.offset = offset;
    this.length = length;
  }

  /** A string of Java text, as UTF-8. */
  public static GoString of(String text) {
    return wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  /** A string of a copy of these bytes. */
  public static GoString copyOf(byte[] bytes, int offset, int length) {
    return wrap(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  /** A string over this very array, which nobody may change afterwards. */
  public static GoString wrap(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new GoString(bytes, 0, bytes.length);
  }

  /** What the bytes are kept in: the same object for strings that share memory. */
  public Object storage() {
    return bytes;
  }

  /** Length in bytes, as Go's len. */
  public int length() {
    return length;
  }

  /** The byte at {@code i}, 0 to 255. */
  public int byteAt(int i) {
    if (i < 0 || i >= length) {
      throw new IndexOutOfBoundsException("index " + i + " of a string of " + length + " bytes");
    }
    return bytes[offset + i] & 0xff;
  }

  /** The part from {@code low} up to {@code high}; shares the bytes. */
  public GoString slice(int low, int high) {
    if (low < 0 || high < low || high > length) {
      throw new IndexOutOfBoundsException(
          "slice [" + low + ":" + high + "] of a string of " + length + " bytes");
    }
    return low == high ? EMPTY : new GoString(bytes, offset + low, high - low);
  }

  /** This string followed by another. */
  public GoString concat(GoString other) {
    if (length == 0) {
      return other;
    }
    if (other.length == 0) {
      return this;
    }
    byte[] b = Arrays.copyOfRange(bytes, offset, offset + length + other.length);
    System.arraycopy(other.bytes, other.offset, b, length, other.length);
    return new GoString(b, 0, b.length);
  }

  /** A fresh array of the bytes. */
  public byte[] toBytes() {
    return Arrays.copyOfRange(bytes, offset, offset + length);
  }

  /**
   * Decodes the rune at byte {@code i} as Go does.
   *
   * @return the rune in the low 32 bits, its width in bytes (1 to 4) in the high 32; an invalid
   *     sequence is U+FFFD of width 1
   */
  public long runeAt(int i) {
    int b0 = byteAt(i);
    if (b0 < 0x80) {
      return 1L << 32 | b0;
    }
    long bad = 1L << 32 | 0xFFFD;
    int need =
        b0 >= 0xC2 && b0 <= 0xDF
            ? 1
            : b0 >= 0xE0 && b0 <= 0xEF ? 2 : b0 >= 0xF0 && b0 <= 0xF4 ? 3 : 0;
    if (need == 0 || i + need >= length) {
      return bad;
    }
    int b1 = byteAt(i + 1);
    int low = b0 == 0xE0 ? 0xA0 : b0 == 0xF0 ? 0x90 : 0x80;
    int high = b0 == 0xED ? 0x9F : b0 == 0xF4 ? 0x8F : 0xBF;
    if (b1 < low || b1 > high) {
      return bad;
    }
    int rune = (b0 & (0x3F >> need)) << 6 | (b1 & 0x3F);
    for (int k = 2; k <= need; k++) {
      int b = byteAt(i + k);
      if (b < 0x80 || b > 0xBF) {
        return bad;
      }
      rune = rune << 6 | (b & 0x3F);
    }
    return (long) (need + 1) << 32 | rune;
  }

  @Override
  public int compareTo(GoString o) {
    return Arrays.compareUnsigned(
        bytes, offset, offset + length, o.bytes, o.offset, o.offset + o.length);
  }

  @Override
  public boolean equals(Object o) {
    return o == this
        || o instanceof GoString s
            && s.length == length
            && Arrays.equals(
                bytes, offset, offset + length, s.bytes, s.offset, s.offset + s.length);
  }

  @Override
  public int hashCode() {
    int h = hash;
    if (h == 0) {
      h = 1;
      for (int i = 0; i < length; i++) {
        h = 31 * h + bytes[offset + i];
      }
      hash = h;
    }
    return h;
  }

  /** The text as Java decodes it: invalid bytes become U+FFFD. */
  @Override
  public String toString() {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }
}
