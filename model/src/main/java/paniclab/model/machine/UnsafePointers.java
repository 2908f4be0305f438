package paniclab.model.machine;

import java.util.List;
import java.util.Optional;
import paniclab.model.program.Function;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;

/**
 * Conversions from unsafe.Pointer in the learner's code. The model's memory has types: to look at a
 * variable as if it were of another type works only where both are kept alike; anything else is out
 * of the model and never a guess. The library's own conversions are known to be good.
 */
final class UnsafePointers {
  private UnsafePointers() {}

  /** Between a pointer and an unsafe.Pointer in a program with C: by the address. */
  static void withC(Linker k, int d, Operand x, GoType from, GoType to) {
    int r = k.ref(x);
    boolean typed = to.underlying() instanceof GoType.Pointer;
    RType pointer = k.image().type(typed ? to : from);
    k.slow((m, g, f) -> {
      f.refs[d] = typed ? m.cgo().typed(f.refs[r], pointer) : m.cgo().exposed(f.refs[r], pointer);
      return Slow.NEXT;
    });
  }

  /** unsafe.Add in a program with C. */
  static void add(Linker k, int d, Operand x, Operand n) {
    RType t = k.image().type(new GoType.Basic(GoType.Kind.UNSAFE_POINTER));
    int p = k.ref(x);
    int r = k.lo(n);
    k.slow((m, g, f) -> {
      f.refs[d] = m.cgo().pointer(m.cgo().address(f.refs[p], t) + f.longs[r], t);
      return Slow.NEXT;
    });
  }

  /** Between an unsafe.Pointer and a uintptr in a program with C. */
  static void number(Linker k, int d, Operand x, boolean toNumber) {
    RType t = k.image().type(new GoType.Basic(GoType.Kind.UNSAFE_POINTER));
    if (toNumber) {
      int r = k.ref(x);
      k.slow((m, g, f) -> {
        f.longs[d] = m.cgo().address(f.refs[r], t);
        return Slow.NEXT;
      });
      return;
    }
    int r = k.lo(x);
    k.slow((m, g, f) -> {
      f.refs[d] = m.cgo().pointer(f.longs[r], t);
      return Slow.NEXT;
    });
  }

  /** unsafe.Pointer to {@code *to}. */
  static void convert(Linker k, int d, Operand x, GoType to) {
    GoType target = ((GoType.Pointer) to.underlying()).elem();
    Optional<GoType> origin = origin(k.function(), x);
    if (origin.isPresent() && isNumberForPointer(origin.get(), target)) {
      number(k, k.ref(x), d);
      return;
    }
    Optional<GoType> source = origin.filter(s -> !alike(s, target));
    if (source.isPresent()) {
      GoType s = source.get();
      k.slow((m, g, f) -> {
        throw new OutOfModelException(
            "not supported by the model: a variable of type " + s + " taken for a " + target);
      });
      return;
    }
    int r = k.ref(x);
    RType t = k.image().type(target);
    k.slow((m, g, f) -> {
      if (f.refs[r] instanceof Pointer p && RawMemory.of(p.cells()) == null && !fits(p, t)) {
        throw new OutOfModelException(
            "not supported by the model: unsafe.Pointer to a variable of another type than "
                + target);
      }
      f.refs[d] = f.refs[r];
      return Slow.NEXT;
    });
  }

  /** Whether a variable that holds an address as a number is taken for one that holds a pointer. */
  private static boolean isNumberForPointer(GoType from, GoType to) {
    return from.underlying() instanceof GoType.Basic b
        && b.kind() == GoType.Kind.UINTPTR
        && to.underlying() instanceof GoType.Pointer;
  }

  /** The pointer stays what it is; a load through it finds a number: {@link Faults}. */
  private static void number(Linker k, int r, int d) {
    k.slow((m, g, f) -> {
      if (f.refs[r] instanceof Pointer p && (p.cells().longs == null || p.cells().refs != null)) {
        throw new OutOfModelException(
            "not supported by the model: a field of type uintptr taken for a pointer");
      }
      f.refs[d] = f.refs[r];
      return Slow.NEXT;
    });
  }

  /** The type of the variable that a pointer converted in this very function points to. */
  private static Optional<GoType> origin(Function fn, Operand x) {
    if (!(x instanceof Operand.Register r)) {
      return Optional.empty();
    }
    for (Function.Block b : fn.blocks()) {
      for (Instruction i : b.instructions()) {
        if (i instanceof Instruction.Convert c
            && c.dst() == r.slot()
            && c.xType().underlying() instanceof GoType.Pointer p) {
          return Optional.of(p.elem());
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a cell can hold such a value. */
  private static boolean fits(Pointer p, RType t) {
    Cells c = p.cells();
    if (t.isLong()) {
      return c.longs != null && (c.refs == null || c.refs[p.index()] == null);
    }
    if (c.refs == null) {
      return false;
    }
    Object o = c.refs[p.index()];
    return switch (t.shape) {
      case CELLS -> o instanceof Cells;
      case STRING -> o instanceof GoString;
      case COMPLEX -> o instanceof ComplexValue;
      case REF, LONG -> !(o instanceof Cells) && !(o instanceof ComplexValue);
    };
  }

  /**
   * Whether a variable of one type reads, on a little-endian 64-bit machine, as one of the other.
   */
  static boolean alike(GoType a, GoType b) {
    GoType x = a.underlying();
    GoType y = b.underlying();
    if (x.equals(y)) {
      return true;
    }
    return switch (x) {
      case GoType.Basic p -> y instanceof GoType.Basic q && alike(p.kind(), q.kind());
      case GoType.Struct p -> y instanceof GoType.Struct q && alikeFields(p.fields(), q.fields());
      case GoType.Array p ->
          y instanceof GoType.Array q && p.length() == q.length() && alike(p.elem(), q.elem());
      case GoType.Slice p -> y instanceof GoType.Slice q && alike(p.elem(), q.elem());
      case GoType.Pointer p ->
          y instanceof GoType.Pointer
              || y instanceof GoType.Basic q && q.kind() == GoType.Kind.UNSAFE_POINTER;
      case GoType.Interface p -> y instanceof GoType.Interface;
      case GoType.Chan p -> y instanceof GoType.Chan q && p.elem().equals(q.elem());
      case GoType.Map p -> false;
      case GoType.Signature p -> false;
      case GoType.Tuple p -> false;
      case GoType.Named p -> false;
    };
  }

  /** Numbers of 8 bytes are kept as their bits; smaller ones as their value. */
  private static boolean alike(GoType.Kind a, GoType.Kind b) {
    boolean wide =
        a.size() == 8
            && b.size() == 8
            && (a.isInteger() || a == GoType.Kind.FLOAT64)
            && (b.isInteger() || b == GoType.Kind.FLOAT64);
    boolean narrow =
        a.isInteger() && b.isInteger() && a.size() == b.size() && a.isUnsigned() == b.isUnsigned();
    return wide || narrow;
  }

  private static boolean alikeFields(List<GoType.Field> a, List<GoType.Field> b) {
    boolean same = a.size() == b.size();
    for (int i = 0; same && i < a.size(); i++) {
      same = alike(a.get(i).type(), b.get(i).type());
    }
    return same;
  }
}
