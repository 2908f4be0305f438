package paniclab.model.machine;

import paniclab.model.program.GoString;
import paniclab.model.program.GoType;

/** Go's == and map keys over the machine's values. */
final class Values {
  private Values() {}

  /** A key that equals nothing, not even itself: NaN. */
  record Unequal(Object unique) {
    @Override
    public boolean equals(Object o) {
      return false;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  /** A key that is neither a number nor a string. */
  private record Key(RType type, long bits, Object ref) {
    @Override
    public boolean equals(Object o) {
      return o instanceof Key k && k.type == type && equal(type, bits, ref, k.bits, k.ref);
    }

    @Override
    public int hashCode() {
      return hash(type, bits, ref);
    }
  }

  /** An object that equals another exactly when Go's keys are equal. */
  static Object mapKey(RType t, long bits, Object ref) {
    return switch (t.shape) {
      case LONG -> {
        if (t.under instanceof GoType.Basic b && b.kind().isFloat()) {
          double d = Double.longBitsToDouble(bits);
          if (Double.isNaN(d)) {
            yield new Unequal(new Object());
          }
          yield d == 0 ? Double.valueOf(0.0) : Double.valueOf(d);
        }
        yield bits;
      }
      case STRING -> ref;
      case REF, COMPLEX, CELLS -> {
        hash(t, bits, ref);
        yield equal(t, bits, ref, bits, ref) ? new Key(t, bits, ref) : new Unequal(new Object());
      }
    };
  }

  /**
   * Go's ==.
   *
   * @throws GoPanic when the dynamic type is not comparable
   */
  static boolean equal(RType t, long a, Object x, long b, Object y) {
    return switch (t.shape) {
      case LONG ->
          t.under instanceof GoType.Basic k && k.kind().isFloat()
              ? Double.longBitsToDouble(a) == Double.longBitsToDouble(b)
              : a == b;
      case STRING -> x.equals(y);
      case COMPLEX -> ((ComplexValue) x).same((ComplexValue) y);
      case CELLS -> equalCells(t, (Cells) x, (Cells) y);
      case REF -> {
        if (t.isInterface()) {
          yield equalInterfaces((InterfaceValue) x, (InterfaceValue) y);
        }
        if (x instanceof Pointer p) {
          yield p.equals(y);
        }
        if (t.under instanceof GoType.Slice
            || t.under instanceof GoType.Map
            || t.under instanceof GoType.Signature) {
          yield x == null && y == null;
        }
        yield x == y;
      }
    };
  }

  static boolean equalInterfaces(InterfaceValue x, InterfaceValue y) {
    if (x == null || y == null) {
      return x == y;
    }
    if (x.type() != y.type()) {
      return false;
    }
    requireComparable(x.type(), "comparing uncomparable type ");
    return equal(x.type(), x.bits(), x.ref(), y.bits(), y.ref());
  }

  private static boolean equalCells(RType t, Cells x, Cells y) {
    int n = x.size();
    for (int i = 0; i < n; i++) {
      RType f = t.fields != null ? t.fields[i] : t.elem;
      if (t.under instanceof GoType.Struct s && s.fields().get(i).name().equals("_")) {
        continue;
      }
      boolean same =
          f.isLong()
              ? equal(f, x.longs[i], null, y.longs[i], null)
              : equal(f, 0, x.refs[i], 0, y.refs[i]);
      if (!same) {
        return false;
      }
    }
    return true;
  }

  static void requireComparable(RType t, String what) {
    if (!comparable(t)) {
      throw GoPanic.runtime(GoPanic.ERROR, what + t);
    }
  }

  static boolean comparable(RType t) {
    return switch (t.under) {
      case GoType.Slice s -> false;
      case GoType.Map m -> false;
      case GoType.Signature s -> false;
      case GoType.Array a -> comparable(t.elem);
      case GoType.Struct s -> {
        for (RType f : t.fields) {
          if (!comparable(f)) {
            yield false;
          }
        }
        yield true;
      }
      default -> true;
    };
  }

  static int hash(RType t, long bits, Object ref) {
    return switch (t.shape) {
      case LONG ->
          t.under instanceof GoType.Basic k && k.kind().isFloat()
              ? Double.hashCode(Double.longBitsToDouble(bits) + 0.0)
              : Long.hashCode(bits);
      case STRING -> ref.hashCode();
      case COMPLEX -> {
        ComplexValue c = (ComplexValue) ref;
        yield Double.hashCode(c.real() + 0.0) * 31 + Double.hashCode(c.imaginary() + 0.0);
      }
      case CELLS -> {
        Cells c = (Cells) ref;
        int h = 1;
        for (int i = 0; i < c.size(); i++) {
          RType f = t.fields != null ? t.fields[i] : t.elem;
          h = h * 31 + hash(f, f.isLong() ? c.longs[i] : 0, f.isLong() ? null : c.refs[i]);
        }
        yield h;
      }
      case REF -> {
        if (ref instanceof InterfaceValue v) {
          requireComparable(v.type(), "hash of unhashable type ");
          yield v.type().id * 31 + hash(v.type(), v.bits(), v.ref());
        }
        if (t.under instanceof GoType.Slice
            || t.under instanceof GoType.Map
            || t.under instanceof GoType.Signature) {
          throw GoPanic.runtime(GoPanic.ERROR, "hash of unhashable type " + t);
        }
        yield ref == null ? 0 : ref.hashCode();
      }
    };
  }

  static GoString string(Object ref) {
    return (GoString) ref;
  }
}
