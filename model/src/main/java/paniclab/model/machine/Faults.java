package paniclab.model.machine;

import paniclab.model.signal.Fault;
import paniclab.model.signal.Origin;
import paniclab.model.signal.SignalPath;
import paniclab.model.trace.Event;

/**
 * What the processor and the kernel do when an instruction touches what it must not: a nil pointer,
 * an address nothing is mapped at, read-only memory. The loop only notices that there is no array
 * where a variable's would be; here it is found out why.
 */
final class Faults {
  private Faults() {}

  private static final int NOWHERE = -1;

  /**
   * Answers a NullPointerException of the operation at the top frame: reads of what can be read are
   * done after all, everything else becomes a signal.
   *
   * @throws NullPointerException {@code e} itself, if it is a bug of ours
   */
  static void raise(Machine m, Goroutine g, NullPointerException e) {
    Frame f = g.top;
    int[] ops = f.code.ops;
    int op = ops[f.pc];
    int register = register(ops, f.pc);
    Object touched = register == NOWHERE ? null : f.refs[register];
    if (touched instanceof Pointer p) {
      if (!done(m, f, op, p.cells(), p.index())) {
        fault(m, g, p.cells(), p.index());
      }
    } else if (touched instanceof SliceValue s) {
      int index = s.offset() + (int) f.longs[indexRegister(ops, f.pc)];
      if (!done(m, f, op, s.cells(), index)) {
        fault(m, g, s.cells(), index);
      }
    } else if (op == Op.SLOW && holdsRaw(f)) {
      slow(m, g, f, e);
    } else {
      requireOfLoop(e);
      Panics.raise(m, g, GoPanic.nil());
    }
  }

  /** A nil dereference shows in the loop; an exception from anywhere deeper is a bug of ours. */
  private static void requireOfLoop(NullPointerException e) {
    StackTraceElement[] s = e.getStackTrace();
    boolean omitted = s.length == 0;
    if (!omitted && !s[0].getClassName().equals(Interpreter.class.getName())) {
      throw e;
    }
  }

  /** The register of the pointer or slice that an operation goes through. */
  private static int register(int[] ops, int pc) {
    return switch (ops[pc]) {
      case Op.LOADL, Op.LOADR, Op.FIELD, Op.FLOADL, Op.FLOADR, Op.ILOADL, Op.ILOADR -> ops[pc + 2];
      case Op.STOREL, Op.STORER, Op.FSTOREL, Op.FSTORER, Op.ISTOREL, Op.ISTORER -> ops[pc + 1];
      default -> NOWHERE;
    };
  }

  private static int indexRegister(int[] ops, int pc) {
    boolean load = ops[pc] == Op.ILOADL || ops[pc] == Op.ILOADR;
    return load ? ops[pc + 3] : ops[pc + 2];
  }

  /** Does a read that is possible although there is no variable; whether it was one. */
  private static boolean done(Machine m, Frame f, int op, Cells c, int index) {
    int[] ops = f.code.ops;
    boolean load = op == Op.LOADL || op == Op.ILOADL;
    if (load && RawMemory.of(c) instanceof RawMemory.Text t && index < t.bytes().length()) {
      f.longs[ops[f.pc + 1]] = t.bytes().byteAt(index);
    } else if (op == Op.LOADR && RawMemory.of(c) == null && c.longs != null) {
      // A number that is read as a pointer: the only way to get here is unsafe.Pointer.
      f.refs[ops[f.pc + 1]] = RawMemory.at(m, c.longs[index]);
    } else {
      return false;
    }
    f.pc += op == Op.ILOADL ? 4 : 3;
    return true;
  }

  /** A load in a fine image, where loads are operations of their own and not the loop's. */
  static long loadLong(Machine m, Goroutine g, Pointer q) {
    Cells c = q.cells();
    if (c.longs != null) {
      return c.longs[q.index()];
    }
    if (RawMemory.of(c) instanceof RawMemory.Text t && q.index() < t.bytes().length()) {
      return t.bytes().byteAt(q.index());
    }
    throw thrown(m, g, c, q.index());
  }

  /** A load of a reference in a fine image. */
  static Object loadRef(Machine m, Goroutine g, Pointer q) {
    Cells c = q.cells();
    if (c.refs != null) {
      return c.refs[q.index()];
    }
    if (RawMemory.of(c) == null && c.longs != null) {
      return RawMemory.at(m, c.longs[q.index()]); // as in done()
    }
    throw thrown(m, g, c, q.index());
  }

  /** Before a store in a fine image. */
  static void requireMemory(Machine m, Goroutine g, Pointer q, boolean isLong) {
    Cells c = q.cells();
    if (isLong ? c.longs == null : c.refs == null) {
      throw thrown(m, g, c, q.index());
    }
  }

  /** What an operation throws that met no variable; a fatal error is thrown at once. */
  private static GoPanic thrown(Machine m, Goroutine g, Cells c, int index) {
    RawMemory raw = RawMemory.of(c);
    if (raw == null) {
      return GoPanic.nil();
    }
    Fault fault = raw.fault(index);
    SignalPath path = SignalPath.fault(fault, g.panicOnFault, m.crashes());
    if (path.effect() == SignalPath.Effect.PANIC) {
      return fault.isNil() ? GoPanic.nil(fault) : GoPanic.onFault(fault);
    }
    throw fatal(m, g, fault, path);
  }

  private static FatalError fatal(Machine m, Goroutine g, Fault fault, SignalPath path) {
    delivered(m, g, path);
    g.signal = fault.line();
    return FatalError.fault(
        "unexpected fault address 0x" + Long.toHexString(fault.address()) + "\n");
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
    fault(m, g, only.cells(), only.index());
  }

  private static void fault(Machine m, Goroutine g, Cells c, int index) {
    RawMemory raw = RawMemory.of(c);
    if (raw == null) {
      // A nil slice or map entry seen through a pointer: as nil as a pointer can be.
      Panics.raise(m, g, GoPanic.nil());
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
    throw fatal(m, g, fault, path);
  }

  /** Records that a signal reached a goroutine. */
  static void delivered(Machine m, Goroutine g, SignalPath path) {
    if (m.recording()) {
      m.event(
          new Event.SignalDelivered(m.at(g), path.signal().name(), Origin.GO_CODE, path.effect()));
    }
  }
}
