package paniclab.model.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import paniclab.model.outcome.Outcome;
import paniclab.model.program.Function;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;
import paniclab.model.signal.SignalPath;
import paniclab.model.trace.Event;

/**
 * Go's panic, defer, recover and Goexit, after runtime/panic.go.
 *
 * <p>Invariants: {@code g.panic} is the newest panic (or Goexit) in progress, linked to older ones,
 * and each of them has a {@link PanicFrame} on the stack, newest on top. A panic frame takes
 * deferred calls from the frames below it, skipping older panic frames, so an older panic that is
 * passed over is aborted in effect.
 */
final class Panics {
  private Panics() {}

  private static final String MODEL_PANIC = "runtime.modelPanic";

  /** The errors that are variables of Go's runtime: memoryError, divideError and the like. */
  private static final Pattern ONE_OF_A_KIND =
      Pattern.compile(
          "invalid memory address.*|integer .*|negative shift amount|range function .*");

  /** Turns an exception of an operation into a Go panic of the goroutine. */
  static void raise(Machine m, Goroutine g, GoPanic e) {
    g.resumed = false;
    if (e.isFault()) {
      g.fault = e.fault;
      Faults.delivered(m, g, SignalPath.fault(e.fault, g.panicOnFault, m.crashes()));
    }
    if (e.kind < 0) {
      gopanic(m, g, e.value, false, "");
      return;
    }
    if (!m.image.has(MODEL_PANIC)) {
      RType t = m.image.type(new GoType.Basic(GoType.Kind.STRING));
      String prefix =
          e.kind == GoPanic.PLAIN || e.kind == GoPanic.TYPE_ASSERTION ? "" : "runtime error: ";
      gopanic(
          m, g, new InterfaceValue(t, 0, GoString.of(prefix + e.text)), true, signal(g, e.kind));
      return;
    }
    Code c = m.image.code(MODEL_PANIC);
    Frame f = new Frame(c, g.top, -1);
    f.injected = true;
    f.longs[0] = e.kind;
    f.longs[1] = e.fault.address();
    f.refs[0] = GoString.of(e.text);
    g.top = f;
  }

  private static String signal(Goroutine g, int kind) {
    return kind == GoPanic.NIL_DEREFERENCE || kind == GoPanic.FAULT ? g.fault.line() : "";
  }

  /** The panic instruction. */
  static void panicInstruction(Machine m, Goroutine g, Frame f, InterfaceValue v) {
    boolean runtime = f.code.function.name().equals(MODEL_PANIC);
    if (v == null) {
      raise(
          m,
          g,
          GoPanic.runtime(
              GoPanic.NIL_PANIC,
              "panic called with nil argument (use GODEBUG=panicnil=1 to disable)"));
      return;
    }
    if (f.code.user && !runtime && v.ref() instanceof GoString text) {
      Optional<String> iteration = RangeOverFunc.panicText(f, text.toString());
      if (iteration.isPresent()) {
        raise(m, g, GoPanic.runtime(GoPanic.ERROR, iteration.get()));
        return;
      }
    }
    gopanic(m, g, v, runtime, runtime ? signal(g, (int) f.longs[0]) : "");
  }

  private static void gopanic(
      Machine m, Goroutine g, InterfaceValue v, boolean runtime, String signal) {
    PanicRecord p = new PanicRecord(v, g.panic, false, runtime);
    if (!signal.isEmpty()) {
      g.signal = signal;
    }
    g.panic = p;
    int depth = 0;
    for (PanicRecord q = p; q != null; q = q.link) {
      depth += q.goexit ? 0 : 1;
    }
    if (m.recording()) {
      m.event(new Event.PanicRaised(m.at(g), PanicText.brief(m, v), runtime, depth));
    }
    g.top = new PanicFrame(m.image.panicCode, g.top, p);
  }

  /** runtime.Goexit. */
  static void goexit(Machine m, Goroutine g) {
    if (m.recording()) {
      m.event(new Event.Goexited(m.at(g)));
    }
    PanicRecord p = new PanicRecord(null, g.panic, true, false);
    g.panic = p;
    g.top = new PanicFrame(m.image.panicCode, g.top, p);
  }

  /** One turn of a panic frame: after each deferred call, control comes back here. */
  static int turn(Machine m, Goroutine g, PanicFrame pf) {
    PanicRecord p = pf.panic;
    if (pf.printing != null) {
      return print(m, g, pf);
    }
    if (p.recovered) {
      return resume(m, g, pf);
    }
    while (pf.scan != null) {
      Frame f = pf.scan;
      if (f instanceof PanicFrame older) {
        if (older.printing != null) {
          throw whilePrinting(p);
        }
        pf.scan = f.up;
        continue;
      }
      if (!f.hasDefers()) {
        pf.scan = f.up;
        continue;
      }
      DeferRecord d = f.defers.pop();
      pf.owner = f;
      Event.DeferCause cause = p.goexit ? Event.DeferCause.GOEXIT : Event.DeferCause.PANIC;
      if (d.recover()) {
        builtin(m, g, f, cause);
        if (p.recovered) {
          return resume(m, g, pf);
        }
        continue;
      }
      call(m, g, pf, d, cause);
      return Slow.SWITCH;
    }
    if (p.goexit) {
      m.endGoroutine(g, true);
      return Slow.END;
    }
    pf.printing = p;
    return print(m, g, pf);
  }

  /**
   * Whether the next turn of this frame ends the process, as far as can be seen without running.
   */
  static boolean willCrash(PanicFrame pf) {
    if (pf.panic.recovered || pf.panic.goexit) {
      return false;
    }
    for (Frame f = pf.scan; f != null; f = f.up) {
      if (f.hasDefers() && !(f instanceof PanicFrame)) {
        return false;
      }
    }
    return true;
  }

  /** Calls Error or String of the values of the chain, newest first, and then dies. */
  private static int print(Machine m, Goroutine g, PanicFrame pf) {
    for (PanicRecord p = pf.printing; p != null; p = p.link) {
      pf.printing = p;
      if (p.goexit || p.text != null) {
        continue;
      }
      if (pf.refs[0] != null) {
        p.text = PanicText.indented((GoString) pf.refs[0]);
        pf.refs[0] = null;
        continue;
      }
      if (p.link != null && same(p.link.value, p.value)) {
        p.link.repanicked = true;
        p.text = "";
        continue;
      }
      Optional<Code> method = PanicText.method(m, p.value);
      if (method.isPresent()) {
        Frame f = new Frame(method.get(), pf, 0);
        if (method.get().parameterIsRef[0]) {
          f.refs[0] = p.value.ref();
        } else {
          f.longs[0] = p.value.bits();
        }
        g.top = f;
        return Slow.SWITCH;
      }
      p.text = PanicText.of(m, p.value);
    }
    List<Outcome.PanicText> chain = new ArrayList<>();
    chain(pf.panic, chain);
    m.crash(g, new Outcome.Panicked(chain), header(g, pf.panic), false);
    return Slow.END;
  }

  private static boolean same(InterfaceValue a, InterfaceValue b) {
    return a == b
        || a != null
            && b != null
            && a.type() == b.type()
            && a.ref() != null
            && (a.ref() instanceof GoString
                ? isRuntimeVariable(a) && a.ref().equals(b.ref())
                : a.ref() == b.ref());
  }

  /** Whether Go keeps the value in a variable, so that it is the same at every panic. */
  private static boolean isRuntimeVariable(InterfaceValue v) {
    return v.type().toString().equals("runtime.errorString")
        && ONE_OF_A_KIND.matcher(v.ref().toString()).matches();
  }

  private static void chain(PanicRecord p, List<Outcome.PanicText> out) {
    if (p.link != null) {
      chain(p.link, out);
      if (p.link.repanicked) {
        return;
      }
    }
    String text = textOf(p);
    out.add(new Outcome.PanicText(text, mark(p), p.goexit));
  }

  /**
   * A value repanicked has its text at the newer end of the chain only as long as it is the same.
   */
  private static String textOf(PanicRecord p) {
    return p.text == null ? "" : p.text;
  }

  private static String mark(PanicRecord p) {
    return p.recovered && p.repanicked
        ? " [recovered, repanicked]"
        : p.recovered ? " [recovered]" : "";
  }

  private static String header(Goroutine g, PanicRecord newest) {
    StringBuilder b = new StringBuilder();
    printpanics(newest, b);
    return b.append(g.signal).toString();
  }

  private static void printpanics(PanicRecord p, StringBuilder b) {
    if (p.link != null) {
      printpanics(p.link, b);
      if (p.link.repanicked) {
        return;
      }
      if (!p.link.goexit) {
        b.append('\t');
      }
    }
    if (!p.goexit) {
      b.append("panic: ").append(textOf(p)).append(mark(p)).append('\n');
    }
  }

  /** The panics in progress, which a fatal error prints first, without calling any method. */
  static String beforeFatal(Machine m, Goroutine g) {
    if (g.panic == null) {
      return "";
    }
    for (PanicRecord p = g.panic; p != null; p = p.link) {
      if (p.link != null && same(p.link.value, p.value)) {
        p.link.repanicked = true;
      }
      if (!p.goexit && p.text == null) {
        p.text = PanicText.of(m, p.value);
      }
    }
    StringBuilder b = new StringBuilder();
    printpanics(g.panic, b);
    return b.append('\t').toString();
  }

  private static FatalError whilePrinting(PanicRecord p) {
    String text = "panic while printing panic value";
    InterfaceValue v = p.value;
    return FatalError.thrown(
        v != null && v.type().type.equals(new GoType.Basic(GoType.Kind.STRING))
            ? text + ": " + v.ref()
            : text + ": type " + (v == null ? "nil" : v.type().toString()));
  }

  /** After recover: the frame that deferred the recovering call goes on as if returning. */
  private static int resume(Machine m, Goroutine g, PanicFrame pf) {
    Frame target = pf.owner;
    PanicFrame goexit = null;
    for (Frame f = pf.up; f != target; f = f.up) {
      if (f instanceof PanicFrame q && q.panic.goexit) {
        goexit = q;
      }
    }
    if (goexit != null) {
      g.panic = goexit.panic;
      g.top = goexit;
      goexit.scan = goexit.up;
      return Slow.SWITCH;
    }
    PanicFrame lowest = pf;
    for (Frame f = pf.up; f != target; f = f.up) {
      if (f instanceof PanicFrame q) {
        lowest = q;
      }
    }
    g.panic = lowest.panic.link;
    if (g.panic == null) {
      g.signal = "";
    }
    g.top = target;
    target.pc = target.code.recoverPc;
    return Slow.SWITCH;
  }

  /** Starts a deferred call above {@code below}. */
  private static void call(
      Machine m, Goroutine g, Frame below, DeferRecord d, Event.DeferCause cause) {
    if (d.closure() == null) {
      throw GoPanic.nil();
    }
    Code c = m.code(d.closure());
    if (m.recording() && owner(below).code.user) {
      m.event(new Event.DeferRan(m.at(g), c.function.displayName(), cause));
    }
    Frame f = m.frame(g, d.closure(), below, -1, d.longs(), d.refs());
    f.deferCause = cause;
    if (!d.wrap().isEmpty()) {
      f.wrap = d.wrap();
      f.wrapAt = d.position();
    }
    g.top = f;
  }

  /** The frame whose defer statement made the call above {@code below}. */
  private static Frame owner(Frame below) {
    return below instanceof PanicFrame pf ? pf.owner : below;
  }

  /** The builtin recover, deferred itself by {@code owner}: a call without a frame of its own. */
  private static void builtin(Machine m, Goroutine g, Frame owner, Event.DeferCause cause) {
    boolean shown = m.recording() && owner.code.user;
    if (shown) {
      m.event(new Event.DeferRan(m.at(g), "recover", cause));
    }
    recover(m, g, owner);
    if (shown) {
      m.event(new Event.DeferReturned(m.at(g), "recover"));
    }
  }

  /** The RunDefers instruction: one deferred call at a time, until there is none. */
  static int runDefers(Machine m, Goroutine g, Frame f) {
    while (f.hasDefers()) {
      DeferRecord d = f.defers.pop();
      if (d.recover()) {
        builtin(m, g, f, Event.DeferCause.RETURN);
        continue;
      }
      call(m, g, f, d, Event.DeferCause.RETURN);
      return Slow.SWITCH;
    }
    return Slow.NEXT;
  }

  /**
   * A frame returned that was called by the machine: a deferred call, or a goroutine's first.
   *
   * @return whether the goroutine has ended
   */
  static boolean returned(Machine m, Goroutine g, Frame f) {
    if (f.up == null) {
      m.endGoroutine(g, false);
      return true;
    }
    if (m.recording() && owner(f.up()).code.user) {
      m.event(new Event.DeferReturned(m.at(g), f.code.function.displayName()));
    }
    return false;
  }

  /**
   * The builtin recover, called by {@code caller}.
   *
   * @return the value, or null for Go's nil
   */
  static InterfaceValue recover(Machine m, Goroutine g, Frame caller) {
    PanicRecord p = g.panic;
    Frame d = caller;
    while (d.up() != null && d.deferCause == null && d.up().code.wrapper) {
      d = d.up();
    }
    boolean direct = d.deferCause != null && d.up() instanceof PanicFrame pf && pf.panic == p;
    Event.RecoverNil why =
        p == null
            ? Event.RecoverNil.NOT_PANICKING
            : !direct
                ? Event.RecoverNil.NOT_CALLED_BY_DEFERRED
                : p.goexit
                    ? Event.RecoverNil.GOEXIT
                    : p.recovered ? Event.RecoverNil.ALREADY_RECOVERED : null;
    String name = caller.code.function.displayName();
    if (why != null) {
      if (m.recording() && caller.code.user) {
        m.event(new Event.RecoverReturnedNil(m.at(g), name, why));
      }
      return null;
    }
    p.recovered = true;
    if (m.recording()) {
      Function owner = ((PanicFrame) d.up).owner.code.function;
      m.event(new Event.Recovered(m.at(g), PanicText.brief(m, p.value), name, owner.displayName()));
    }
    return p.value;
  }
}
