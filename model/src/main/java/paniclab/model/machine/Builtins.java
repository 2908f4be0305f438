package paniclab.model.machine;

import java.util.List;
import paniclab.model.program.Call;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;
import paniclab.model.program.Operand;

/** Go's builtin functions. */
final class Builtins {
  private Builtins() {}

  static void call(Linker k, Call.Target.Builtin b, List<Operand> args, int slot, GoType type) {
    List<GoType> types = b.argumentTypes();
    switch (b.name()) {
      case "append" -> append(k, args, types, slot, type, false);
      case "append on stack" -> append(k, args, types, slot, type, true);
      case "copy" -> copy(k, args, types, slot);
      case "len", "cap" -> length(k, b.name(), args.getFirst(), types.getFirst(), slot);
      case "clear" -> clear(k, args.getFirst(), types.getFirst());
      case "close" -> {
        int c = k.ref(args.getFirst());
        k.slow(
            Channels.touch(
                (m, g, f) -> {
                  Channels.close(m, g, (ChannelValue) f.refs[c]);
                  return Slow.NEXT;
                },
                c,
                Operation.Kind.CLOSE));
      }
      case "complex", "real", "imag" -> complex(k, b.name(), args, types, slot, type);
      case "delete" -> delete(k, args, types);
      case "min", "max" -> extreme(k, b.name().equals("min"), args, slot, type);
      case "panic" -> {
        int x = k.ref(args.getFirst());
        k.slow((m, g, f) -> {
          Panics.panicInstruction(m, g, f, (InterfaceValue) f.refs[x]);
          return Slow.SWITCH;
        });
      }
      case "print", "println" -> print(k, b.name().equals("println"), args, types);
      case "recover" -> {
        int d = k.dst(slot);
        k.slow((m, g, f) -> {
          f.refs[d] = Panics.recover(m, g, f);
          return Slow.NEXT;
        });
      }
      case "ssa:wrapnilchk" -> nilCheck(k, args, slot);
      case "ssa:deferstack" -> {
        int d = k.dst(slot);
        k.ownsDeferStack();
        k.slow((m, g, f) -> {
          f.refs[d] = f;
          return Slow.NEXT;
        });
      }
      case "SliceData" -> {
        int x = k.ref(args.getFirst());
        int d = k.dst(slot);
        k.slow((m, g, f) -> {
          SliceValue s = (SliceValue) f.refs[x];
          f.refs[d] = s == null ? null : new Pointer(s.cells(), s.offset());
          return Slow.NEXT;
        });
      }
      case "String" -> {
        int p = k.ref(args.getFirst());
        int n = k.lo(args.get(1));
        int d = k.dst(slot);
        k.slow((m, g, f) -> {
          Pointer q = (Pointer) f.refs[p];
          int len = (int) f.longs[n];
          f.refs[d] =
              len == 0
                  ? GoString.EMPTY
                  : Conversions.bytesToString(
                      new SliceValue(Memory.pointer(q).cells(), q.index(), len, len));
          return Slow.NEXT;
        });
      }
      case "StringData" -> {
        if (k.isUser()) {
          stringData(k, args.getFirst(), k.dst(slot));
          return;
        }
        int x = k.ref(args.getFirst());
        int d = k.dst(slot);
        k.slow((m, g, f) -> {
          SliceValue s = Conversions.stringToBytes((GoString) f.refs[x]);
          f.refs[d] = new Pointer(s.cells(), 0);
          return Slow.NEXT;
        });
      }
      case "Add" -> {
        if (k.image().program.c().isEmpty()) {
          unknown(k, "builtin Add");
          return;
        }
        UnsafePointers.add(k, k.dst(slot), args.getFirst(), args.get(1));
      }
      case "Slice" -> {
        int p = k.ref(args.getFirst());
        int n = k.lo(args.get(1));
        int d = k.dst(slot);
        RType elem = k.image().type(types.getFirst()).elem;
        k.slow((m, g, f) -> {
          Pointer q = (Pointer) f.refs[p];
          int len = (int) f.longs[n];
          if (f.longs[n] < 0 || f.longs[n] > Integer.MAX_VALUE) {
            throw GoPanic.runtime(GoPanic.ERROR, "unsafe.Slice: len out of range");
          }
          if (q == null && len > 0) {
            throw GoPanic.runtime(GoPanic.ERROR, "unsafe.Slice: ptr is nil and len is not zero");
          }
          SliceValue ofC = m.hasC() ? m.cgo().slice(q, elem, len) : null;
          if (ofC != null) {
            f.refs[d] = ofC;
            return Slow.NEXT;
          }
          if (q != null && q.index() + len > length(q.cells())) {
            throw new OutOfModelException(
                "not supported by the model: unsafe.Slice past a variable");
          }
          f.refs[d] = q == null ? null : new SliceValue(q.cells(), q.index(), len, len);
          return Slow.NEXT;
        });
      }
      default -> unknown(k, "builtin " + b.name());
    }
  }

  /** How many elements a slice over some memory may have. */
  private static int length(Cells c) {
    return RawMemory.of(c) instanceof RawMemory.Text t ? t.bytes().length() : c.size();
  }

  /** The learner's own unsafe.StringData: of a constant, which lies where nobody can write. */
  private static void stringData(Linker k, Operand x, int d) {
    if (!(x instanceof Operand.StringConst c) || c.value().length() == 0) {
      unknown(k, "unsafe.StringData of a string that is no constant");
      return;
    }
    RawMemory.Text text = new RawMemory.Text(c.value(), RawMemory.READ_ONLY_DATA);
    k.slow((m, g, f) -> {
      f.refs[d] = new Pointer(m.image.raw(text), 0);
      return Slow.NEXT;
    });
  }

  private static void unknown(Linker k, String what) {
    k.slow((m, g, f) -> {
      throw new OutOfModelException("not supported by the model: " + what);
    });
  }

  /**
   * @param onStack whether the result does not escape: then the first array of a slice, once in a
   *     call of the function, is a buffer in its frame
   */
  private static void append(
      Linker k, List<Operand> args, List<GoType> types, int slot, GoType type, boolean onStack) {
    RType t = k.image().type(type);
    RType elem = t.elem;
    long size = elem.size();
    boolean noPointers = noPointers(elem);
    int d = k.dst(slot);
    int a = k.ref(args.getFirst());
    if (args.size() == 1) {
      k.emit(Op.MOVR, d, a);
      return;
    }
    int b = k.ref(args.get(1));
    boolean string = Linker.kind(types.get(1)) == GoType.Kind.STRING;
    int bufferUsed = onStack ? k.newLong(0) : -1;
    k.slow((m, g, f) -> {
      SliceValue s = (SliceValue) f.refs[a];
      int n = s == null ? 0 : s.length();
      int cap = s == null ? 0 : s.capacity();
      SliceValue x = string ? null : (SliceValue) f.refs[b];
      GoString text = string ? (GoString) f.refs[b] : null;
      int add = string ? text.length() : x == null ? 0 : x.length();
      if (add == 0) {
        f.refs[d] = s;
        return Slow.NEXT;
      }
      SliceValue to;
      if (n + add > cap) {
        long newCap = Growth.capacity((long) n + add, cap, size, noPointers);
        if (onStack && cap == 0 && f.longs[bufferUsed] == 0 && Growth.fitsBuffer(add, size)) {
          f.longs[bufferUsed] = 1;
          newCap = Growth.BUFFER / size;
        }
        Cells c = m.allocate(elem, newCap);
        to = new SliceValue(c, 0, n + add, (int) newCap);
        if (n > 0) {
          Memory.copyElements(s, 0, to, 0, n);
        }
      } else {
        to = new SliceValue(s.cells(), s.offset(), n + add, cap);
      }
      if (string) {
        for (int i = 0; i < add; i++) {
          to.cells().longs[to.offset() + n + i] = text.byteAt(i);
        }
      } else {
        Memory.copyElements(x, 0, to, n, add);
      }
      f.refs[d] = to;
      return Slow.NEXT;
    });
  }

  static boolean noPointers(RType t) {
    return switch (t.shape) {
      case LONG, COMPLEX -> true;
      case STRING, REF -> false;
      case CELLS -> {
        if (t.fields == null) {
          yield t.length == 0 || noPointers(t.elem);
        }
        boolean none = true;
        for (RType f : t.fields) {
          none &= noPointers(f);
        }
        yield none;
      }
    };
  }

  private static void copy(Linker k, List<Operand> args, List<GoType> types, int slot) {
    int a = k.ref(args.getFirst());
    int b = k.ref(args.get(1));
    int d = k.dst(slot);
    boolean string = Linker.kind(types.get(1)) == GoType.Kind.STRING;
    k.slow((m, g, f) -> {
      SliceValue to = (SliceValue) f.refs[a];
      int n = to == null ? 0 : to.length();
      if (string) {
        GoString s = (GoString) f.refs[b];
        n = Math.min(n, s.length());
        for (int i = 0; i < n; i++) {
          to.cells().longs[to.offset() + i] = s.byteAt(i);
        }
      } else {
        SliceValue from = (SliceValue) f.refs[b];
        n = Math.min(n, from == null ? 0 : from.length());
        if (n > 0) {
          Memory.copyElements(from, 0, to, 0, n);
        }
      }
      f.longs[d] = n;
      return Slow.NEXT;
    });
  }

  private static void length(Linker k, String name, Operand x, GoType type, int slot) {
    int d = k.dst(slot);
    int r = k.ref(x);
    GoType u = type.underlying();
    boolean len = name.equals("len");
    if (u instanceof GoType.Slice && len) {
      k.emit(Op.LENSLICE, d, r);
      return;
    }
    Slow s =
        (m, g, f) -> {
          f.longs[d] = length(f.refs[r], len, type, m);
          return Slow.NEXT;
        };
    if (u instanceof GoType.Chan) {
      k.slow(Channels.touch(s, r, Operation.Kind.READ));
    } else if (u instanceof GoType.Map) {
      Maps.touch(k, r, Operation.Kind.READ, s);
    } else {
      k.slow(s);
    }
  }

  private static long length(Object v, boolean len, GoType type, Machine m) {
    return switch (v) {
      case null ->
          type.underlying() instanceof GoType.Pointer p ? m.image.type(p.elem()).length : 0;
      case GoString s -> s.length();
      case SliceValue s -> len ? s.length() : s.capacity();
      case MapValue x -> x.size();
      case ChannelValue c -> c.timer != null ? 0 : len ? c.length() : c.capacity;
      case Cells c -> c.size();
      case Pointer p -> ((Cells) p.cells().refs[p.index()]).size();
      default -> throw new IllegalStateException("len of " + v);
    };
  }

  private static void clear(Linker k, Operand x, GoType type) {
    int r = k.ref(x);
    if (type.underlying() instanceof GoType.Map) {
      Maps.touch(
          k,
          r,
          Operation.Kind.WRITE,
          (m, g, f) -> {
            MapValue map = (MapValue) f.refs[r];
            if (map != null) {
              if (Maps.beginWrite(m, g, map)) {
                return Slow.YIELD;
              }
              map.clear();
            }
            return Slow.NEXT;
          });
      return;
    }
    RType elem = k.image().type(type).elem;
    k.slow((m, g, f) -> {
      SliceValue s = (SliceValue) f.refs[r];
      Cells zero = elem.newCells(1);
      for (int i = 0; s != null && i < s.length(); i++) {
        Memory.copyCell(zero, 0, s.cells(), s.offset() + i);
      }
      return Slow.NEXT;
    });
  }

  private static void delete(Linker k, List<Operand> args, List<GoType> types) {
    int x = k.ref(args.getFirst());
    int key = k.operand(args.get(1));
    RType t = k.image().type(types.getFirst());
    Maps.touch(
        k,
        x,
        Operation.Kind.WRITE,
        (m, g, f) -> {
          MapValue map = (MapValue) f.refs[x];
          long bits = (key & 1) == 0 ? f.longs[key >> 1] : 0;
          Object ref = (key & 1) == 0 ? null : f.refs[key >> 1];
          if (map == null || map.size() == 0) {
            Maps.requireHashable(t, bits, ref);
            return Slow.NEXT;
          }
          if (Maps.beginWrite(m, g, map)) {
            return Slow.YIELD;
          }
          map.delete(bits, ref);
          return Slow.NEXT;
        });
  }

  private static void complex(
      Linker k, String name, List<Operand> args, List<GoType> types, int slot, GoType type) {
    int d = k.dst(slot);
    if (name.equals("complex")) {
      int re = k.lo(args.getFirst());
      int im = k.lo(args.get(1));
      boolean small = Linker.kind(type) == GoType.Kind.COMPLEX64;
      k.slow((m, g, f) -> {
        f.refs[d] =
            Arithmetic.of(
                small, Double.longBitsToDouble(f.longs[re]), Double.longBitsToDouble(f.longs[im]));
        return Slow.NEXT;
      });
      return;
    }
    int x = k.ref(args.getFirst());
    boolean real = name.equals("real");
    k.slow((m, g, f) -> {
      ComplexValue c = (ComplexValue) f.refs[x];
      f.longs[d] = Double.doubleToRawLongBits(real ? c.real() : c.imaginary());
      return Slow.NEXT;
    });
  }

  private static void extreme(Linker k, boolean min, List<Operand> args, int slot, GoType type) {
    int d = k.dst(slot);
    GoType.Kind kind = Linker.kind(type);
    int[] x = args.stream().mapToInt(o -> k.operand(o) >> 1).toArray();
    if (kind == GoType.Kind.STRING) {
      k.slow((m, g, f) -> {
        GoString best = (GoString) f.refs[x[0]];
        for (int i = 1; i < x.length; i++) {
          GoString s = (GoString) f.refs[x[i]];
          if (min ? s.compareTo(best) < 0 : s.compareTo(best) > 0) {
            best = s;
          }
        }
        f.refs[d] = best;
        return Slow.NEXT;
      });
      return;
    }
    boolean real = kind.isFloat();
    boolean unsigned = kind.isUnsigned();
    k.slow((m, g, f) -> {
      long best = f.longs[x[0]];
      for (int i = 1; i < x.length; i++) {
        long v = f.longs[x[i]];
        if (real) {
          double p = Double.longBitsToDouble(best);
          double q = Double.longBitsToDouble(v);
          best = Double.doubleToRawLongBits(min ? Math.min(p, q) : Math.max(p, q));
        } else {
          int c = unsigned ? Long.compareUnsigned(v, best) : Long.compare(v, best);
          best = min ? (c < 0 ? v : best) : (c > 0 ? v : best);
        }
      }
      f.longs[d] = best;
      return Slow.NEXT;
    });
  }

  private static void print(Linker k, boolean line, List<Operand> args, List<GoType> types) {
    int[] x = args.stream().mapToInt(k::operand).toArray();
    RType[] t = types.stream().map(k.image()::type).toArray(RType[]::new);
    k.slow(
        new Slow() {
          @Override
          public int run(Machine m, Goroutine g, Frame f) {
            GoString out = GoString.EMPTY;
            for (int i = 0; i < x.length; i++) {
              if (line && i > 0) {
                out = out.concat(GoString.of(" "));
              }
              out = out.concat(printed(m, t[i], f, x[i]));
            }
            if (line) {
              out = out.concat(GoString.of("\n"));
            }
            m.print(g, 2, out);
            return NEXT;
          }

          @Override
          public boolean visible() {
            return true;
          }

          @Override
          public Operation operation(Machine m, Goroutine g, Frame f) {
            return Operation.on(Operation.OUTPUT, Operation.Kind.WRITE);
          }
        });
  }

  private static GoString printed(Machine m, RType t, Frame f, int e) {
    if (t.shape == RType.Shape.STRING) {
      return (GoString) f.refs[e >> 1];
    }
    if (t.under instanceof GoType.Basic b && b.kind() != GoType.Kind.UNSAFE_POINTER) {
      return GoString.of(
          b.kind() == GoType.Kind.UNTYPED_NIL
              ? "nil"
              : PanicText.scalar(
                  b.kind(),
                  (e & 1) == 0 ? f.longs[e >> 1] : 0,
                  (e & 1) == 0 ? null : f.refs[e >> 1]));
    }
    Object v = f.refs[e >> 1];
    if (t.isInterface()) {
      InterfaceValue i = (InterfaceValue) v;
      return GoString.of(
          i == null
              ? "(0x0,0x0)"
              : "("
                  + PanicText.hex(0x490000L + 0x20L * i.type().id)
                  + ","
                  + PanicText.hex(m.addressOf(i.ref() == null ? i : i.ref()))
                  + ")");
    }
    if (t.under instanceof GoType.Slice) {
      SliceValue s = (SliceValue) v;
      return GoString.of(
          (s == null ? "[0/0]" : "[" + s.length() + "/" + s.capacity() + "]")
              + PanicText.hex(m.addressOf(s)));
    }
    return GoString.of(PanicText.hex(m.addressOf(v)));
  }

  private static void nilCheck(Linker k, List<Operand> args, int slot) {
    int p = k.ref(args.getFirst());
    int type = k.ref(args.get(1));
    int method = k.ref(args.get(2));
    int d = k.dst(slot);
    k.slow((m, g, f) -> {
      if (f.refs[p] == null) {
        if (Devirtualization.applies(m, f)) {
          throw GoPanic.nil();
        }
        throw GoPanic.runtime(
            GoPanic.PLAIN,
            "value method "
                + f.refs[type]
                + "."
                + f.refs[method]
                + " called using nil *"
                + String.valueOf(f.refs[type]).replaceAll("^.*\\.", "")
                + " pointer");
      }
      f.refs[d] = f.refs[p];
      return Slow.NEXT;
    });
  }
}
