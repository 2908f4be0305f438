package paniclab.model.machine;

import java.util.function.ToLongFunction;
import paniclab.model.c.CKind;
import paniclab.model.c.CMachine;
import paniclab.model.c.CThread;
import paniclab.model.program.GoString;

/** What cgo's generated file calls, and cgo's helpers C.CString, C.GoBytes and so on. */
final class CgoNatives {
  private CgoNatives() {}

  /** The function of cgo that checks what is passed. */
  static final String CHECK = "main._cgoCheckPointer";

  private static final CKind[] SIZE = {CKind.U64};

  static void addTo(Natives n) {
    n.add("main._cgoAddress", CgoNatives::address);
    n.add(
        CHECK,
        c -> {
          CgoCheck.pointer(c.machine(), c.refArg(0), c.refArg(1));
          return Step.DONE;
        });
    n.add(
        "main._cgoCheckResult",
        c -> {
          CgoCheck.result(c.machine(), c.goroutine(), c.refArg(0));
          return Step.DONE;
        });
    n.add("main._cgoMain", CgoNatives::main);
    n.add("main._Cgo_no_callback", c -> Step.DONE);
    n.add("main._Cgo_use", c -> Step.DONE);
    n.add("main._Cgo_keepalive", c -> Step.DONE);
    strings(n);
    n.add(
        "internal/lab.Pin",
        c -> {
          if (c.machine().hasC() && c.refArg(0) instanceof InterfaceValue v) {
            pinned(v).ifPresent(p -> c.machine().cgo().pin(c.goroutine(), p, v.type().elem));
          }
          return Step.DONE;
        });
    n.add(
        "internal/lab.Unpin",
        c -> {
          if (c.machine().hasC() && c.refArg(0) instanceof InterfaceValue v) {
            pinned(v).ifPresent(p -> c.machine().cgo().unpin(c.goroutine(), p));
          }
          return Step.DONE;
        });
  }

  private static java.util.Optional<Pointer> pinned(InterfaceValue v) {
    return v.ref() instanceof Pointer p ? java.util.Optional.of(p) : java.util.Optional.empty();
  }

  private static void strings(Natives n) {
    n.add(
        "main._Cfunc_CString",
        c -> {
          GoString s = c.stringArg(0);
          byte[] b = java.util.Arrays.copyOf(s.toBytes(), s.length() + 1);
          c.setRef(put(c, "C.CString", b, c.machine().type(c.resultType())));
          return Step.DONE;
        });
    n.add(
        "main._Cfunc_CBytes",
        c -> {
          SliceValue s = (SliceValue) c.refArg(0);
          byte[] b = new byte[s == null ? 0 : s.length()];
          for (int i = 0; i < b.length; i++) {
            b[i] = (byte) s.cells().longs[s.offset() + i];
          }
          c.setRef(put(c, "C.CBytes", b, c.machine().type(c.resultType())));
          return Step.DONE;
        });
    n.add(
        "main._Cfunc__CMalloc",
        c -> {
          long p = malloc(c, "C.malloc", c.longArg(0));
          c.setRef(c.machine().cgo().pointer(p, c.machine().type(c.resultType())));
          return Step.DONE;
        });
    n.add(
        "main._Cfunc_GoString",
        c -> {
          c.setRef(text(c, m -> m.stringLength(addressOf(c))));
          return Step.DONE;
        });
    n.add(
        "main._Cfunc_GoStringN",
        c -> {
          c.setRef(text(c, m -> c.longArg(1)));
          return Step.DONE;
        });
    n.add(
        "main._Cfunc_GoBytes",
        c -> {
          c.setRef(Conversions.stringToBytes(text(c, m -> c.longArg(1))));
          return Step.DONE;
        });
  }

  private static long addressOf(NativeCall c) {
    return c.machine().cgo().address(c.refArg(0), c.argType(0));
  }

  private static GoString text(NativeCall c, ToLongFunction<paniclab.model.c.CMemory> length) {
    Cgo cgo = c.machine().cgo();
    long at = addressOf(c);
    if (at == 0) {
      return GoString.EMPTY;
    }
    cgo.flush();
    try {
      long n = length.applyAsLong(cgo.memory());
      if (n < 0) {
        throw new OutOfModelException("a negative length for C.GoBytes or C.GoStringN");
      }
      return GoString.wrap(cgo.memory().get(at, (int) n));
    } catch (paniclab.model.c.CFault e) {
      throw new OutOfModelException("Go reads memory that C has not got");
    }
  }

  private static long malloc(NativeCall c, String who, long bytes) {
    Cgo cgo = c.machine().cgo();
    try {
      long p = cgo.library(c.goroutine(), "malloc", new long[] {bytes}, SIZE);
      if (p == 0) {
        throw FatalError.thrown("runtime: C malloc failed");
      }
      cgo.lives().made(c.goroutine(), p, who, bytes);
      return p;
    } catch (FatalError e) {
      throw e;
    } catch (RuntimeException e) {
      throw cgo.ended(c.goroutine(), e);
    }
  }

  private static Pointer put(NativeCall c, String who, byte[] bytes, RType type) {
    long p = malloc(c, who, bytes.length);
    c.machine().cgo().memory().put(p, bytes);
    return c.machine().cgo().pointer(p, type);
  }

  /** The address of a C variable, or of a C function that is used as a value. */
  private static Step address(NativeCall c) {
    Cgo cgo = c.machine().cgo();
    String name = c.stringArg(0).toString();
    long a =
        cgo.machine()
            .address(name)
            .orElseThrow(() -> new OutOfModelException("not supported by the model: C." + name));
    c.setRef(cgo.pointer(a, c.machine().type(c.resultType())));
    return Step.DONE;
  }

  /** The main function of a program that is all C. */
  private static Step main(NativeCall c) {
    Machine m = c.machine();
    Cgo cgo = m.cgo();
    Goroutine g = c.goroutine();
    CThread t = cgo.thread(g);
    g.resumed = false;
    try {
      if (cgo.machine().depth(t) == 0) {
        int number =
            cgo.program()
                .function("main")
                .orElseThrow(() -> new OutOfModelException("a C program without main"));
        int n = cgo.program().functions().get(number).params().size();
        if (n > 0) {
          throw new OutOfModelException("arguments of a C program");
        }
        cgo.machine().call(t, number, new long[0]);
      } else {
        cgo.resumed(t);
      }
      g.inC = true;
      CMachine.Stop stop = cgo.run(g, t, 0);
      return switch (stop) {
        case DONE -> {
          long status = cgo.machine().result(t);
          cgo.machine().flush();
          m.exitProcess((int) status & 0xff);
          yield Step.DONE;
        }
        case GO -> throw new OutOfModelException("Go called from a program without Go");
        case WAIT -> {
          cgo.park(g, t);
          yield Step.RETRY;
        }
        case BUDGET -> Step.AGAIN;
      };
    } catch (OutOfModelException | Machine.LimitReached | ProcessExit e) {
      throw e;
    } catch (RuntimeException e) {
      throw cgo.ended(g, e);
    }
  }

  /** The dynamic type of errors that errno gives. */
  static RType errnoType(Machine m) {
    return m.type(
        m.image
            .program
            .function(Cgo.ERRNO_ERROR)
            .orElseThrow(() -> new OutOfModelException("errno of C as an error"))
            .signature()
            .parameters()
            .getFirst());
  }
}
