package paniclab.model.machine;

import paniclab.model.explore.Scheduler;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;

/** Maps, and iteration over maps and strings. */
final class Maps {
  private Maps() {}

  /** An access to a map: in a fine image a place to switch. */
  private record Touch(Slow body, int map, Operation.Kind kind) implements Slow {
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
      Object o = f.refs[map] instanceof MapIterator i ? i.map : f.refs[map];
      if (!(o instanceof MapValue map)) {
        return Operation.NONE;
      }
      boolean meetsWriter = map.writer != 0 && map.writer != g.id;
      return meetsWriter ? Operation.fatal(o) : Operation.on(o, kind);
    }
  }

  static void touch(Linker k, int map, Operation.Kind kind, Slow body) {
    k.slow(k.fine() ? new Touch(body, map, kind) : body);
  }

  /**
   * Begins a write. Go marks the map while it writes; a goroutine that meets the mark dies. To be
   * seen here at all, a writer must be stopped between mark and write, which the machine does when
   * a time slice ends, and a search does always.
   *
   * @return whether the writer gives way now
   */
  static boolean beginWrite(Machine m, Goroutine g, MapValue map) {
    if (map.writer == g.id) {
      map.writer = 0;
      return false;
    }
    if (map.writer != 0) {
      throw FatalError.fatal("concurrent map writes");
    }
    if (m.wantMapWrite || m.pausing) {
      map.writer = g.id;
      m.wantMapWrite = false;
      return true;
    }
    return false;
  }

  static void checkRead(MapValue map, String text) {
    if (map != null && map.writer != 0) {
      throw FatalError.fatal(text);
    }
  }

  static void make(Linker k, Instruction.MakeMap x) {
    RType t = k.image().type(x.type());
    int d = k.dst(x.dst());
    k.slow((m, g, f) -> {
      f.refs[d] = new MapValue(t);
      return Slow.NEXT;
    });
  }

  static void lookup(Linker k, Instruction.Lookup l) {
    int d = k.dst(l.dst());
    int x = k.ref(l.x());
    if (Linker.kind(l.xType()) == GoType.Kind.STRING) {
      Memory.stringIndex(k, d, x, k.lo(l.index()));
      return;
    }
    RType t = k.image().type(l.xType());
    int key = k.operand(l.index());
    boolean elemLong = t.elem.isLong();
    boolean commaOk = l.commaOk();
    touch(
        k,
        x,
        Operation.Kind.READ,
        (m, g, f) -> {
          MapValue map = (MapValue) f.refs[x];
          checkRead(map, "concurrent map read and map write");
          MapValue.Entry e = find(map, t, f, key);
          long bits = e == null ? 0 : e.bits;
          Object ref = elemLong ? null : e == null ? t.elem.zeroRef() : e.ref;
          if (commaOk) {
            f.refs[d] = new Cells(new long[] {bits, e == null ? 0 : 1}, new Object[] {ref, null});
          } else if (elemLong) {
            f.longs[d] = bits;
          } else {
            f.refs[d] = ref;
          }
          return Slow.NEXT;
        });
  }

  private static MapValue.Entry find(MapValue map, RType t, Frame f, int key) {
    long bits = (key & 1) == 0 ? f.longs[key >> 1] : 0;
    Object ref = (key & 1) == 0 ? null : f.refs[key >> 1];
    if (map == null || map.size() == 0) {
      requireHashable(t, bits, ref);
      return null;
    }
    return map.find(bits, ref);
  }

  /** Looking into an empty map Go only asks whether the key could be hashed, in other words. */
  static void requireHashable(RType t, long bits, Object ref) {
    try {
      Values.hash(t.key, bits, ref);
    } catch (GoPanic e) {
      throw GoPanic.runtime(GoPanic.PLAIN, e.text.replace("unhashable type ", "unhashable type: "));
    }
  }

  static void update(Linker k, Instruction.MapUpdate u) {
    int x = k.ref(u.map());
    int key = k.operand(u.key());
    int value = k.operand(u.value());
    touch(
        k,
        x,
        Operation.Kind.WRITE,
        (m, g, f) -> {
          MapValue map = (MapValue) f.refs[x];
          if (map == null) {
            throw GoPanic.runtime(GoPanic.PLAIN, "assignment to entry in nil map");
          }
          if (beginWrite(m, g, map)) {
            return Slow.YIELD;
          }
          MapValue.Entry e =
              map.findOrAdd(
                  (key & 1) == 0 ? f.longs[key >> 1] : 0, (key & 1) == 0 ? null : f.refs[key >> 1]);
          if ((value & 1) == 0) {
            e.bits = f.longs[value >> 1];
          } else {
            e.ref = f.refs[value >> 1];
          }
          return Slow.NEXT;
        });
  }

  static void range(Linker k, Instruction.Range r) {
    int x = k.ref(r.x());
    int d = k.dst(r.dst());
    if (Linker.kind(r.xType()) == GoType.Kind.STRING) {
      k.slow((m, g, f) -> {
        f.refs[d] = new StringIterator((GoString) f.refs[x]);
        return Slow.NEXT;
      });
      return;
    }
    touch(
        k,
        x,
        Operation.Kind.READ,
        (m, g, f) -> {
          checkRead((MapValue) f.refs[x], "concurrent map iteration and map write");
          f.refs[d] = new MapIterator((MapValue) f.refs[x]);
          return Slow.NEXT;
        });
  }

  static void next(Linker k, Instruction.Next n) {
    int d = k.dst(n.dst());
    int x = k.ref(n.iterator());
    if (n.isString()) {
      k.slow((m, g, f) -> {
        StringIterator i = (StringIterator) f.refs[x];
        long[] r = new long[3];
        if (i.next < i.string.length()) {
          long rune = i.string.runeAt(i.next);
          r[0] = 1;
          r[1] = i.next;
          r[2] = (int) rune;
          i.next += (int) (rune >>> 32);
        }
        f.refs[d] = new Cells(r, null);
        return Slow.NEXT;
      });
      return;
    }
    boolean user = k.image().program.isUserPackage(k.function().packagePath());
    touch(
        k,
        x,
        Operation.Kind.READ,
        (m, g, f) -> {
          MapIterator i = (MapIterator) f.refs[x];
          checkRead(i.map, "concurrent map iteration and map write");
          int left = i.prepare();
          Cells c = new Cells(new long[3], new Object[3]);
          if (left > 0) {
            int option = user && left > 1 ? m.choose(new Scheduler.Choice.MapOrder(g.id, left)) : 0;
            MapValue.Entry e = i.take(option);
            c.longs[0] = 1;
            c.longs[1] = e.keyBits;
            c.longs[2] = e.bits;
            c.refs[1] = e.keyRef;
            c.refs[2] = e.ref;
          } else if (i.map != null) {
            c.refs[1] = i.map.type.key.zeroRef();
            c.refs[2] = i.map.type.elem.zeroRef();
          }
          f.refs[d] = c;
          return Slow.NEXT;
        });
  }
}
