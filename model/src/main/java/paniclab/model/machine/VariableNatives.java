package paniclab.model.machine;

import paniclab.model.program.GoString;

/** What internal/abi does with variables of any type, held by unsafe pointers: reflect's values. */
final class VariableNatives {
  private VariableNatives() {}

  static void addTo(Natives n) {
    whole(n);
    parts(n);
    makers(n);
    maps(n);
  }

  /** An operation on the variable that the first argument after the type points to. */
  private interface OnVariable {
    void apply(NativeCall c, RType t, Pointer p);
  }

  private static void on(Natives n, String method, OnVariable o) {
    n.add(
        "(*internal/abi.Type)." + method,
        c -> {
          o.apply(c, TypeNatives.type(c.refArg(0)), Memory.pointer(c.refArg(1)));
          return Step.DONE;
        });
  }

  /** A new variable with a copy of a value. */
  private static Pointer variable(RType t, long bits, Object ref) {
    if (t.isLong()) {
      return new Pointer(new Cells(new long[] {bits}, null), 0);
    }
    Object copy = ref instanceof Cells c ? c.copy() : ref;
    return new Pointer(new Cells(null, new Object[] {copy}), 0);
  }

  private static long bits(RType t, Pointer p) {
    return t.isLong() ? p.cells().longs[p.index()] : 0;
  }

  private static Object ref(RType t, Pointer p) {
    return t.isLong() ? null : p.cells().refs[p.index()];
  }

  /** A value as it may be kept elsewhere: structs and arrays are copied. */
  private static Object kept(RType t, Pointer p) {
    return ref(t, p) instanceof Cells c ? c.copy() : ref(t, p);
  }

  // ---- whole variables

  private static void whole(Natives n) {
    n.add(
        "internal/abi.Unpack",
        c -> {
          InterfaceValue v = (InterfaceValue) c.refArg(0);
          c.setRef(v == null ? null : variable(v.type(), v.bits(), v.ref()));
          return Step.DONE;
        });
    n.add(
        "(*internal/abi.Type).New",
        c -> {
          c.setRef(new Pointer(TypeNatives.type(c.refArg(0)).newCells(1), 0));
          return Step.DONE;
        });
    on(
        n,
        "Pack",
        (c, t, p) ->
            c.setRef(t.isInterface() ? ref(t, p) : new InterfaceValue(t, bits(t, p), kept(t, p))));
    on(
        n,
        "Move",
        (c, t, p) -> {
          Pointer from = Memory.pointer(c.refArg(2));
          Memory.copyCell(from.cells(), from.index(), p.cells(), p.index());
        });
    on(n, "IsNil", (c, t, p) -> c.setBool(ref(t, p) == null));
    on(n, "Address", (c, t, p) -> c.setLong(c.machine().addressOf(ref(t, p))));
    on(
        n,
        "Identity",
        (c, t, p) ->
            c.setRef(
                ref(t, p) instanceof SliceValue s
                    ? new Pointer(s.cells(), s.offset())
                    : ref(t, p)));
  }

  // ---- parts

  private static void parts(Natives n) {
    on(n, "FieldAddr", (c, t, p) -> c.setRef(new Pointer((Cells) ref(t, p), (int) c.longArg(2))));
    on(
        n,
        "ElemAddr",
        (c, t, p) -> {
          int i = (int) c.longArg(2);
          c.setRef(
              ref(t, p) instanceof SliceValue s
                  ? new Pointer(s.cells(), s.offset() + i)
                  : new Pointer((Cells) ref(t, p), i));
        });
    on(n, "Length", (c, t, p) -> c.setLong(length(t, ref(t, p))));
    on(n, "Capacity", (c, t, p) -> c.setLong(capacity(t, ref(t, p))));
    on(
        n,
        "SliceAddr",
        (c, t, p) -> {
          int i = (int) c.longArg(2);
          int j = (int) c.longArg(3);
          int k = (int) c.longArg(4);
          Object o = ref(t, p);
          SliceValue s =
              o instanceof Cells a
                  ? new SliceValue(a, i, j - i, k - i)
                  : o instanceof SliceValue v
                      ? new SliceValue(v.cells(), v.offset() + i, j - i, k - i)
                      : null;
          c.setRef(new Pointer(new Cells(null, new Object[] {s}), 0));
        });
    on(n, "Grow", (c, t, p) -> c.setRef(grow(c, t, (SliceValue) ref(t, p))));
  }

  private static long length(RType t, Object o) {
    return switch (o) {
      case null -> 0;
      case Cells a -> t.length;
      case ChannelValue ch -> ch.timer != null ? 0 : ch.length();
      case MapValue m -> m.size();
      case SliceValue s -> s.length();
      case GoString s -> s.length();
      default -> throw new IllegalStateException("the length of " + o);
    };
  }

  private static long capacity(RType t, Object o) {
    return switch (o) {
      case null -> 0;
      case Cells a -> t.length;
      case ChannelValue ch -> ch.timer != null ? 0 : ch.capacity;
      case SliceValue s -> s.capacity();
      default -> throw new IllegalStateException("the capacity of " + o);
    };
  }

  private static Pointer grow(NativeCall c, RType t, SliceValue s) {
    int length = s == null ? 0 : s.length();
    int old = s == null ? 0 : s.capacity();
    long capacity =
        Growth.capacity(length + c.longArg(2), old, t.elem.size(), Builtins.noPointers(t.elem));
    Cells cells = c.machine().allocate(t.elem, capacity);
    SliceValue to = new SliceValue(cells, 0, length, (int) capacity);
    if (length > 0) {
      Memory.copyElements(s, 0, to, 0, length);
    }
    return new Pointer(new Cells(null, new Object[] {to}), 0);
  }

  // ---- makers

  private static void makers(Natives n) {
    n.add(
        "(*internal/abi.Type).MakeSlice",
        c -> {
          RType t = TypeNatives.type(c.refArg(0));
          Cells cells = c.machine().allocate(t.elem, c.longArg(2));
          SliceValue s = new SliceValue(cells, 0, (int) c.longArg(1), (int) c.longArg(2));
          return give(c, s);
        });
    n.add(
        "(*internal/abi.Type).MakeMap", c -> give(c, new MapValue(TypeNatives.type(c.refArg(0)))));
    n.add(
        "(*internal/abi.Type).MakeChan",
        c -> {
          RType t = TypeNatives.type(c.refArg(0));
          return give(c, c.machine().newChannel(t.elem, (int) c.longArg(1), ""));
        });
    n.add(
        "(*internal/abi.Type).CloseChan",
        c -> {
          Pointer p = Memory.pointer(c.refArg(1));
          Channels.close(c.machine(), c.goroutine(), (ChannelValue) p.cells().refs[p.index()]);
          return Step.DONE;
        });
  }

  private static Step give(NativeCall c, Object value) {
    c.setRef(new Pointer(new Cells(null, new Object[] {value}), 0));
    return Step.DONE;
  }

  // ---- maps

  private static void maps(Natives n) {
    on(
        n,
        "MapGet",
        (c, t, p) -> {
          MapValue m = (MapValue) ref(t, p);
          Maps.checkRead(m, "concurrent map read and map write");
          Pointer k = Memory.pointer(c.refArg(2));
          MapValue.Entry e = m == null ? null : m.find(bits(t.key, k), ref(t.key, k));
          c.setRef(e == null ? null : variable(t.elem, e.bits, e.ref));
        });
    on(
        n,
        "MapSet",
        (c, t, p) -> {
          MapValue m = (MapValue) ref(t, p);
          Pointer k = Memory.pointer(c.refArg(2));
          Pointer v = Memory.pointer(c.refArg(3));
          MapValue.Entry e = m.findOrAdd(bits(t.key, k), kept(t.key, k));
          e.bits = bits(t.elem, v);
          e.ref = kept(t.elem, v);
        });
    on(
        n,
        "MapDelete",
        (c, t, p) -> {
          Pointer k = Memory.pointer(c.refArg(2));
          if (ref(t, p) instanceof MapValue m) {
            m.delete(bits(t.key, k), ref(t.key, k));
          }
        });
    on(n, "MapKeys", (c, t, p) -> c.setRef(keys(t, (MapValue) ref(t, p))));
    n.addLook(
        "maps.clone",
        c ->
            c.refArg(0) instanceof InterfaceValue v && v.ref() instanceof MapValue m
                ? m.writer != 0 && m.writer != c.goroutine().id
                    ? Operation.fatal(m)
                    : Operation.on(m, Operation.Kind.READ)
                : Operation.NONE,
        c -> {
          InterfaceValue v = (InterfaceValue) c.refArg(0);
          Maps.checkRead((MapValue) v.ref(), "concurrent map clone and map write");
          c.setRef(new InterfaceValue(v.type(), 0, copy(v.type(), (MapValue) v.ref())));
          return Step.DONE;
        });
  }

  private static SliceValue keys(RType t, MapValue m) {
    if (m == null) {
      return null;
    }
    Object[] keys =
        m.entries.stream()
            .filter(e -> !e.deleted)
            .map(e -> (Object) variable(t.key, e.keyBits, e.keyRef))
            .toArray();
    return new SliceValue(new Cells(null, keys), 0, keys.length, keys.length);
  }

  private static MapValue copy(RType t, MapValue m) {
    MapValue to = new MapValue(t);
    for (MapValue.Entry e : m.entries) {
      if (!e.deleted) {
        MapValue.Entry x = to.findOrAdd(e.keyBits, e.keyRef);
        x.bits = e.bits;
        x.ref = e.ref instanceof Cells c ? c.copy() : e.ref;
      }
    }
    return to;
  }
}
