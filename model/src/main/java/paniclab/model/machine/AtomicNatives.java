package paniclab.model.machine;

import paniclab.model.program.GoType;

/** Package sync/atomic. */
final class AtomicNatives {
  private AtomicNatives() {}

  /** What swapValue and casValue tell. */
  private static final int STORED = 0;

  private static final int NOT_STORED = 1;
  private static final int INCONSISTENT = 2;

  private static final Native.Footprint READS = c -> on(c, Operation.Kind.READ);
  private static final Native.Footprint WRITES = c -> on(c, Operation.Kind.WRITE);

  private static Operation on(NativeCall c, Operation.Kind kind) {
    return c.refArg(0) == null ? Operation.NONE : Operation.on(c.refArg(0), kind);
  }

  static void addTo(Natives n) {
    integers(n, GoType.Kind.INT32, "Int32");
    integers(n, GoType.Kind.INT64, "Int64");
    integers(n, GoType.Kind.UINT32, "Uint32");
    integers(n, GoType.Kind.UINT64, "Uint64");
    integers(n, GoType.Kind.UINTPTR, "Uintptr");
    pointers(n);
    values(n);
  }

  /** An arithmetic update: what becomes of the old value. */
  private interface Update {
    long of(long old, long argument);
  }

  private static void integers(Natives n, GoType.Kind k, String name) {
    update(n, k, "Add" + name, true, Long::sum);
    update(n, k, "And" + name, false, (old, x) -> old & x);
    update(n, k, "Or" + name, false, (old, x) -> old | x);
    update(n, k, "Swap" + name, false, (old, x) -> x);
    n.add(
        "sync/atomic.Load" + name,
        READS,
        c -> {
          Pointer p = Memory.pointer(c.refArg(0));
          c.setLong(p.cells().longs[p.index()]);
          synced(c, "Load");
          return Step.DONE;
        });
    n.add(
        "sync/atomic.Store" + name,
        WRITES,
        c -> {
          Pointer p = Memory.pointer(c.refArg(0));
          p.cells().longs[p.index()] = c.longArg(1);
          synced(c, "Store");
          return Step.DONE;
        });
    n.add(
        "sync/atomic.CompareAndSwap" + name,
        WRITES,
        c -> {
          Pointer p = Memory.pointer(c.refArg(0));
          boolean same = p.cells().longs[p.index()] == c.longArg(1);
          if (same) {
            p.cells().longs[p.index()] = c.longArg(2);
          }
          c.setBool(same);
          synced(c, "CompareAndSwap");
          return Step.DONE;
        });
  }

  private static void update(Natives n, GoType.Kind k, String name, boolean giveNew, Update u) {
    n.add(
        "sync/atomic." + name,
        WRITES,
        c -> {
          Pointer p = Memory.pointer(c.refArg(0));
          long old = p.cells().longs[p.index()];
          long fresh = wrap(k, u.of(old, c.longArg(1)));
          p.cells().longs[p.index()] = fresh;
          c.setLong(giveNew ? fresh : old);
          synced(c, name.replaceAll("U?[Ii]nt.*", ""));
          return Step.DONE;
        });
  }

  private static long wrap(GoType.Kind k, long v) {
    return switch (k.size()) {
      case 4 -> k.isUnsigned() ? v & 0xffffffffL : (int) v;
      default -> v;
    };
  }

  private static void synced(NativeCall c, String operation) {
    c.machine().synced(c.goroutine(), "atomic." + operation, c.refArg(0));
  }

  private static void pointers(Natives n) {
    n.add(
        "sync/atomic.LoadPointer",
        READS,
        c -> {
          c.setRef(get(c));
          synced(c, "Load");
          return Step.DONE;
        });
    n.add(
        "sync/atomic.StorePointer",
        WRITES,
        c -> {
          put(c, c.refArg(1));
          synced(c, "Store");
          return Step.DONE;
        });
    n.add(
        "sync/atomic.SwapPointer",
        WRITES,
        c -> {
          c.setRef(get(c));
          put(c, c.refArg(1));
          synced(c, "Swap");
          return Step.DONE;
        });
    n.add(
        "sync/atomic.CompareAndSwapPointer",
        WRITES,
        c -> {
          boolean same = samePointer(get(c), c.refArg(1));
          if (same) {
            put(c, c.refArg(2));
          }
          c.setBool(same);
          synced(c, "CompareAndSwap");
          return Step.DONE;
        });
  }

  private static boolean samePointer(Object a, Object b) {
    return a == b || a instanceof Pointer p && p.equals(b);
  }

  private static Object get(NativeCall c) {
    Pointer p = Memory.pointer(c.refArg(0));
    return p.cells().refs[p.index()];
  }

  private static void put(NativeCall c, Object v) {
    Pointer p = Memory.pointer(c.refArg(0));
    p.cells().refs[p.index()] = v;
  }

  // ---- Value

  private static void values(Natives n) {
    n.add(
        "sync/atomic.loadValue",
        READS,
        c -> {
          c.setRef(get(c));
          synced(c, "Load");
          return Step.DONE;
        });
    n.add(
        "sync/atomic.swapValue",
        WRITES,
        c -> {
          InterfaceValue old = (InterfaceValue) get(c);
          InterfaceValue fresh = (InterfaceValue) c.refArg(1);
          boolean same = old == null || old.type() == fresh.type();
          if (same) {
            put(c, fresh);
            synced(c, "Swap");
          }
          c.setRef(0, old);
          c.setLong(1, same ? STORED : INCONSISTENT);
          return Step.DONE;
        });
    n.add("sync/atomic.casValue", WRITES, AtomicNatives::casValue);
    n.add(
        "sync/atomic.sameType",
        c -> {
          c.setBool(((InterfaceValue) c.refArg(0)).type() == ((InterfaceValue) c.refArg(1)).type());
          return Step.DONE;
        });
  }

  private static Step casValue(NativeCall c) {
    InterfaceValue stored = (InterfaceValue) get(c);
    InterfaceValue old = (InterfaceValue) c.refArg(1);
    InterfaceValue fresh = (InterfaceValue) c.refArg(2);
    if (stored != null && stored.type() != fresh.type()) {
      c.setLong(INCONSISTENT);
    } else if (Values.equalInterfaces(stored, old)) {
      put(c, fresh);
      synced(c, "CompareAndSwap");
      c.setLong(STORED);
    } else {
      c.setLong(NOT_STORED);
    }
    return Step.DONE;
  }
}
