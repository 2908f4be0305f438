package paniclab.model.machine;

import java.util.List;
import paniclab.model.program.GoString;
import paniclab.model.trace.WaitReason;

/** Packages os, os/signal and syscall. */
final class SystemNatives {
  private SystemNatives() {}

  private static final Native.Footprint OUTPUT =
      c -> Operation.on(Operation.OUTPUT, Operation.Kind.WRITE);

  static void addTo(Natives n) {
    n.add(
        "os.runtime_args",
        c -> {
          c.setRef(strings(c.machine().options().args()));
          return Step.DONE;
        });
    n.add(
        "syscall.runtime_envs",
        c -> {
          c.setRef(strings(c.machine().options().env()));
          return Step.DONE;
        });
    n.add(
        "syscall.Exit",
        OUTPUT,
        c -> {
          throw c.machine().exitProcess((int) c.longArg(0) & 0xff);
        });
    n.add(
        "syscall.write",
        OUTPUT,
        c -> {
          GoString s = BytesNatives.string((SliceValue) c.refArg(1));
          c.machine().print(c.goroutine(), (int) c.longArg(0), s);
          c.setLong(s.length());
          return Step.DONE;
        });
    n.add(
        "syscall.read",
        c -> Operation.on(STDIN, Operation.Kind.WRITE),
        c -> {
          SliceValue to = (SliceValue) c.refArg(0);
          c.setLong(BytesNatives.copyInto(to, c.machine().read(to == null ? 0 : to.length())));
          return Step.DONE;
        });
    signals(n);
  }

  /** The object of all reads of standard input. */
  private static final Object STDIN = new Object();

  private static SliceValue strings(List<String> list) {
    Object[] a = list.stream().map(GoString::of).toArray();
    return new SliceValue(new Cells(null, a), 0, a.length, a.length);
  }

  /** No signal arrives, but a program that listens is never told of a deadlock. */
  private static void signals(Natives n) {
    n.add("os/signal.signal_disable", c -> Step.DONE);
    n.add(
        "os/signal.signal_enable",
        c -> {
          c.machine().deadlockDetectorOff("os/signal.Notify waits for signals, and none comes");
          return Step.DONE;
        });
    n.add("os/signal.signal_ignore", c -> Step.DONE);
    n.add(
        "os/signal.signal_ignored",
        c -> {
          c.setBool(false);
          return Step.DONE;
        });
    n.add(
        "os/signal.signal_recv",
        c -> {
          c.machine().park(c.goroutine(), WaitReason.SYSCALL, "");
          return Step.BLOCK;
        });
    n.add("os/signal.signalWaitUntilIdle", c -> Step.DONE);
  }
}
