package paniclab.model.machine;

import paniclab.model.c.CMachine;
import paniclab.model.c.CProgram;
import paniclab.model.c.CThread;
import paniclab.model.program.GoType;
import paniclab.model.trace.Event;

/**
 * C calls an exported Go function: through cgo's wrapper, which has all arguments in one struct.
 */
final class CgoCallbacks {
  private CgoCallbacks() {}

  /** Puts the wrapper's frame on the stack. */
  static void enter(Machine m, Cgo cgo, Goroutine g, Frame f, CThread t, CCall call) {
    CThread.GoCall target = t.goCall().orElseThrow();
    CMachine c = cgo.machine();
    call.goCall = t.goCall();
    call.depthInGo = c.depth(t);
    call.pointerInGo = c.stackPointer(t);
    CProgram.Export export = target.export();
    if (m.recording()) {
      m.event(new Event.CgoCallback(m.at(g), export.name(), call.depthInGo));
    }
    Code code = m.image.code(export.function());
    RType struct = m.image.type(code.function.signature().parameters().getFirst()).elem;
    Cells variable = struct.newCells(1);
    Cells arguments = (Cells) variable.refs[0];
    for (int i = 0; i < target.arguments().length; i++) {
      set(cgo, arguments, i, struct.fields[i], target.arguments()[i]);
    }
    call.callback = arguments;
    Frame wrapper = new Frame(code, f, -1);
    wrapper.injected = true;
    wrapper.refs[0] = new Pointer(variable, 0);
    if (wrapper.words > g.softWords) {
      Stacks.deeper(m, g, wrapper);
    }
    g.top = wrapper;
  }

  private static void set(Cgo cgo, Cells arguments, int i, RType type, long value) {
    switch (type.shape) {
      case LONG -> arguments.longs[i] = value;
      case REF -> {
        if (!(type.under instanceof GoType.Pointer) && !CValues.isUnsafePointer(type)) {
          throw CValues.unfit(type);
        }
        arguments.refs[i] = cgo.pointer(value, type);
      }
      case CELLS -> CValues.read(cgo, cgo.memory(), value, type, arguments, i);
      case STRING, COMPLEX -> throw CValues.unfit(type);
    }
  }

  /** The wrapper has returned: its result as C takes it. */
  static long returned(Machine m, Cgo cgo, Goroutine g, CThread t, CCall call) {
    CThread.GoCall target = call.goCall.orElseThrow();
    CMachine c = cgo.machine();
    if (c.depth(t) > call.depthInGo) {
      c.unwind(t, call.depthInGo, call.pointerInGo);
    }
    RType struct =
        m.image.type(
                m.image
                    .code(target.export().function())
                    .function
                    .signature()
                    .parameters()
                    .getFirst())
            .elem;
    int n = target.arguments().length;
    long value = 0;
    if (struct.fields.length > n) {
      RType type = struct.fields[n];
      if (struct.fields.length > n + 1 || type.shape == RType.Shape.CELLS) {
        throw new OutOfModelException("an exported Go function that returns a struct to C");
      }
      value =
          switch (type.shape) {
            case LONG -> call.callback.longs[n];
            case REF -> cgo.address(call.callback.refs[n], type);
            case STRING, COMPLEX, CELLS -> throw CValues.unfit(type);
          };
    }
    if (m.recording()) {
      m.event(new Event.CgoCallbackReturned(m.at(g), target.export().name(), call.depthInGo));
    }
    call.callback = null;
    call.goCall = java.util.Optional.empty();
    c.returnFromGo(t, target, value);
    return value;
  }
}
