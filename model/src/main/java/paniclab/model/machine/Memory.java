package paniclab.model.machine;

import java.util.Optional;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;

/** Variables, structs, arrays, slices: allocation, loads, stores, parts. */
final class Memory {
  private Memory() {}

  /**
   * A load or store in a fine image: a place to switch.
   *
   * @param dst the register of a load of one word; -1 for all others
   * @param isLong whether that is one of the longs
   */
  record Touch(Slow body, int pointer, Operation.Kind kind, int dst, boolean isLong)
      implements Slow {
    @Override
    public int run(Machine m, Goroutine g, Frame f) {
      return body.run(m, g, f);
    }

    @Override
    public boolean visible() {
      return true;
    }

    @Override
    public boolean memory() {
      return true;
    }

    @Override
    public Operation operation(Machine m, Goroutine g, Frame f) {
      Object p = f.refs[pointer];
      return p == null ? Operation.NONE : Operation.on(p, kind);
    }
  }

  static void alloc(Linker k, Instruction.Alloc a) {
    RType t = k.image().type(a.type());
    int d = k.dst(a.dst());
    String site = a.name();
    boolean named = !site.isEmpty() && !site.equals("complit") && !site.equals("new");
    k.slow((m, g, f) -> {
      Cells c = t.newCells(1);
      if (named) {
        c.site = site;
      }
      f.refs[d] = new Pointer(c, 0);
      return Slow.NEXT;
    });
  }

  static void load(Linker k, Instruction.UnOp o) {
    RType t = k.image().type(o.type());
    int p = k.ref(o.x());
    int d = k.dst(o.dst());
    if (t.shape == RType.Shape.CELLS) {
      touch(
          k,
          p,
          Operation.Kind.READ,
          (m, g, f) -> {
            Pointer q = pointer(f.refs[p]);
            f.refs[d] = ((Cells) q.cells().refs[q.index()]).copy();
            return Slow.NEXT;
          });
    } else if (k.fine()) {
      boolean isLong = t.isLong();
      touch(
          k,
          p,
          Operation.Kind.READ,
          (m, g, f) -> {
            Pointer q = pointer(f.refs[p]);
            if (isLong) {
              f.longs[d] = q.cells().longs[q.index()];
            } else {
              f.refs[d] = q.cells().refs[q.index()];
            }
            return Slow.NEXT;
          },
          d,
          isLong);
    } else {
      k.emit(t.isLong() ? Op.LOADL : Op.LOADR, d, p);
    }
  }

  static void store(Linker k, Instruction.Store s) {
    RType t = k.image().type(s.valueType());
    int v = k.operand(s.value()) >> 1;
    int p = k.ref(s.address());
    if (t.shape == RType.Shape.CELLS) {
      touch(
          k,
          p,
          Operation.Kind.WRITE,
          (m, g, f) -> {
            Pointer q = pointer(f.refs[p]);
            ((Cells) q.cells().refs[q.index()]).assign((Cells) f.refs[v]);
            return Slow.NEXT;
          });
    } else if (k.fine()) {
      boolean isLong = t.isLong();
      touch(
          k,
          p,
          Operation.Kind.WRITE,
          (m, g, f) -> {
            Pointer q = pointer(f.refs[p]);
            if (isLong) {
              q.cells().longs[q.index()] = f.longs[v];
            } else {
              q.cells().refs[q.index()] = f.refs[v];
            }
            return Slow.NEXT;
          });
    } else {
      k.emit(t.isLong() ? Op.STOREL : Op.STORER, p, v);
    }
  }

  private static void touch(Linker k, int pointer, Operation.Kind kind, Slow body) {
    touch(k, pointer, kind, body, -1, false);
  }

  private static void touch(
      Linker k, int pointer, Operation.Kind kind, Slow body, int dst, boolean isLong) {
    k.slow(k.fine() ? new Touch(body, pointer, kind, dst, isLong) : body);
  }

  static Pointer pointer(Object o) {
    if (o == null) {
      throw GoPanic.nil();
    }
    return (Pointer) o;
  }

  static void field(Linker k, Instruction.Field x) {
    int s = k.ref(x.x());
    k.emit(k.dstIsRef(x.dst()) ? Op.EXTRACTR : Op.EXTRACTL, k.dst(x.dst()), s, x.field());
  }

  static void indexAddr(Linker k, Instruction.IndexAddr a) {
    int x = k.ref(a.x());
    int i = k.lo(a.index());
    int d = k.dst(a.dst());
    if (a.xType().underlying() instanceof GoType.Slice) {
      if (unsigned64(a.indexType())) {
        checkUnsigned(k, x, i);
      }
      k.emit(Op.INDEX, d, x, i);
      return;
    }
    int n = arrayLength(k, a.xType());
    boolean unsigned = unsigned64(a.indexType());
    k.slow((m, g, f) -> {
      Pointer p = pointer(f.refs[x]);
      long index = f.longs[i];
      if (unsigned && index < 0) {
        throw tooLarge(index, n);
      }
      if (index < 0 || index >= n) {
        throw GoPanic.index(index, n);
      }
      f.refs[d] = new Pointer((Cells) p.cells().refs[p.index()], (int) index);
      return Slow.NEXT;
    });
  }

  static boolean unsigned64(GoType t) {
    GoType.Kind k = Linker.kind(t);
    return k.isUnsigned() && k.size() == 8;
  }

  /** An index above the largest int: Go prints it as the unsigned number that it is. */
  private static void checkUnsigned(Linker k, int x, int i) {
    k.slow((m, g, f) -> {
      if (f.longs[i] < 0) {
        throw tooLarge(f.longs[i], f.refs[x] == null ? 0 : ((SliceValue) f.refs[x]).length());
      }
      return Slow.NEXT;
    });
  }

  private static GoPanic tooLarge(long index, int length) {
    return GoPanic.runtime(
        GoPanic.BOUNDS,
        "index out of range [" + Long.toUnsignedString(index) + "] with length " + length);
  }

  private static int arrayLength(Linker k, GoType pointerToArray) {
    GoType.Pointer p = (GoType.Pointer) pointerToArray.underlying();
    return k.image().type(p.elem()).length;
  }

  static void index(Linker k, Instruction.Index x) {
    int d = k.dst(x.dst());
    int i = k.lo(x.index());
    int a = k.ref(x.x());
    if (Linker.kind(x.xType()) == GoType.Kind.STRING) {
      stringIndex(k, d, a, i);
      return;
    }
    boolean isLong = !k.dstIsRef(x.dst());
    k.slow((m, g, f) -> {
      Cells c = (Cells) f.refs[a];
      long n = f.longs[i];
      if (n < 0 || n >= c.size()) {
        throw GoPanic.index(n, c.size());
      }
      if (isLong) {
        f.longs[d] = c.longs[(int) n];
      } else {
        f.refs[d] = c.refs[(int) n];
      }
      return Slow.NEXT;
    });
  }

  static void stringIndex(Linker k, int d, int a, int i) {
    k.slow((m, g, f) -> {
      GoString s = (GoString) f.refs[a];
      long n = f.longs[i];
      if (n < 0 || n >= s.length()) {
        throw GoPanic.index(n, s.length());
      }
      f.longs[d] = s.byteAt((int) n);
      return Slow.NEXT;
    });
  }

  static void makeSlice(Linker k, Instruction.MakeSlice s) {
    RType elem = k.image().type(s.type()).elem;
    int len = k.lo(s.length());
    int cap = k.lo(s.capacity());
    int d = k.dst(s.dst());
    long size = Math.max(1, elem.size());
    k.slow((m, g, f) -> {
      long n = f.longs[len];
      long c = f.longs[cap];
      long max = (1L << 48) / size;
      if (n < 0 || n > max) {
        throw GoPanic.runtime(GoPanic.ERROR, "makeslice: len out of range");
      }
      if (c < n || c > max) {
        throw GoPanic.runtime(GoPanic.ERROR, "makeslice: cap out of range");
      }
      f.refs[d] = new SliceValue(m.allocate(elem, c), 0, (int) n, (int) c);
      return Slow.NEXT;
    });
  }

  static void sliceToArrayPointer(Linker k, Instruction.SliceToArrayPointer s) {
    int x = k.ref(s.x());
    int d = k.dst(s.dst());
    RType array = k.image().type(s.type()).elem;
    int n = array.length;
    boolean readOnly = k.readOnlyArray(s.dst());
    k.slow((m, g, f) -> {
      SliceValue v = (SliceValue) f.refs[x];
      int len = v == null ? 0 : v.length();
      if (len < n) {
        throw GoPanic.runtime(
            GoPanic.BOUNDS,
            "cannot convert slice with length "
                + len
                + " to array or pointer to array with length "
                + n);
      }
      if (v == null) {
        f.refs[d] = null;
        return Slow.NEXT;
      }
      if (v.offset() != 0 || v.cells().size() != n) {
        if (n != 0 && !readOnly) {
          throw new OutOfModelException(
              "not supported by the model: a pointer to an array inside a larger slice");
        }
        f.refs[d] = new Pointer(new Cells(null, new Object[] {part(v, n, array)}), 0);
        return Slow.NEXT;
      }
      f.refs[d] = new Pointer(new Cells(null, new Object[] {v.cells()}), 0);
      return Slow.NEXT;
    });
  }

  private static Cells part(SliceValue v, int n, RType array) {
    Cells c = array.elem.newCells(n);
    for (int i = 0; i < n; i++) {
      copyCell(v.cells(), v.offset() + i, c, i);
    }
    return c;
  }

  static void copyCell(Cells from, int i, Cells to, int j) {
    if (from.longs != null) {
      to.longs[j] = from.longs[i];
    } else if (to.refs[j] instanceof Cells c && from.refs[i] instanceof Cells s) {
      c.assign(s);
    } else {
      to.refs[j] = from.refs[i];
    }
  }

  /** Copies elements between slices of one type; the ranges may overlap. */
  static void copyElements(SliceValue from, int i, SliceValue to, int j, int n) {
    Cells a = from.cells();
    Cells b = to.cells();
    int s = from.offset() + i;
    int d = to.offset() + j;
    if (a.longs != null) {
      System.arraycopy(a.longs, s, b.longs, d, n);
    } else if (n > 0 && a.refs[s] instanceof Cells) {
      boolean backwards = a == b && s < d;
      for (int x = 0; x < n; x++) {
        int y = backwards ? n - 1 - x : x;
        copyCell(a, s + y, b, d + y);
      }
    } else if (n > 0) {
      System.arraycopy(a.refs, s, b.refs, d, n);
    }
  }

  static void slice(Linker k, Instruction.Slice s) {
    int x = k.ref(s.x());
    int d = k.dst(s.dst());
    int low = bound(k, s.low());
    int high = bound(k, s.high());
    int max = bound(k, s.max());
    GoType u = s.xType().underlying();
    if (Linker.kind(s.xType()) == GoType.Kind.STRING) {
      k.slow((m, g, f) -> {
        GoString v = (GoString) f.refs[x];
        long lo = low < 0 ? 0 : f.longs[low];
        long hi = high < 0 ? v.length() : f.longs[high];
        checkBounds(lo, hi, v.length(), "length");
        f.refs[d] = v.slice((int) lo, (int) hi);
        return Slow.NEXT;
      });
      return;
    }
    boolean array = u instanceof GoType.Pointer;
    k.slow((m, g, f) -> {
      SliceValue v = array ? whole(f.refs[x]) : (SliceValue) f.refs[x];
      int len = v == null ? 0 : v.length();
      int cap = v == null ? 0 : v.capacity();
      long lo = low < 0 ? 0 : f.longs[low];
      long hi = high < 0 ? len : f.longs[high];
      long mx = max < 0 ? cap : f.longs[max];
      if (max < 0) {
        checkBounds(lo, hi, cap, array ? "length" : "capacity");
      } else {
        checkBounds3(lo, hi, mx, cap, array ? "length" : "capacity");
      }
      f.refs[d] =
          v == null
              ? null
              : new SliceValue(v.cells(), v.offset() + (int) lo, (int) (hi - lo), (int) (mx - lo));
      return Slow.NEXT;
    });
  }

  private static int bound(Linker k, Optional<Operand> o) {
    return o.map(k::lo).orElse(-1);
  }

  private static SliceValue whole(Object pointerToArray) {
    Pointer p = pointer(pointerToArray);
    Cells c = (Cells) p.cells().refs[p.index()];
    return new SliceValue(c, 0, c.size(), c.size());
  }

  private static void checkBounds(long lo, long hi, long cap, String word) {
    if (hi < 0) {
      throw bounds("[:" + hi + "]");
    }
    if (hi > cap) {
      throw bounds("[:" + hi + "] with " + word + " " + cap);
    }
    if (lo < 0) {
      throw bounds("[" + lo + ":]");
    }
    if (lo > hi) {
      throw bounds("[" + lo + ":" + hi + "]");
    }
  }

  private static void checkBounds3(long lo, long hi, long max, long cap, String word) {
    if (max < 0) {
      throw bounds("[::" + max + "]");
    }
    if (max > cap) {
      throw bounds("[::" + max + "] with " + word + " " + cap);
    }
    if (hi < 0) {
      throw bounds("[:" + hi + ":]");
    }
    if (hi > max) {
      throw bounds("[:" + hi + ":" + max + "]");
    }
    if (lo < 0) {
      throw bounds("[" + lo + "::]");
    }
    if (lo > hi) {
      throw bounds("[" + lo + ":" + hi + ":]");
    }
  }

  private static GoPanic bounds(String what) {
    return GoPanic.runtime(GoPanic.BOUNDS, "slice bounds out of range " + what);
  }
}
