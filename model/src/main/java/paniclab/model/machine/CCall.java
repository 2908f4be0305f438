package paniclab.model.machine;

import java.util.Optional;
import paniclab.model.c.CThread;

/** A call of C from Go in progress; kept in a register of the frame of cgo's stub. */
final class CCall {
  final int thread;

  /** How many C frames the thread had before, and where its stack ended. */
  final int floor;

  final long pointer;

  /** Number of the function; -1 for the first function of a thread that C made. */
  final int function;

  /** What a function of the library has returned before it waited. */
  long result;

  /** The Go function that C has called and that has not returned. */
  Optional<CThread.GoCall> goCall = Optional.empty();

  /** Its arguments and results, as cgo's wrapper of it has them; null while none runs. */
  Cells callback;

  /** C frames and the end of the C stack at that moment. */
  int depthInGo;

  long pointerInGo;

  CCall(int thread, int floor, long pointer, int function) {
    this.thread = thread;
    this.floor = floor;
    this.pointer = pointer;
    this.function = function;
  }

  CCall copy(Copier c) {
    CCall k = new CCall(thread, floor, pointer, function);
    k.result = result;
    k.goCall = goCall;
    k.callback = c.cells(callback);
    k.depthInGo = depthInGo;
    k.pointerInGo = pointerInGo;
    return k;
  }

  /** The call that a frame makes, or null. */
  static CCall of(Frame f) {
    for (Object o : f.refs) {
      if (o instanceof CCall c) {
        return c;
      }
    }
    return null;
  }

  /** The innermost call of C that a frame runs inside of, or null. */
  static CCall around(Frame f) {
    for (Frame u = f.up(); u != null; u = u.up()) {
      CCall c = of(u);
      if (c != null) {
        return c;
      }
    }
    return null;
  }
}
