package paniclab.model.machine;

import java.util.List;
import java.util.OptionalInt;
import paniclab.model.c.CMachine;
import paniclab.model.c.CThread;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Position;

/**
 * What a thread that C made runs: its C function, and Go functions that this calls, on a goroutine
 * that the thread borrows for them.
 */
final class CThreadStart implements Slow {
  private CThreadStart() {}

  /** The code of the outermost frame of such a goroutine; its only register holds the call. */
  static final Code CODE = code();

  private static Code code() {
    Function f =
        new Function(
            "runtime.cgocallback",
            "runtime.cgocallback",
            "runtime",
            Function.Origin.EXTERNAL,
            Position.NONE,
            new GoType.Signature(List.of(), List.of(), false),
            0,
            0,
            List.of(),
            List.of(),
            OptionalInt.empty());
    Code c = new Code(f);
    c.ops = new int[] {Op.SLOW, 0, Op.RET};
    c.at = new Position[] {Position.NONE, Position.NONE, Position.NONE};
    c.refs = new Object[1];
    c.slows = new Slow[] {new CThreadStart()};
    return c;
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
    CThread t = cgo.thread(g);
    CCall call = (CCall) f.refs[0];
    try {
      if (call == null) {
        call = new CCall(t.id(), 0, 0, -1);
        f.refs[0] = call;
      } else {
        cgo.resumed(t);
        if (call.callback != null) {
          CgoCallbacks.returned(m, cgo, g, t, call);
          g.system = true;
        }
      }
      g.inC = true;
      CMachine.Stop stop = cgo.run(g, t, 0);
      return switch (stop) {
        case DONE -> {
          cgo.machine().endThread(t);
          g.inC = false;
          yield NEXT;
        }
        case GO -> {
          g.system = false;
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
    } catch (GoPanic | OutOfModelException | FatalError | Machine.LimitReached e) {
      throw e;
    } catch (RuntimeException e) {
      throw cgo.ended(g, e);
    }
  }
}
