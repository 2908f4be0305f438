package paniclab.golang.internal;

/** Reads the numbers of {@code golang/gofront/FORMAT.md} from bytes. Not for sharing. */
final class Reader {
  private final byte[] bytes;
  private int at;

  Reader(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  int position() {
    return at;
  }

  void skip(int n) {
    at += n;
  }

  int u8() {
    return bytes[at++] & 0xff;
  }

  boolean bool() {
    return u8() != 0;
  }

  /** An unsigned number that fits an int. */
  int uint() {
    long x = ulong();
    if (x != (int) x) {
      throw new IllegalStateException("a number of a program does not fit: " + x);
    }
    return (int) x;
  }

  /** An unsigned number, seven bits a byte, the lowest first. */
  long ulong() {
    long x = 0;
    for (int shift = 0; ; shift += 7) {
      byte b = bytes[at++];
      x |= (long) (b & 0x7f) << shift;
      if (b >= 0) {
        return x;
      }
    }
  }

  /** A signed number in zigzag form. */
  long slong() {
    long x = ulong();
    return x >>> 1 ^ -(x & 1);
  }

  int word() {
    return u8() | u8() << 8 | u8() << 16 | u8() << 24;
  }

  double float64() {
    long low = word() & 0xffffffffL;
    return Double.longBitsToDouble(low | (long) word() << 32);
  }
}
