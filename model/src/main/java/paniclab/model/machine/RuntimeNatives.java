package paniclab.model.machine;

import java.util.List;
import paniclab.model.crash.CrashPrinter;
import paniclab.model.explore.Scheduler;
import paniclab.model.program.GoString;

/** Packages runtime, runtime/debug and internal/lab. */
final class RuntimeNatives {
  private RuntimeNatives() {}

  /** The toolchain whose library the model runs. */
  static final String VERSION = "go1.26.8";

  /** Processors the program is told of: the schedules are those of any number. */
  static final int CPUS = 8;

  static void addTo(Natives n) {
    scheduling(n);
    threads(n);
    stacks(n);
    memory(n);
    debug(n);
    lab(n);
  }

  // ---- runtime

  private static void scheduling(Natives n) {
    n.add("runtime.Gosched", c -> Step.YIELD);
    n.add(
        "runtime.Goexit",
        c -> {
          c.machine().goexit(c.goroutine());
          return Step.SWITCH;
        });
    n.addLook(
        "runtime.NumGoroutine",
        c -> Operation.on(Operation.GOROUTINES, Operation.Kind.READ),
        c -> {
          c.setLong(c.machine().numGoroutine());
          return Step.DONE;
        });
    n.add(
        "runtime.NumCPU",
        c -> {
          c.setLong(CPUS);
          return Step.DONE;
        });
    n.add(
        "runtime.GOMAXPROCS",
        c -> {
          RuntimeState s = c.machine().runtime;
          c.setLong(s.maxProcs);
          if (c.longArg(0) > 0) {
            c.machine().setMaxProcs(c.goroutine(), c.longArg(0));
          }
          return Step.DONE;
        });
    n.add(
        "runtime.Version",
        c -> {
          c.setRef(GoString.of(VERSION));
          return Step.DONE;
        });
  }

  private static void threads(Natives n) {
    n.add(
        "runtime.LockOSThread",
        c ->
            c.machine().runtime.threads.limit < OsThreads.LIMIT
                ? Operation.on(OsThreads.COUNT, Operation.Kind.WRITE)
                : Operation.NONE,
        c -> {
          c.machine().lockThread(c.goroutine());
          return Step.DONE;
        });
    n.add(
        "runtime.UnlockOSThread",
        c -> {
          c.machine().unlockThread(c.goroutine());
          return Step.DONE;
        });
  }

  private static void stacks(Natives n) {
    n.add(
        "runtime.Stack",
        c ->
            c.longArg(1) == 0
                ? Operation.NONE
                : Operation.on(Operation.EVERYTHING, Operation.Kind.READ),
        c -> {
          Machine m = c.machine();
          boolean all = c.longArg(1) != 0;
          int id = c.goroutine().id;
          List<GoroutineView> views =
              m.snapshot().stream().filter(v -> all || v.id() == id).toList();
          String text = CrashPrinter.stack(id, views);
          c.setLong(BytesNatives.copyInto((SliceValue) c.refArg(0), GoString.of(text)));
          return Step.DONE;
        });
    n.add(
        "runtime.Callers",
        c -> {
          SliceValue out = (SliceValue) c.refArg(1);
          long skip = c.longArg(0);
          int k = 0;
          Frame callee = null;
          int room = out == null ? 0 : out.length();
          for (Frame f = c.goroutine().top; f != null && k < room; callee = f, f = f.up()) {
            if (f.code.wrapper) {
              continue;
            }
            if (skip-- > 0) {
              continue;
            }
            out.cells().longs[out.offset() + k++] =
                c.machine().image.place(f.code.function, GoroutineView.position(f, callee));
          }
          c.setLong(k);
          return Step.DONE;
        });
    n.add(
        "runtime.frameAt",
        c -> {
          Image.Place p = c.machine().image.place(c.longArg(0));
          if (p != null) {
            c.setRef(0, GoString.of(p.function().displayName()));
            c.setRef(1, GoString.of(p.position().isKnown() ? p.position().file() : "?"));
            c.setLong(2, p.position().isKnown() ? p.position().line() : 0);
            c.setLong(3, c.longArg(0));
          }
          c.setLong(4, p == null ? 0 : 1);
          return Step.DONE;
        });
  }

  private static void memory(Natives n) {
    n.add(
        "runtime.GC",
        c -> {
          RuntimeState s = c.machine().runtime;
          if (s.awaitsCollection) {
            throw new OutOfModelException(
                "runtime.GC in a program with finalizers or weak pointers");
          }
          c.machine().collect();
          return c.machine().collectGarbage() ? Step.YIELD : Step.DONE;
        });
    n.add(
        "runtime.memStats",
        c -> {
          Machine m = c.machine();
          Cells counts = new Cells(new long[5], null);
          counts.longs[0] = RuntimeState.HEAP_AT_START;
          counts.longs[1] = RuntimeState.HEAP_AT_START;
          counts.longs[2] = RuntimeState.OBJECTS_AT_START;
          counts.longs[3] = m.stackBytes();
          counts.longs[4] = m.runtime.collections;
          c.setRef(counts);
          return Step.DONE;
        });
  }

  private static void debug(Natives n) {
    n.add(
        "runtime/debug.SetMaxStack",
        c -> {
          c.setLong(c.machine().setMaxStack(c.longArg(0)));
          return Step.DONE;
        });
    n.add(
        "runtime/debug.SetMaxThreads",
        c -> {
          int limit = (int) Math.min(c.longArg(0), Integer.MAX_VALUE);
          RuntimeState s = c.machine().runtime;
          c.setLong(s.threads.limit(limit, s.maxProcs));
          return Step.DONE;
        });
    n.add(
        "runtime/debug.SetPanicOnFault",
        c -> {
          Goroutine g = c.goroutine();
          c.setBool(g.panicOnFault);
          g.panicOnFault = c.longArg(0) != 0;
          return Step.DONE;
        });
    n.add(
        "runtime/debug.SetTraceback",
        c -> {
          c.machine().setTraceback(c.stringArg(0).toString());
          return Step.DONE;
        });
    n.add(
        "runtime/debug.FreeOSMemory",
        c -> {
          c.machine().collect();
          return c.machine().collectGarbage() ? Step.YIELD : Step.DONE;
        });
    n.add(
        "runtime/debug.SetGCPercent",
        c -> {
          RuntimeState s = c.machine().runtime;
          c.setLong(s.gcPercent);
          s.gcPercent = c.longArg(0) < 0 ? -1 : (int) c.longArg(0);
          return Step.DONE;
        });
    n.add(
        "runtime/debug.SetMemoryLimit",
        c -> {
          RuntimeState s = c.machine().runtime;
          c.setLong(s.memoryLimit);
          if (c.longArg(0) >= 0) {
            s.memoryLimit = c.longArg(0);
          }
          return Step.DONE;
        });
  }

  // ---- internal/lab

  private static void lab(Natives n) {
    n.add(
        "internal/lab.OutOfModel",
        c -> {
          throw new OutOfModelException("not supported by the model: " + c.stringArg(0));
        });
    n.add(
        "internal/lab.Fatal",
        c -> {
          throw FatalError.fatal(c.stringArg(0).toString());
        });
    n.add(
        "internal/lab.AtStart",
        c -> {
          InterfaceValue v = (InterfaceValue) c.refArg(0);
          c.setBool(!(v.ref() instanceof Pointer p) || p.index() == 0);
          return Step.DONE;
        });
    n.add(
        "internal/lab.Throw",
        c -> {
          throw FatalError.thrown(c.stringArg(0).toString());
        });
    n.add(
        "internal/lab.NoteCollectable",
        c -> {
          c.machine().runtime.awaitsCollection = true;
          return Step.DONE;
        });
    n.add(
        "internal/lab.AddCleanup",
        c -> {
          RuntimeState s = c.machine().runtime;
          InterfaceValue v = (InterfaceValue) c.refArg(0);
          Pointer p = (Pointer) v.ref();
          s.cleanups.add(
              new Collector.Cleanup(
                  ++s.lastCleanup, p.cells(), (Closure) c.refArg(1), v.type().elem));
          c.setLong(s.lastCleanup);
          return Step.DONE;
        });
    n.add(
        "internal/lab.StopCleanup",
        c -> {
          c.machine().runtime.cleanups.removeIf(x -> x.id() == c.longArg(0));
          return Step.DONE;
        });
    n.add(
        "internal/lab.Caller",
        c -> {
          long skip = c.longArg(0);
          String name = "";
          for (Frame f = c.goroutine().top.up(); f != null && name.isEmpty(); f = f.up()) {
            if (!f.code.wrapper && !(f instanceof PanicFrame) && skip-- <= 0) {
              name = f.code.function.displayName();
            }
          }
          c.setRef(GoString.of(name));
          return Step.DONE;
        });
    n.add(
        "internal/lab.Interior",
        c -> {
          InterfaceValue v = (InterfaceValue) c.refArg(0);
          c.setBool(v.ref() instanceof Pointer p && p.index() > 0);
          return Step.DONE;
        });
    n.add("internal/lab.Order", RuntimeNatives::order);
    n.add(
        "internal/lab.Overlap",
        c -> {
          Pointer a0 = (Pointer) c.refArg(0);
          Pointer a1 = (Pointer) c.refArg(1);
          Pointer b0 = (Pointer) c.refArg(2);
          Pointer b1 = (Pointer) c.refArg(3);
          c.setBool(
              a0.cells() == b0.cells() && a0.index() <= b1.index() && b0.index() <= a1.index());
          return Step.DONE;
        });
  }

  private static Step order(NativeCall c) {
    int count = (int) c.longArg(0);
    long[] order = new long[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int i = 0; i + 1 < count; i++) {
      int k = c.machine().choose(new Scheduler.Choice.MapOrder(c.goroutine().id, count - i));
      long taken = order[i + k];
      System.arraycopy(order, i, order, i + 1, k);
      order[i] = taken;
    }
    c.setRef(new SliceValue(new Cells(order, null), 0, count, count));
    return Step.DONE;
  }
}
