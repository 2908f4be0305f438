package paniclab.model.machine;

import java.util.Objects;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;

/** What *internal/abi.Type tells of types: the ground of reflect. */
final class TypeNatives {
  private TypeNatives() {}

  /**
   * Numbers of internal/abi.Kind beyond the basic kinds, which stand in the order of GoType.Kind.
   */
  private static final int ARRAY = 17;

  private static final int CHAN = 18;
  private static final int FUNC = 19;
  private static final int INTERFACE = 20;
  private static final int MAP = 21;
  private static final int POINTER = 22;
  private static final int SLICE = 23;
  private static final int STRING = 24;
  private static final int STRUCT = 25;
  private static final int UNSAFE_POINTER = 26;

  /** Bits of internal/abi.ChanDir. */
  private static final int RECEIVES = 1;

  private static final int SENDS = 2;

  static void addTo(Natives n) {
    n.add(
        "internal/abi.TypeOf",
        c -> {
          InterfaceValue v = (InterfaceValue) c.refArg(0);
          c.setRef(v == null ? null : handle(v.type()));
          return Step.DONE;
        });
    asks(n, "Kind", (c, t) -> c.setLong(kind(t)));
    asks(n, "Size", (c, t) -> c.setLong(t.size()));
    asks(n, "Align", (c, t) -> c.setLong(t.align()));
    asks(n, "Pointers", (c, t) -> c.setBool(!Builtins.noPointers(t)));
    asks(n, "Comparable", (c, t) -> c.setBool(Values.comparable(t)));
    asks(n, "String", (c, t) -> c.setRef(GoString.of(t.toString())));
    asks(n, "Name", (c, t) -> c.setRef(GoString.of(name(t))));
    asks(n, "PkgPath", (c, t) -> c.setRef(GoString.of(packagePath(t))));
    asks(n, "Elem", (c, t) -> c.setRef(t.elem == null ? null : handle(t.elem)));
    asks(n, "Key", (c, t) -> c.setRef(t.key == null ? null : handle(t.key)));
    asks(n, "Len", (c, t) -> c.setLong(t.length));
    asks(n, "ChanDir", (c, t) -> c.setLong(direction(t)));
    asks(n, "NumField", (c, t) -> c.setLong(t.fields == null ? 0 : t.fields.length));
    asks(n, "Field", TypeNatives::field);
    functions(n);
    interfaces(n);
    composites(n);
  }

  /** A question to a type. */
  private interface Question {
    void answer(NativeCall c, RType t);
  }

  private static void asks(Natives n, String method, Question q) {
    n.add(
        "(*internal/abi.Type)." + method,
        c -> {
          q.answer(c, type(c.refArg(0)));
          return Step.DONE;
        });
  }

  /** The one Go pointer that stands for a type. */
  static Pointer handle(RType t) {
    if (t.handle == null) {
      Cells c = new Cells(null, new Object[] {new Cells(new long[1], null)});
      c.site = t;
      t.handle = new Pointer(c, 0);
    }
    return t.handle;
  }

  /** The type that a pointer of {@link #handle} stands for. */
  static RType type(Object pointer) {
    return (RType) Objects.requireNonNull(Memory.pointer(pointer).cells().site);
  }

  static int kind(RType t) {
    return switch (t.under) {
      case GoType.Basic b ->
          switch (b.kind()) {
            case STRING -> STRING;
            case UNSAFE_POINTER, UNTYPED_NIL -> UNSAFE_POINTER;
            default -> b.kind().ordinal() + 1;
          };
      case GoType.Array a -> ARRAY;
      case GoType.Chan a -> CHAN;
      case GoType.Signature a -> FUNC;
      case GoType.Interface a -> INTERFACE;
      case GoType.Map a -> MAP;
      case GoType.Pointer a -> POINTER;
      case GoType.Slice a -> SLICE;
      case GoType.Struct a -> STRUCT;
      case GoType.Tuple a -> throw new IllegalStateException("a tuple has no kind");
      case GoType.Named a -> throw new IllegalStateException("underlying " + a.name());
    };
  }

  /** The part of a name after the package; type arguments may have dots of their own. */
  private static String name(RType t) {
    if (!(t.type instanceof GoType.Named) && !(t.type instanceof GoType.Basic)) {
      return "";
    }
    String s = t.toString();
    int depth = 0;
    for (int i = s.length() - 1; i >= 0; i--) {
      switch (s.charAt(i)) {
        case ']' -> depth++;
        case '[' -> depth--;
        case '.' -> {
          if (depth == 0) {
            return s.substring(i + 1);
          }
        }
        default -> {}
      }
    }
    return s;
  }

  private static String packagePath(RType t) {
    return t.type instanceof GoType.Named n ? n.packagePath() : "";
  }

  private static long direction(RType t) {
    if (!(t.under instanceof GoType.Chan c)) {
      return 0;
    }
    return switch (c.direction()) {
      case BOTH -> RECEIVES | SENDS;
      case SEND_ONLY -> SENDS;
      case RECEIVE_ONLY -> RECEIVES;
    };
  }

  private static void field(NativeCall c, RType t) {
    int i = (int) c.longArg(1);
    GoType.Field f = ((GoType.Struct) t.under).fields().get(i);
    long offset = 0;
    for (int k = 0; k <= i; k++) {
      long a = t.fields[k].align();
      offset = (offset + a - 1) / a * a + (k < i ? t.fields[k].size() : 0);
    }
    c.setRef(0, GoString.of(f.name()));
    c.setRef(1, GoString.of(f.packagePath()));
    c.setRef(2, handle(t.fields[i]));
    c.setRef(3, GoString.of(f.tag()));
    c.setLong(4, offset);
    c.setLong(5, f.embedded() ? 1 : 0);
  }

  private static void functions(Natives n) {
    asks(n, "NumIn", (c, t) -> c.setLong(signature(t).parameters().size()));
    asks(n, "NumOut", (c, t) -> c.setLong(signature(t).results().size()));
    asks(n, "IsVariadic", (c, t) -> c.setBool(signature(t).variadic()));
    asks(n, "In", (c, t) -> c.setRef(ofType(c, signature(t).parameters().get((int) c.longArg(1)))));
    asks(n, "Out", (c, t) -> c.setRef(ofType(c, signature(t).results().get((int) c.longArg(1)))));
  }

  private static GoType.Signature signature(RType t) {
    return (GoType.Signature) t.under;
  }

  private static Pointer ofType(NativeCall c, GoType t) {
    return handle(c.machine().type(t));
  }

  private static void interfaces(Natives n) {
    asks(
        n,
        "NumMethod",
        (c, t) ->
            c.setLong(
                t.under instanceof GoType.Interface i
                    ? i.methods().size()
                    : c.machine().image.exportedMethods(t)));
    asks(
        n,
        "Method",
        (c, t) -> {
          GoType.Method m = ((GoType.Interface) t.under).methods().get((int) c.longArg(1));
          c.setRef(0, GoString.of(m.name()));
          c.setRef(1, GoString.of(m.packagePath()));
          c.setRef(2, ofType(c, m.signature()));
        });
    asks(
        n,
        "Implements",
        (c, t) -> c.setBool(has(c, t, (GoType.Interface) type(c.refArg(1)).under)));
    asks(n, "IdenticalUnderlying", (c, t) -> c.setBool(t.under.equals(type(c.refArg(1)).under)));
  }

  private static boolean has(NativeCall c, RType t, GoType.Interface i) {
    return t.under instanceof GoType.Interface own
        ? own.methods().containsAll(i.methods())
        : c.machine().image.missingMethod(t, i).isEmpty();
  }

  private static void composites(Natives n) {
    asks(n, "PointerTo", (c, t) -> c.setRef(ofType(c, new GoType.Pointer(t.type))));
    asks(n, "SliceOf", (c, t) -> c.setRef(ofType(c, new GoType.Slice(t.type))));
    asks(n, "ArrayOf", (c, t) -> c.setRef(ofType(c, new GoType.Array(t.type, c.longArg(1)))));
    asks(n, "MapOf", (c, t) -> c.setRef(ofType(c, new GoType.Map(t.type, type(c.refArg(1)).type))));
    asks(
        n,
        "ChanOf",
        (c, t) ->
            c.setRef(
                ofType(
                    c,
                    new GoType.Chan(
                        t.type,
                        switch ((int) c.longArg(1)) {
                          case RECEIVES -> GoType.Direction.RECEIVE_ONLY;
                          case SENDS -> GoType.Direction.SEND_ONLY;
                          default -> GoType.Direction.BOTH;
                        }))));
  }
}
