package paniclab.model.machine;

import paniclab.model.program.GoType;

/** The rules for passing pointers to C, checked as runtime/cgocall.go checks them. */
final class CgoCheck {
  private CgoCheck() {}

  private static final String ARGUMENT =
      "argument of cgo function has Go pointer to unpinned Go pointer";
  private static final String RESULT =
      "result of Go function %s called from cgo is unpinned Go pointer or points to unpinned Go"
          + " pointer";

  /** cgoCheckPointer: {@code what} is true for &x, the array or slice for &a[i], or nil. */
  static void pointer(Machine m, Object pointer, Object what) {
    if (!(pointer instanceof InterfaceValue v) || off(m)) {
      return;
    }
    Check c = new Check(m, ARGUMENT);
    boolean isPointer = v.type().under instanceof GoType.Pointer;
    boolean isUnsafe = CValues.isUnsafePointer(v.type());
    if (what instanceof InterfaceValue w && (isPointer || isUnsafe)) {
      if (v.ref() == null || !c.isGo(v.ref())) {
        return;
      }
      switch (w.type().under) {
        case GoType.Basic b -> {
          if (!isUnsafe) {
            Pointer p = (Pointer) v.ref();
            c.cell(v.type().elem, p.cells(), p.index(), false);
            return;
          }
        }
        case GoType.Slice s -> {
          c.value(w.type(), w.bits(), w.ref(), true);
          return;
        }
        case GoType.Array a -> {
          c.value(w.type(), w.bits(), w.ref(), false);
          return;
        }
        case GoType.Pointer p -> {
          if (w.type().elem.under instanceof GoType.Array) {
            c.value(w.type(), w.bits(), w.ref(), true);
            return;
          }
        }
        default -> {}
      }
    }
    c.value(v.type(), v.bits(), v.ref(), true);
  }

  /** cgoCheckResult: what an exported function returns to C. */
  static void result(Machine m, Goroutine g, Object value) {
    if (!(value instanceof InterfaceValue v) || off(m)) {
      return;
    }
    Frame wrapper = g.top.up() == null ? g.top : g.top.up();
    String name = wrapper.code.function.displayName();
    String place = "";
    for (Frame f = g.top; f != null; f = f.up()) {
      if (f.code.function.name().startsWith(Cgo.EXPORT)) {
        name = f.code.function.name().substring(Cgo.EXPORT.length());
        name = name.substring(name.indexOf('_') + 1);
        paniclab.model.program.Position p = GoroutineView.position(f, g.top);
        place = p.file() + ":" + p.line() + ": ";
        break;
      }
    }
    new Check(m, place + String.format(RESULT, name)).value(v.type(), v.bits(), v.ref(), false);
  }

  private static boolean off(Machine m) {
    return m.cgo().env("GODEBUG").orElse("").contains("cgocheck=0");
  }

  private static final class Check {
    private final Machine m;
    private final Cgo cgo;
    private final String message;

    Check(Machine m, String message) {
      this.m = m;
      this.cgo = m.cgo();
      this.message = message;
    }

    boolean isGo(Object o) {
      return cgo.isGo(o);
    }

    private GoPanic bad() {
      return GoPanic.runtime(GoPanic.ERROR, message);
    }

    private boolean pinned(Object p) {
      return cgo.isPinned(((Pointer) p).cells());
    }

    void cell(RType t, Cells c, int i, boolean top) {
      value(t, c.longs == null ? 0 : c.longs[i], c.refs == null ? null : c.refs[i], top);
    }

    /** cgoCheckArg. */
    void value(RType t, long bits, Object ref, boolean top) {
      switch (t.under) {
        case GoType.Basic b -> {
          if (b.kind() == GoType.Kind.UNSAFE_POINTER) {
            pointed(ref, top);
          } else if (b.kind() == GoType.Kind.STRING && !top && m.isHeapString(ref)) {
            throw bad();
          }
        }
        case GoType.Pointer p -> pointed(ref, top);
        case GoType.Array a -> {
          for (int i = 0; i < t.length; i++) {
            cell(t.elem, (Cells) ref, i, top);
          }
        }
        case GoType.Struct s -> {
          for (int i = 0; i < t.fields.length; i++) {
            cell(t.fields[i], (Cells) ref, i, top);
          }
        }
        case GoType.Slice s -> slice(t, ref, top);
        case GoType.Map x -> container(ref);
        case GoType.Chan x -> container(ref);
        case GoType.Signature x -> container(ref);
        case GoType.Interface x -> {
          if (ref instanceof InterfaceValue v) {
            if (!top && v.ref() instanceof Pointer p && isGo(p) && !pinned(p)) {
              throw bad();
            }
            value(v.type(), v.bits(), v.ref(), false);
          }
        }
        case GoType.Tuple x -> {}
        case GoType.Named x -> {}
      }
    }

    private void container(Object ref) {
      if (ref != null) {
        throw bad();
      }
    }

    private void slice(RType t, Object ref, boolean top) {
      if (!(ref instanceof SliceValue s) || !isGo(new Pointer(s.cells(), s.offset()))) {
        return;
      }
      if (!top && !cgo.isPinned(s.cells())) {
        throw bad();
      }
      for (int i = 0; i < s.capacity(); i++) {
        cell(t.elem, s.cells(), s.offset() + i, false);
      }
    }

    private void pointed(Object ref, boolean top) {
      if (!isGo(ref)) {
        return;
      }
      Pointer p = (Pointer) ref;
      if (!top && !pinned(p)) {
        throw bad();
      }
      if (!m.isGlobal(p.cells())) {
        unknown(p.cells());
      }
    }

    /** cgoCheckUnknownPointer: the whole object must not hold a Go pointer that is not pinned. */
    private void unknown(Cells c) {
      if (c.refs == null) {
        return;
      }
      for (Object o : c.refs) {
        switch (o) {
          case Cells part -> unknown(part);
          case Pointer p -> {
            if (isGo(p) && !pinned(p)) {
              throw bad();
            }
          }
          case SliceValue s -> {
            if (isGo(new Pointer(s.cells(), s.offset())) && !cgo.isPinned(s.cells())) {
              throw bad();
            }
          }
          case InterfaceValue v -> {
            if (v.ref() instanceof Pointer p && isGo(p) && !pinned(p)) {
              throw bad();
            }
          }
          case Closure x -> throw bad();
          case MapValue x -> throw bad();
          case ChannelValue x -> throw bad();
          case paniclab.model.program.GoString s -> {
            if (m.isHeapString(s)) {
              throw bad();
            }
          }
          case null -> {}
          default -> {}
        }
      }
    }
  }
}
