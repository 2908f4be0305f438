package paniclab.model.machine;

import paniclab.model.c.CFault;
import paniclab.model.c.CMemory;
import paniclab.model.program.GoType;

/** Go values as bytes, the way C has them. */
final class CValues {
  private CValues() {}

  /** Reads a value of a type into a cell. */
  static void read(Cgo cgo, CMemory m, long address, RType t, Cells to, int i) {
    switch (t.shape) {
      case LONG -> to.longs[i] = word(m, address, t);
      case REF -> {
        if (!(t.under instanceof GoType.Pointer || isUnsafePointer(t))) {
          throw unfit(t);
        }
        to.refs[i] = cgo.pointer(m.load(address, 8), t);
      }
      case CELLS -> {
        Cells part = (Cells) to.refs[i];
        if (t.fields == null) {
          for (int k = 0; k < t.length; k++) {
            read(cgo, m, address + t.elem.size() * k, t.elem, part, k);
          }
          return;
        }
        long offset = 0;
        for (int k = 0; k < t.fields.length; k++) {
          RType f = t.fields[k];
          offset = (offset + f.align() - 1) / f.align() * f.align();
          read(cgo, m, address + offset, f, part, k);
          offset += f.size();
        }
      }
      case STRING, COMPLEX -> throw unfit(t);
    }
  }

  /** Writes the value of a cell, where it is not there already. */
  static void write(Cgo cgo, CMemory m, long address, RType t, Cells from, int i) {
    switch (t.shape) {
      case LONG -> put(m, address, (int) t.size(), bits(from.longs[i], t));
      case REF -> {
        if (!(t.under instanceof GoType.Pointer || isUnsafePointer(t))) {
          throw unfit(t);
        }
        put(m, address, 8, cgo.address(from.refs[i], t));
      }
      case CELLS -> {
        Cells part = (Cells) from.refs[i];
        if (t.fields == null) {
          for (int k = 0; k < t.length; k++) {
            write(cgo, m, address + t.elem.size() * k, t.elem, part, k);
          }
          return;
        }
        long offset = 0;
        for (int k = 0; k < t.fields.length; k++) {
          RType f = t.fields[k];
          offset = (offset + f.align() - 1) / f.align() * f.align();
          write(cgo, m, address + offset, f, part, k);
          offset += f.size();
        }
      }
      case STRING, COMPLEX -> throw unfit(t);
    }
  }

  private static void put(CMemory m, long address, int size, long v) {
    long mask = size == 8 ? -1 : (1L << 8 * size) - 1;
    if (size > 0 && (m.load(address, size) & mask) != (v & mask)) {
      try {
        m.store(address, size, v);
      } catch (CFault e) {
        throw new OutOfModelException("Go writes to memory of C that may only be read");
      }
    }
  }

  static boolean isUnsafePointer(RType t) {
    return t.under instanceof GoType.Basic b && b.kind() == GoType.Kind.UNSAFE_POINTER;
  }

  /** A number in C memory as a cell holds it. */
  static long word(CMemory m, long address, RType t) {
    int size = (int) t.size();
    long v = size == 0 ? 0 : m.load(address, size);
    return value(v, t);
  }

  /** The bytes of a number, the lowest first, as a cell holds it. */
  static long value(long v, RType t) {
    GoType.Kind k = ((GoType.Basic) t.under).kind();
    if (k == GoType.Kind.FLOAT32) {
      return Double.doubleToRawLongBits(Float.intBitsToFloat((int) v));
    }
    if (k == GoType.Kind.FLOAT64 || k.size() == 8) {
      return v;
    }
    return switch (k.size()) {
      case 1 -> k.isUnsigned() || k == GoType.Kind.BOOL ? v & 0xff : (byte) v;
      case 2 -> k.isUnsigned() ? v & 0xffff : (short) v;
      default -> k.isUnsigned() ? v & 0xffffffffL : (int) v;
    };
  }

  /** The bytes of a number of a cell. */
  static long bits(long cell, RType t) {
    return ((GoType.Basic) t.under).kind() == GoType.Kind.FLOAT32
        ? Float.floatToRawIntBits((float) Double.longBitsToDouble(cell)) & 0xffffffffL
        : cell;
  }

  static OutOfModelException unfit(RType t) {
    return new OutOfModelException("a Go value of type " + t + " in memory that C uses");
  }
}
