package paniclab.model.machine;

import java.util.List;
import java.util.Optional;
import paniclab.model.program.GoString;
import paniclab.model.signal.Signal;
import paniclab.model.signal.Signals;
import paniclab.model.trace.WaitReason;

/** Packages os, os/signal and syscall. */
final class SystemNatives {
  private SystemNatives() {}

  private static final Native.Footprint OUTPUT =
      c -> Operation.on(Operation.OUTPUT, Operation.Kind.WRITE);

  /** A write to a broken pipe raises a signal too. */
  private static final Native.Footprint WRITE =
      c ->
          c.machine().signals.isBroken((int) c.longArg(0))
              ? Operation.fatal(ProcessSignals.OBJECT)
              : Operation.on(Operation.OUTPUT, Operation.Kind.WRITE);

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
        WRITE,
        c -> {
          int fd = (int) c.longArg(0);
          Machine m = c.machine();
          if (m.signals.isBroken(fd)) {
            m.signals.brokenPipe(m, c.goroutine());
            m.leaveIfEnded();
            c.setLong(-1);
            return Step.DONE;
          }
          GoString s = BytesNatives.string((SliceValue) c.refArg(1));
          m.print(c.goroutine(), fd, s);
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

  // ---- signals

  private static final Native.Footprint HANDLING =
      c -> Operation.on(ProcessSignals.OBJECT, Operation.Kind.WRITE);

  private static ProcessSignals signals(NativeCall c) {
    return c.machine().signals;
  }

  /** The signal of the first argument; os/signal asks only for numbers that there are. */
  private static Optional<Signal> signal(NativeCall c) {
    long n = c.longArg(0) & 0xffffffffL;
    return n >= 1 && n <= Signals.MAX ? Optional.of(Signals.of((int) n)) : Optional.empty();
  }

  /** The ground beneath os/signal: runtime/sigqueue.go. */
  private static void signals(Natives n) {
    n.add(
        "os/signal.signal_enable",
        HANDLING,
        c -> {
          c.machine().deadlockDetectorOff("os/signal.Notify waits for signals, and none comes");
          signal(c).ifPresent(signals(c).handling::enable);
          return Step.DONE;
        });
    n.add(
        "os/signal.signal_disable",
        HANDLING,
        c -> {
          signal(c).ifPresent(signals(c).handling::disable);
          return Step.DONE;
        });
    n.add(
        "os/signal.signal_ignore",
        HANDLING,
        c -> {
          signal(c).ifPresent(signals(c).handling::ignore);
          return Step.DONE;
        });
    n.add(
        "os/signal.signal_ignored",
        c -> Operation.on(ProcessSignals.OBJECT, Operation.Kind.READ),
        c -> {
          c.setBool(signal(c).filter(signals(c).handling::isIgnored).isPresent());
          return Step.DONE;
        });
    n.add("os/signal.signal_recv", HANDLING, c -> signals(c).hasQueued(), SystemNatives::receive);
    n.add("os/signal.signalWaitUntilIdle", HANDLING, SystemNatives::waitUntilIdle);
    n.add(
        "syscall.kill",
        HANDLING,
        c -> {
          c.machine().sendToSelf(c.goroutine(), signal(c).orElseThrow());
          return Step.DONE;
        });
    n.add(
        "os.sigpipe",
        c -> Operation.fatal(ProcessSignals.OBJECT),
        c -> {
          signals(c).standardOutputBroken(c.machine(), c.goroutine());
          c.machine().leaveIfEnded();
          return Step.DONE;
        });
  }

  private static Step receive(NativeCall c) {
    Machine m = c.machine();
    int signal = signals(c).receive();
    if (signal != 0) {
      c.setLong(signal);
      return Step.DONE;
    }
    m.parkOn(c.goroutine(), WaitReason.SYSCALL, ProcessSignals.RECEIVER);
    for (Optional<Goroutine> g = m.firstWaiter(ProcessSignals.IDLE);
        g.isPresent();
        g = m.firstWaiter(ProcessSignals.IDLE)) {
      m.ready(g.get(), true, c.goroutine());
    }
    return Step.RETRY;
  }

  /** Go spins here; nobody can tell that from waiting. */
  private static Step waitUntilIdle(NativeCall c) {
    Machine m = c.machine();
    if (!signals(c).hasQueued() && m.waiterCount(ProcessSignals.RECEIVER) > 0) {
      return Step.DONE;
    }
    m.parkOn(c.goroutine(), WaitReason.SYSCALL, ProcessSignals.IDLE);
    return Step.BLOCK;
  }
}
