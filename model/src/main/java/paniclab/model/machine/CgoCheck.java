package paniclab.model.machine;

import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import paniclab.model.c.PointerCheck;
import paniclab.model.c.PointerCheck.Value;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;

/** When a machine asks the {@link PointerCheck}, and about what, as runtime/cgocall.go does. */
final class CgoCheck {
  private CgoCheck() {}

  private static final String RESULT =
      "result of Go function %s called from cgo is unpinned Go pointer or points to unpinned Go"
          + " pointer";

  /** cgoCheckPointer: {@code what} is true for &x, the array or slice for &a[i], or nil. */
  static void pointer(Machine m, Object pointer, Object what) {
    if (!(pointer instanceof InterfaceValue v) || off(m)) {
      return;
    }
    Check c = new Check(m, PointerCheck.ARGUMENT);
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

  /** The values of a machine as the check sees them, and the panic that it raises. */
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

    void cell(RType t, Cells c, int i, boolean top) {
      check(cellOf(t, c, i), top);
    }

    void value(RType t, long bits, Object ref, boolean top) {
      check(of(t, bits, ref), top);
    }

    private void check(Value v, boolean top) {
      if (!PointerCheck.passes(v, top)) {
        throw GoPanic.runtime(GoPanic.ERROR, message);
      }
    }

    private Value cellOf(RType t, Cells c, int i) {
      return of(t, c.longs == null ? 0 : c.longs[i], c.refs == null ? null : c.refs[i]);
    }

    /** A value whose type is known. */
    private Value of(RType t, long bits, Object ref) {
      return switch (t.under) {
        case GoType.Basic b ->
            switch (b.kind()) {
              case UNSAFE_POINTER -> pointer(ref);
              case STRING -> new Value.Text(m.isHeapString(ref));
              default -> new Value.Plain();
            };
        case GoType.Pointer p -> pointer(ref);
        case GoType.Array a ->
            new Value.Compound(() -> cells((Cells) ref, 0, t.length, _ -> t.elem));
        case GoType.Struct s ->
            new Value.Compound(() -> cells((Cells) ref, 0, t.fields.length, i -> t.fields[i]));
        case GoType.Slice s ->
            ref instanceof SliceValue v
                ? new Value.Slice(
                    memory(new Pointer(v.cells(), v.offset())),
                    () -> cells(v.cells(), v.offset(), v.capacity(), _ -> t.elem))
                : new Value.Plain();
        case GoType.Map x -> container(ref);
        case GoType.Chan x -> container(ref);
        case GoType.Signature x -> container(ref);
        case GoType.Interface x ->
            ref instanceof InterfaceValue v
                ? new Value.Boxed(of(v.type(), v.bits(), v.ref()))
                : new Value.Plain();
        case GoType.Tuple x -> new Value.Plain();
        case GoType.Named x -> new Value.Plain();
      };
    }

    private List<Value> cells(Cells c, int from, int n, IntFunction<RType> types) {
      return IntStream.range(0, n).mapToObj(i -> cellOf(types.apply(i), c, from + i)).toList();
    }

    private static Value container(Object ref) {
      return ref == null ? new Value.Plain() : new Value.Container();
    }

    private Value pointer(Object ref) {
      return ref instanceof Pointer p ? new Value.Pointer(memory(p)) : new Value.Plain();
    }

    private PointerCheck.Memory memory(Pointer p) {
      return new PointerCheck.Memory() {
        @Override
        public boolean isGo() {
          return cgo.isGo(p);
        }

        @Override
        public boolean isPinned() {
          return cgo.isPinned(p.cells());
        }

        @Override
        public boolean isGlobal() {
          return m.isGlobal(p.cells());
        }

        @Override
        public List<Value> content() {
          return words(p.cells());
        }
      };
    }

    /** What lies in an object, by what its words are. */
    private List<Value> words(Cells c) {
      return c.refs == null ? List.of() : Stream.of(c.refs).map(this::word).toList();
    }

    private Value word(Object o) {
      return switch (o) {
        case Cells part -> new Value.Compound(() -> words(part));
        case Pointer p -> new Value.Pointer(memory(p));
        case SliceValue s -> new Value.Slice(memory(new Pointer(s.cells(), s.offset())), List::of);
        case InterfaceValue v -> new Value.Boxed(pointer(v.ref()));
        case Closure x -> new Value.Container();
        case MapValue x -> new Value.Container();
        case ChannelValue x -> new Value.Container();
        case GoString s -> new Value.Text(m.isHeapString(s));
        case null -> new Value.Plain();
        default -> new Value.Plain();
      };
    }
  }
}
