package paniclab.model.machine;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;
import paniclab.model.program.Operand;

/** Conversions between basic types, strings, byte and rune slices. */
final class Conversions {
  private Conversions() {}

  static void convert(Linker k, int dst, Operand x, GoType from, GoType to) {
    GoType.Kind a = Linker.kind(from);
    GoType.Kind b = Linker.kind(to);
    GoType uf = from.underlying();
    GoType ut = to.underlying();
    int d = k.dst(dst);
    if (uf instanceof GoType.Basic && ut instanceof GoType.Basic) {
      basic(k, d, x, a, b);
    } else if (b == GoType.Kind.STRING && uf instanceof GoType.Slice s) {
      boolean bytes = Linker.kind(s.elem()) == GoType.Kind.UINT8;
      int r = k.ref(x);
      k.slow((m, g, f) -> {
        f.refs[d] = bytes ? bytesToString(f.refs[r]) : runesToString(f.refs[r]);
        return Slow.NEXT;
      });
    } else if (a == GoType.Kind.STRING && ut instanceof GoType.Slice s) {
      boolean bytes = Linker.kind(s.elem()) == GoType.Kind.UINT8;
      int r = k.ref(x);
      if (bytes && x instanceof Operand.StringConst c) {
        k.slow((m, g, f) -> {
          f.refs[d] = exactly(c.value());
          return Slow.NEXT;
        });
        return;
      }
      k.slow((m, g, f) -> {
        GoString v = (GoString) f.refs[r];
        f.refs[d] = bytes ? stringToBytes(v) : stringToRunes(v);
        return Slow.NEXT;
      });
    } else if (a == GoType.Kind.UNSAFE_POINTER || b == GoType.Kind.UNSAFE_POINTER) {
      unsafe(k, dst, x, from, to);
    } else {
      k.move(dst, x);
    }
  }

  private static void unsafe(Linker k, int dst, Operand x, GoType from, GoType to) {
    if (k.image().type(from).isLong() != k.image().type(to).isLong()) {
      k.slow((m, g, f) -> {
        throw new OutOfModelException(
            "not supported by the model: conversion from " + from + " to " + to);
      });
      return;
    }
    if (k.isUser() && !k.image().program.c().isEmpty()) {
      UnsafePointers.withC(k, k.dst(dst), x, from, to);
      return;
    }
    if (k.isUser() && to.underlying() instanceof GoType.Pointer) {
      UnsafePointers.convert(k, k.dst(dst), x, to);
      return;
    }
    k.move(dst, x);
  }

  private static void basic(Linker k, int d, Operand x, GoType.Kind a, GoType.Kind b) {
    if (b == GoType.Kind.STRING) {
      if (a == GoType.Kind.STRING) {
        k.emit(Op.MOVR, d, k.ref(x));
        return;
      }
      int r = k.lo(x);
      k.slow((m, g, f) -> {
        f.refs[d] = runeToString(f.longs[r], a.isUnsigned());
        return Slow.NEXT;
      });
      return;
    }
    if (a.isComplex()) {
      int r = k.ref(x);
      boolean small = b == GoType.Kind.COMPLEX64;
      k.slow((m, g, f) -> {
        ComplexValue c = (ComplexValue) f.refs[r];
        f.refs[d] = Arithmetic.of(small, c.real(), c.imaginary());
        return Slow.NEXT;
      });
      return;
    }
    if (a == GoType.Kind.UNSAFE_POINTER || b == GoType.Kind.UNSAFE_POINTER) {
      if (a == b) {
        k.emit(Op.MOVR, d, k.ref(x));
        return;
      }
      if (k.isUser() && !k.image().program.c().isEmpty()) {
        UnsafePointers.number(k, d, x, b == GoType.Kind.UINTPTR);
        return;
      }
      if (b == GoType.Kind.UINTPTR && k.isUser() && StackValues.isCompared(k, d, x)) {
        k.slow(StackValues.address(d, k.ref(x)));
        return;
      }
      if (b == GoType.Kind.UINTPTR && k.isUser()) {
        k.slow((m, g, f) -> {
          throw new OutOfModelException(
              "not supported by the model: the address of a variable as a number");
        });
        return;
      }
      if (b == GoType.Kind.UINTPTR) {
        int r = k.ref(x);
        k.slow((m, g, f) -> {
          f.longs[d] = m.addressOf(f.refs[r]);
          return Slow.NEXT;
        });
        return;
      }
      if (k.isUser() && a == GoType.Kind.UINTPTR) {
        int r = k.lo(x);
        k.slow((m, g, f) -> {
          f.refs[d] = RawMemory.at(m, f.longs[r]);
          return Slow.NEXT;
        });
        return;
      }
      k.slow((m, g, f) -> {
        throw new OutOfModelException(
            "not supported by the model: conversion from uintptr to unsafe.Pointer");
      });
      return;
    }
    int r = k.lo(x);
    if (a.isFloat() && b.isFloat()) {
      k.emit(Op.MOVL, d, r);
    } else if (a.isFloat()) {
      boolean unsigned64 = b.isUnsigned() && b.size() == 8;
      k.slow((m, g, f) -> {
        f.longs[d] = realToInteger(Double.longBitsToDouble(f.longs[r]), unsigned64);
        return Slow.NEXT;
      });
    } else if (b.isFloat()) {
      boolean unsigned = a.isUnsigned();
      boolean single = b == GoType.Kind.FLOAT32;
      k.slow((m, g, f) -> {
        f.longs[d] = Double.doubleToRawLongBits(integerToReal(f.longs[r], unsigned, single));
        return Slow.NEXT;
      });
      return;
    } else {
      k.emit(Op.MOVL, d, r);
    }
    Arithmetic.wrap(k, b, d);
  }

  /** As amd64 does: out of range gives the smallest int64; for uint64 the upper half is right. */
  static long realToInteger(double v, boolean unsigned64) {
    if (unsigned64 && v >= 0x1p63) {
      return v < 0x1p64 ? (long) (v - 0x1p63) ^ Long.MIN_VALUE : Long.MIN_VALUE;
    }
    return Double.isNaN(v) || v >= 0x1p63 || v < -0x1p63 ? Long.MIN_VALUE : (long) v;
  }

  private static double integerToReal(long v, boolean unsigned, boolean single) {
    if (!unsigned || v >= 0) {
      return single ? (float) v : (double) v;
    }
    BigDecimal big = new BigDecimal(Long.toUnsignedString(v));
    return single ? big.floatValue() : big.doubleValue();
  }

  static GoString runeToString(long v, boolean unsigned) {
    boolean valid = unsigned ? Long.compareUnsigned(v, 0x10FFFF) <= 0 : v >= 0 && v <= 0x10FFFF;
    ByteArrayOutputStream b = new ByteArrayOutputStream(4);
    encode(b, valid ? (int) v : 0xFFFD);
    return GoString.wrap(b.toByteArray());
  }

  private static void encode(ByteArrayOutputStream b, int rune) {
    int r = rune < 0 || rune > 0x10FFFF || rune >= 0xD800 && rune <= 0xDFFF ? 0xFFFD : rune;
    if (r < 0x80) {
      b.write(r);
    } else if (r < 0x800) {
      b.write(0xC0 | r >> 6);
      b.write(0x80 | r & 0x3F);
    } else if (r < 0x10000) {
      b.write(0xE0 | r >> 12);
      b.write(0x80 | r >> 6 & 0x3F);
      b.write(0x80 | r & 0x3F);
    } else {
      b.write(0xF0 | r >> 18);
      b.write(0x80 | r >> 12 & 0x3F);
      b.write(0x80 | r >> 6 & 0x3F);
      b.write(0x80 | r & 0x3F);
    }
  }

  static GoString bytesToString(Object slice) {
    SliceValue s = (SliceValue) slice;
    if (s == null) {
      return GoString.EMPTY;
    }
    byte[] b = new byte[s.length()];
    for (int i = 0; i < b.length; i++) {
      b[i] = (byte) s.cells().longs[s.offset() + i];
    }
    return GoString.wrap(b);
  }

  private static GoString runesToString(Object slice) {
    SliceValue s = (SliceValue) slice;
    if (s == null) {
      return GoString.EMPTY;
    }
    ByteArrayOutputStream b = new ByteArrayOutputStream(s.length());
    for (int i = 0; i < s.length(); i++) {
      encode(b, (int) s.cells().longs[s.offset() + i]);
    }
    return GoString.wrap(b.toByteArray());
  }

  /** The bytes of a constant: Go makes an array of just that length. */
  private static SliceValue exactly(GoString v) {
    int n = v.length();
    long[] bytes = new long[n];
    for (int i = 0; i < n; i++) {
      bytes[i] = v.byteAt(i);
    }
    return new SliceValue(new Cells(bytes, null), 0, n, n);
  }

  static SliceValue stringToBytes(GoString v) {
    int n = v.length();
    Cells c = new Cells(new long[Growth.bytes(n, n <= 32 ? 32 : 0)], null);
    for (int i = 0; i < n; i++) {
      c.longs[i] = v.byteAt(i);
    }
    return new SliceValue(c, 0, n, c.longs.length);
  }

  private static SliceValue stringToRunes(GoString v) {
    long[] r = new long[v.length()];
    int n = 0;
    for (int i = 0; i < v.length(); ) {
      long rune = v.runeAt(i);
      r[n++] = (int) rune;
      i += (int) (rune >>> 32);
    }
    int cap = n <= 32 ? 32 : (int) (Growth.roundUp(n * 4L) / 4);
    return new SliceValue(new Cells(java.util.Arrays.copyOf(r, cap), null), 0, n, cap);
  }
}
