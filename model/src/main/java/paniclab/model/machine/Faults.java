package paniclab.model.machine;

import paniclab.model.signal.Fault;
import paniclab.model.signal.SignalPath;
import paniclab.model.trace.Event;

/**
 * What the processor and the kernel do when an instruction touches what it must not: a nil pointer,
 * an address nothing is mapped at, read-only memory. The loop only notices that there is no array
 * where a variable's would be; here it is found out why.
 */
final class Faults {
  private Faults() {}

  /** What an operation touches. */
  private enum What {
    /** A number is read, into a register. */
    LOAD_LONG,
    /** A reference is read, into a register. */
    LOAD_REF,
    /** A number is written, from a register. */
    STORE_LONG,
    /** Anything else. */
    OTHER
  }

  /**
   * An access to memory that an operation makes.
   *
   * @param register that a load fills or a store takes
   * @param width of the operation in the code
   */
  private record Access(Cells cells, int index, What what, int register, int width) {}

  /**
   * Answers a NullPointerException of the operation at the top frame: reads of what can be read are
   * done after all, everything else becomes a signal.
   *
   * @throws NullPointerException {@code e} itself, if it is a bug of ours
   */
  static void raise(Machine m, Goroutine g, NullPointerException e) {
    Frame f = g.top;
    Access a = access(f);
    if (a != null) {
      if (!done(m, g, f, a)) {
        fault(m, g, a.cells(), a.index(), a.what());
      }
    } else if (f.code.ops[f.pc] == Op.SLOW && holdsRaw(f)) {
      slow(m, g, f, e);
    } else {
      requireOfLoop(e);
      Panics.raise(m, g, GoPanic.nil());
    }
  }

  /** The access of the operation at a frame's pc, if it goes through a pointer that is not nil. */
  private static Access access(Frame f) {
    int[] ops = f.code.ops;
    int pc = f.pc;
    return switch (ops[pc]) {
      case Op.LOADL -> access(f.refs[ops[pc + 2]], What.LOAD_LONG, ops[pc + 1], 3);
      case Op.LOADR -> access(f.refs[ops[pc + 2]], What.LOAD_REF, ops[pc + 1], 3);
      case Op.FIELD, Op.FLOADL, Op.FLOADR -> access(f.refs[ops[pc + 2]], What.OTHER, 0, 0);
      case Op.STOREL -> access(f.refs[ops[pc + 1]], What.STORE_LONG, ops[pc + 2], 3);
      case Op.STORER, Op.FSTOREL, Op.FSTORER -> access(f.refs[ops[pc + 1]], What.OTHER, 0, 0);
      case Op.ILOADL, Op.ILOADR ->
          element(
              f.refs[ops[pc + 2]],
              f.longs[ops[pc + 3]],
              ops[pc] == Op.ILOADL ? What.LOAD_LONG : What.LOAD_REF,
              ops[pc + 1]);
      case Op.ISTOREL, Op.ISTORER ->
          element(
              f.refs[ops[pc + 1]],
              f.longs[ops[pc + 2]],
              ops[pc] == Op.ISTOREL ? What.STORE_LONG : What.OTHER,
              ops[pc + 3]);
      case Op.SLOW ->
          f.code.slows[ops[pc + 1]] instanceof Memory.Touch t
              ? access(f.refs[t.pointer()], touch(t), t.dst(), 2)
              : null;
      default -> null;
    };
  }

  private static What touch(Memory.Touch t) {
    return t.kind() != Operation.Kind.READ || t.dst() < 0
        ? What.OTHER
        : t.isLong() ? What.LOAD_LONG : What.LOAD_REF;
  }

  private static Access access(Object through, What what, int dst, int width) {
    return through instanceof Pointer p ? new Access(p.cells(), p.index(), what, dst, width) : null;
  }

  private static Access element(Object slice, long index, What what, int dst) {
    return slice instanceof SliceValue s
        ? new Access(s.cells(), s.offset() + (int) index, what, dst, 4)
        : null;
  }

  /** A nil dereference shows in the loop; an exception from anywhere deeper is a bug of ours. */
  private static void requireOfLoop(NullPointerException e) {
    StackTraceElement[] s = e.getStackTrace();
    boolean omitted = s.length == 0;
    if (!omitted && !s[0].getClassName().equals(Interpreter.class.getName())) {
      throw e;
    }
  }

  /** Does what is possible although there is no variable; whether it was. */
  private static boolean done(Machine m, Goroutine g, Frame f, Access a) {
    RawMemory raw = RawMemory.of(a.cells());
    if (a.what() == What.LOAD_LONG
        && raw instanceof RawMemory.Text t
        && a.index() < t.bytes().length()) {
      f.longs[a.register()] = t.bytes().byteAt(a.index());
    } else if (a.what() == What.LOAD_REF && raw == null && a.cells().longs != null) {
      // A number that is read as a pointer: the only way to get here is unsafe.Pointer.
      f.refs[a.register()] = RawMemory.at(m, a.cells().longs[a.index()]);
    } else if (raw instanceof RawMemory.Mapping p && mapped(m, f, a, p)) {
      // Done.
    } else {
      return false;
    }
    f.pc += a.width();
    g.granted = false;
    return true;
  }

  /** Reads or writes a byte of a mapping that is there. */
  private static boolean mapped(Machine m, Frame f, Access a, RawMemory.Mapping p) {
    boolean write = a.what() == What.STORE_LONG;
    if (m.files.fault(p, a.index(), write || a.what() == What.OTHER) != null) {
      return false;
    }
    switch (a.what()) {
      case LOAD_LONG -> f.longs[a.register()] = m.files.get(p, a.index());
      case STORE_LONG -> m.files.set(p, a.index(), (int) f.longs[a.register()]);
      case LOAD_REF, OTHER ->
          throw new OutOfModelException(
              "not supported by the model: an operation on memory that is mapped");
    }
    return true;
  }

  private static boolean holdsRaw(Frame f) {
    for (Object o : f.refs) {
      if (o instanceof Pointer p && RawMemory.of(p.cells()) != null
          || o instanceof SliceValue s && RawMemory.of(s.cells()) != null) {
        return true;
      }
    }
    return false;
  }

  /** Of the larger operations only loads and stores are told from those that copy bytes about. */
  private static void slow(Machine m, Goroutine g, Frame f, NullPointerException e) {
    StackTraceElement[] s = e.getStackTrace();
    Pointer only = null;
    for (Object o : f.refs) {
      if (o instanceof Pointer p && RawMemory.of(p.cells()) instanceof RawMemory.Unmapped) {
        only = p;
      }
    }
    if (only == null || s.length > 0 && !s[0].getClassName().equals(Memory.class.getName())) {
      throw new OutOfModelException(
          "not supported by the model: an operation on memory that is no variable");
    }
    fault(m, g, only.cells(), only.index(), What.OTHER);
  }

  private static void fault(Machine m, Goroutine g, Cells c, int index, What what) {
    RawMemory raw = RawMemory.of(c);
    if (raw == null) {
      // A nil slice or map entry seen through a pointer: as nil as a pointer can be.
      Panics.raise(m, g, GoPanic.nil());
      return;
    }
    if (raw instanceof RawMemory.Text && g.panicOnFault) {
      // gc knows that the address is good, so it may forget deferred calls before the store.
      throw new OutOfModelException(
          "not supported by the model: a write into a string constant with SetPanicOnFault");
    }
    if (raw instanceof RawMemory.Mapping p) {
      boolean write = what == What.STORE_LONG || what == What.OTHER;
      Fault f = m.files.fault(p, index, write);
      fault(m, g, f == null ? raw.fault(index) : f);
      return;
    }
    fault(m, g, raw.fault(index));
  }

  /** The signal of a fault of Go code, and what becomes of it. */
  static void fault(Machine m, Goroutine g, Fault fault) {
    SignalPath path = SignalPath.fault(fault, g.panicOnFault, m.crashes());
    if (path.effect() == SignalPath.Effect.PANIC) {
      Panics.raise(m, g, fault.isNil() ? GoPanic.nil(fault) : GoPanic.onFault(fault));
      return;
    }
    delivered(m, g, path);
    g.signal = fault.line();
    throw FatalError.fault(
        "unexpected fault address 0x" + Long.toHexString(fault.address()) + "\n");
  }

  /** Records that a signal reached a goroutine. */
  static void delivered(Machine m, Goroutine g, SignalPath path) {
    if (m.recording()) {
      m.event(Event.SignalDelivered.of(m.at(g), path));
    }
  }
}
