package paniclab.model.machine;

import java.util.List;
import paniclab.model.c.CKind;
import paniclab.model.c.CMachine;
import paniclab.model.c.CProgram;
import paniclab.model.c.CThread;
import paniclab.model.program.GoType;
import paniclab.model.trace.Event;

/** The body of one of cgo's stubs: from Go into C, and back; see runtime/cgocall.go. */
final class CgoCall implements Slow {
  /** What gives Go memory of C, beside cgo's own helpers. */
  private static final List<String> ALLOCATES = List.of("calloc", "malloc", "strdup", "strndup");

  private final String name;
  private final List<GoType> parameters;
  private final List<GoType> results;
  private final boolean withErrno;

  /** Where parameters, the result and the call in progress are kept. */
  private final int[] at;

  private final int result;
  private final int state;

  CgoCall(
      String name,
      List<GoType> parameters,
      List<GoType> results,
      boolean withErrno,
      int[] at,
      int result,
      int state) {
    this.name = name;
    this.parameters = parameters;
    this.results = results;
    this.withErrno = withErrno;
    this.at = at;
    this.result = result;
    this.state = state;
  }

  @Override
  public boolean visible() {
    return true;
  }

  @Override
  public Operation operation(Machine m, Goroutine g, Frame f) {
    return Operation.on(Operation.OUTPUT, Operation.Kind.WRITE);
  }

  @Override
  public int run(Machine m, Goroutine g, Frame f) {
    Cgo cgo = m.cgo();
    g.resumed = false;
    CCall call = (CCall) f.refs[state];
    try {
      if (call == null) {
        CThread t = cgo.thread(g);
        settle(cgo, t, CCall.around(f));
        call = begin(m, cgo, g, f, t);
        if (call == null) {
          return NEXT;
        }
      } else {
        resume(m, cgo, g, cgo.threadNumber(call.thread), call);
      }
      return go(m, cgo, g, f, call);
    } catch (GoPanic | OutOfModelException | FatalError | Machine.LimitReached e) {
      throw e;
    } catch (RuntimeException e) {
      throw cgo.ended(g, e);
    }
  }

  /**
   * A Go panic may have passed over C frames since: they are gone, and what C wanted to do after
   * its call of Go is never done.
   */
  private static void settle(Cgo cgo, CThread t, CCall around) {
    int depth = around == null ? 0 : around.depthInGo;
    if (cgo.machine().depth(t) > depth) {
      cgo.machine()
          .unwind(t, depth, around == null ? cgo.machine().stackTop(t) : around.pointerInGo);
    }
  }

  /** Starts the call; null if it is done already. */
  private CCall begin(Machine m, Cgo cgo, Goroutine g, Frame f, CThread t) {
    CMachine c = cgo.machine();
    int number =
        cgo.program()
            .function(name)
            .orElseThrow(
                () -> new OutOfModelException("not supported by the model: C function " + name));
    CProgram.Function callee = cgo.program().functions().get(number);
    int floor = c.depth(t);
    long pointer = c.stackPointer(t);
    if (withErrno) {
      c.clearErrno(t);
    }
    if (m.recording()) {
      m.event(new Event.CgoEntered(m.at(g), name, floor));
    }
    long[] arguments = arguments(m, cgo, g, f, t, callee);
    CCall call = new CCall(t.id(), floor, pointer, number);
    f.refs[state] = call;
    g.inC = true;
    if (callee.defined() || !c.inLibrary(name)) {
      c.call(t, number, arguments);
      return call;
    }
    CKind[] kinds = callee.params().stream().map(CProgram.Param::kind).toArray(CKind[]::new);
    if (name.equals("free")) {
      cgo.lives().freed(g, arguments[0]);
    }
    long r = cgo.library(g, name, arguments, kinds);
    if (ALLOCATES.contains(name)) {
      long size = cgo.machine().heap().block(r).map(b -> b[1] - b[0]).orElse(0L);
      cgo.lives().made(g, r, "C." + name, size);
    }
    if (t.waiting().isPresent()) {
      if (!(t.waiting().get() instanceof CThread.Wait.Sleep)) {
        throw new OutOfModelException("C." + name + " called from Go");
      }
      call.result = r;
      return call;
    }
    finish(m, cgo, g, f, t, call, r);
    return null;
  }

  private long[] arguments(
      Machine m, Cgo cgo, Goroutine g, Frame f, CThread t, CProgram.Function callee) {
    long[] a = new long[parameters.size()];
    for (int i = 0; i < a.length; i++) {
      RType type = m.image.type(parameters.get(i));
      switch (type.shape) {
        case LONG -> a[i] = f.longs[at[i]];
        case REF -> {
          if (!(type.under instanceof GoType.Pointer) && !CValues.isUnsafePointer(type)) {
            throw CValues.unfit(type);
          }
          a[i] = cgo.address(f.refs[at[i]], type);
          cgo.lent(g, a[i]);
        }
        case CELLS -> {
          long room = cgo.machine().reserve(t, (int) Math.max(16, type.size()));
          Cells one = new Cells(null, new Object[] {f.refs[at[i]]});
          cgo.memory().fill(room, 0, type.size());
          CValues.write(cgo, cgo.memory(), room, type, one, 0);
          a[i] = room;
        }
        case STRING, COMPLEX -> throw CValues.unfit(type);
      }
    }
    if (callee.variadic() || callee.params().size() != a.length) {
      throw new OutOfModelException("a call of C function " + name + " with these arguments");
    }
    return a;
  }

  private static void resume(Machine m, Cgo cgo, Goroutine g, CThread t, CCall call) {
    cgo.resumed(t);
    if (call.callback == null) {
      return;
    }
    CgoCallbacks.returned(m, cgo, g, t, call);
    g.inC = true;
  }

  /** Lets C run until it returns, calls Go or waits. */
  private int go(Machine m, Cgo cgo, Goroutine g, Frame f, CCall call) {
    CThread t = cgo.threadNumber(call.thread);
    CMachine.Stop stop = t.waiting().isPresent() ? CMachine.Stop.WAIT : cgo.run(g, t, call.floor);
    return switch (stop) {
      case DONE -> {
        boolean defined = cgo.program().functions().get(call.function).defined();
        finish(m, cgo, g, f, t, call, defined ? cgo.machine().result(t) : call.result);
        yield NEXT;
      }
      case GO -> {
        g.inC = false;
        CgoCallbacks.enter(m, cgo, g, f, t, call);
        yield SWITCH;
      }
      case WAIT -> {
        cgo.park(g, t);
        yield BLOCK;
      }
      case BUDGET -> YIELD;
    };
  }

  private void finish(Machine m, Cgo cgo, Goroutine g, Frame f, CThread t, CCall call, long value) {
    f.refs[state] = null;
    g.inC = false;
    put(m, cgo, f, t, value);
    cgo.machine().release(t, call.pointer);
    if (m.recording()) {
      m.event(new Event.CgoReturned(m.at(g), name, call.floor));
    }
    cgo.leave(g, t);
  }

  private void put(Machine m, Cgo cgo, Frame f, CThread t, long value) {
    if (results.isEmpty()) {
      return;
    }
    RType type = m.image.type(results.getFirst());
    if (!withErrno) {
      if (type.isLong()) {
        f.longs[result] = value;
      } else {
        f.refs[result] = ref(cgo, type, value);
      }
      return;
    }
    Cells tuple = (Cells) m.image.type(new GoType.Tuple(results)).zeroRef();
    if (type.isLong()) {
      tuple.longs[0] = value;
    } else {
      tuple.refs[0] = ref(cgo, type, value);
    }
    int errno = cgo.machine().errno(t);
    tuple.refs[1] = errno == 0 ? null : new InterfaceValue(CgoNatives.errnoType(m), errno, null);
    f.refs[result] = tuple;
  }

  private static Object ref(Cgo cgo, RType type, long value) {
    if (type.shape == RType.Shape.CELLS) {
      Cells one = type.newCells(1);
      if (type.size() > 0) {
        CValues.read(cgo, cgo.memory(), value, type, one, 0);
      }
      return one.refs[0];
    }
    return cgo.pointer(value, type);
  }
}
