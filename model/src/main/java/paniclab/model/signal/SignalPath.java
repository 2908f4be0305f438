package paniclab.model.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The way of one signal through the runtime, a step at a time: from the kernel through {@code
 * sighandler} ({@code src/runtime/signal_unix.go} of Go 1.26, linux/amd64, without cgo) to what
 * becomes of it. It has two entrances: an instruction of the program went wrong, or somebody sent
 * it. The machine asks this very object what to do.
 *
 * <pre>
 * var h = SignalHandling.atStart();
 * var p = SignalPath.sent(Signals.of("SIGQUIT"), Origin.KILL, h);
 * while (!p.done()) p.step();
 * p.effect()      // DUMP
 * p.exitStatus()  // 2
 * </pre>
 */
public final class SignalPath {
  /** A place on the way. */
  public enum Node {
    /** An instruction of Go code went wrong. */
    GO_FAULT("instruction of Go code", false),
    /** An instruction of C code, or of the runtime, went wrong. */
    C_FAULT("instruction of C code", false),
    /** kill(2), from another process or the program itself. */
    SENT("kill(2)", false),
    /** A key of the terminal. */
    KEY("terminal", false),
    /** Which handler is installed? */
    KERNEL("kernel: sigaction", false),
    /** The kernel ends the process. */
    KERNEL_KILLS("kernel: terminate", true),
    /** The kernel stops the process. */
    KERNEL_STOPS("kernel: stop", true),
    /** The kernel lets the process go on. */
    KERNEL_CONTINUES("kernel: continue", true),
    /** The kernel drops it. */
    KERNEL_DROPS("kernel: ignore", true),
    /** The runtime's handler, on the signal stack of the thread. */
    SIGHANDLER("runtime.sighandler", false),
    /** The stack is made to look as if the faulting function had called sigpanic. */
    PREPARE_PANIC("runtime.(*sigctxt).preparePanic", false),
    /** Back on the goroutine: which panic is it? */
    SIGPANIC("runtime.sigpanic", false),
    /** An ordinary panic. */
    GOPANIC("runtime.gopanic", true),
    /** A throw: unexpected fault address. */
    THROW("runtime.throw(\"fault\")", true),
    /** Has os/signal asked for it? */
    SIGSEND("runtime.sigsend", false),
    /** It is queued for os/signal and its channels. */
    CHANNEL("os/signal.process", true),
    /** Was os/signal told to ignore it? */
    SIGNAL_IGNORED("runtime.signal_ignored", false),
    /** Which flags has it? */
    FLAGS("sigtable[sig].flags", false),
    /** The handler returns and nothing has happened. */
    RETURN("return", true),
    /** The default handler is put back and the signal raised again. */
    DIE_FROM_SIGNAL("runtime.dieFromSignal", true),
    /** The first lines of the dump. */
    FATALSIGNAL("runtime.fatalsignal", false),
    /** All goroutines and the registers. */
    TRACEBACK("runtime.tracebackothers", false),
    /** The end of the dump. */
    EXIT("runtime.exit(2)", true),
    /** With GOTRACEBACK=crash: SIGABRT to itself. */
    CRASH("runtime.crash", true);

    private final String goName;
    private final boolean end;

    Node(String goName, boolean end) {
      this.goName = goName;
      this.end = end;
    }

    /** The function's name in Go, or what stands for it. */
    public String goName() {
      return goName;
    }

    /** Whether the way of the signal ends here. */
    public boolean isEnd() {
      return end;
    }
  }

  /** Why the way went on from a place as it did. */
  public enum Because {
    /** There is only one way on. */
    ALWAYS("always"),
    HANDLER_GO("the runtime's handler is installed"),
    HANDLER_DEFAULT("no handler is installed"),
    HANDLER_IGNORE("os/signal.Ignore was called"),
    FAULT_IN_GO("_SigPanic, raised by Go code"),
    NOT_A_FAULT("sent by somebody"),
    FAULT_ELSEWHERE("raised by C code or the runtime"),
    PROF("the profiler's signal"),
    PER_THREAD("the runtime's own signal"),
    WANTED("os/signal.Notify has asked for it"),
    NOT_WANTED("nobody has asked for it"),
    NOT_ASKED("os/signal is not asked"),
    IGNORED("os/signal.Ignore was called"),
    NOT_IGNORED("it is not ignored"),
    FLAG_KILL("_SigKill"),
    FLAG_THROW("_SigThrow or _SigPanic"),
    NO_FLAG("neither _SigKill nor _SigThrow"),
    NIL_PAGE("the address is below 4096"),
    PANIC_ON_FAULT("debug.SetPanicOnFault(true)"),
    DIVISION("SIGFPE"),
    FAR_ADDRESS("the address is 4096 or more"),
    LEVEL_CRASH("GOTRACEBACK=crash"),
    LEVEL_OTHER("GOTRACEBACK below crash");

    private final String words;

    Because(String words) {
      this.words = words;
    }

    /** In English; figures have their own words. */
    public String words() {
      return words;
    }
  }

  /** A step: where the signal is, and why it goes on to the next place. */
  public record Step(Node node, Because because) {
    @Override
    public String toString() {
      return because == Because.ALWAYS ? node.goName() : node.goName() + " (" + because.words + ")";
    }
  }

  /** What became of the signal. */
  public enum Effect {
    /** The channels that asked for it get it. */
    QUEUED,
    /** It was ignored, by request or because that is what happens to it. */
    NOTHING,
    /** The process stands still until SIGCONT. */
    STOPPED,
    /** A stopped process goes on. */
    CONTINUED,
    /** A panic of the goroutine, which recover can stop. */
    PANIC,
    /** A throw: {@code fatal error: fault}. */
    FAULT,
    /** A dump of all goroutines, then exit status 2, or SIGABRT with GOTRACEBACK=crash. */
    DUMP,
    /** The process is killed by the signal. */
    KILLED;

    /** Whether the process is over. */
    public boolean ends() {
      return this == FAULT || this == DUMP || this == KILLED;
    }
  }

  private final Signal signal;
  private final Origin origin;
  private final boolean crash;
  private final List<Step> steps = new ArrayList<>();
  private Node last = Node.KERNEL;
  private int at;

  private SignalPath(Signal signal, Origin origin, boolean crash) {
    this.signal = signal;
    this.origin = origin;
    this.crash = crash;
  }

  /** The way of a signal that somebody sends, with GOTRACEBACK below crash. */
  public static SignalPath sent(Signal s, Origin origin, SignalHandling h) {
    return sent(s, origin, h, false);
  }

  /**
   * The way of a signal that somebody sends.
   *
   * @param crash whether GOTRACEBACK is crash
   * @throws IllegalArgumentException for an origin that is a fault
   */
  public static SignalPath sent(Signal s, Origin origin, SignalHandling h, boolean crash) {
    if (origin.synchronous()) {
      throw new IllegalArgumentException(
          origin + " is no sender; a fault has a way of its own: SignalPath.fault");
    }
    SignalPath p = new SignalPath(s, origin, crash);
    p.go(origin == Origin.TERMINAL ? Node.KEY : Node.SENT, Because.ALWAYS);
    p.kernel(h);
    return p;
  }

  /** The way of a fault of Go code: a bad address, a division. */
  public static SignalPath fault(Fault f, boolean panicOnFault, boolean crash) {
    SignalPath p = new SignalPath(f.signal(), Origin.GO_CODE, crash);
    p.go(Node.GO_FAULT, Because.ALWAYS);
    p.go(Node.KERNEL, Because.HANDLER_GO);
    p.go(Node.SIGHANDLER, Because.FAULT_IN_GO);
    p.go(Node.PREPARE_PANIC, Because.ALWAYS);
    if (f.signal().number() == FPE) {
      p.end(Node.SIGPANIC, Because.DIVISION, Node.GOPANIC);
    } else if (f.isNil()) {
      p.end(Node.SIGPANIC, Because.NIL_PAGE, Node.GOPANIC);
    } else if (panicOnFault) {
      p.end(Node.SIGPANIC, Because.PANIC_ON_FAULT, Node.GOPANIC);
    } else {
      p.end(Node.SIGPANIC, Because.FAR_ADDRESS, Node.THROW);
    }
    return p;
  }

  private static final int FPE = 8;

  /** The way of a fault of C code, or of the runtime itself: no panic can be made of it. */
  public static SignalPath faultInC(Signal s, boolean crash) {
    SignalPath p = new SignalPath(s, Origin.C_CODE, crash);
    p.go(Node.C_FAULT, Because.ALWAYS);
    p.go(Node.KERNEL, Because.HANDLER_GO);
    p.go(Node.SIGHANDLER, Because.FAULT_ELSEWHERE);
    p.dump(Because.FLAG_THROW);
    return p;
  }

  private void go(Node n, Because why) {
    steps.add(new Step(n, why));
  }

  private void end(Node from, Because why, Node end) {
    go(from, why);
    go(end, Because.ALWAYS);
    last = end;
  }

  private void kernel(SignalHandling h) {
    switch (h.handler(signal)) {
      case GO -> {
        go(Node.KERNEL, Because.HANDLER_GO);
        sighandler(h);
      }
      case IGNORE -> end(Node.KERNEL, Because.HANDLER_IGNORE, Node.KERNEL_DROPS);
      case DEFAULT ->
          end(
              Node.KERNEL,
              Because.HANDLER_DEFAULT,
              switch (signal.kernelAction()) {
                case TERMINATE -> Node.KERNEL_KILLS;
                case IGNORE -> Node.KERNEL_DROPS;
                case STOP -> Node.KERNEL_STOPS;
                case CONTINUE -> Node.KERNEL_CONTINUES;
              });
    }
  }

  private void sighandler(SignalHandling h) {
    if (signal.number() == SignalHandling.PROF) {
      end(Node.SIGHANDLER, Because.PROF, Node.RETURN);
      return;
    }
    if (signal.number() == SignalHandling.PER_THREAD_SYSCALL) {
      end(Node.SIGHANDLER, Because.PER_THREAD, Node.RETURN);
      return;
    }
    go(Node.SIGHANDLER, Because.NOT_A_FAULT);
    boolean asked = origin.fromUser() || signal.has(SigFlag.NOTIFY);
    if (asked && h.isWanted(signal)) {
      end(Node.SIGSEND, Because.WANTED, Node.CHANNEL);
      return;
    }
    go(Node.SIGSEND, asked ? Because.NOT_WANTED : Because.NOT_ASKED);
    if (origin.fromUser() && h.isIgnored(signal)) {
      end(Node.SIGNAL_IGNORED, Because.IGNORED, Node.RETURN);
      return;
    }
    go(Node.SIGNAL_IGNORED, Because.NOT_IGNORED);
    if (signal.has(SigFlag.KILL)) {
      end(Node.FLAGS, Because.FLAG_KILL, Node.DIE_FROM_SIGNAL);
    } else if (signal.has(SigFlag.THROW) || signal.has(SigFlag.PANIC)) {
      dump(Because.FLAG_THROW);
    } else {
      end(Node.FLAGS, Because.NO_FLAG, Node.RETURN);
    }
  }

  private void dump(Because why) {
    go(Node.FLAGS, why);
    go(Node.FATALSIGNAL, Because.ALWAYS);
    if (crash) {
      end(Node.TRACEBACK, Because.LEVEL_CRASH, Node.CRASH);
    } else {
      end(Node.TRACEBACK, Because.LEVEL_OTHER, Node.EXIT);
    }
  }

  // ---- the way, step by step

  /** Goes on to the next place; stays at the last one. */
  public SignalPath step() {
    at = Math.min(at + 1, steps.size() - 1);
    return this;
  }

  /** Where the signal is now. */
  public Step at() {
    return steps.get(at);
  }

  /** Whether it has come to the end of its way. */
  public boolean done() {
    return at == steps.size() - 1;
  }

  /** All places on its way, from the entrance to the end. */
  public List<Step> steps() {
    return List.copyOf(steps);
  }

  /** The signal. */
  public Signal signal() {
    return signal;
  }

  /** Where it came from. */
  public Origin origin() {
    return origin;
  }

  // ---- what becomes of it

  /** What becomes of it at the end of its way. */
  public Effect effect() {
    return switch (last) {
      case CHANNEL -> Effect.QUEUED;
      case KERNEL_DROPS, RETURN -> Effect.NOTHING;
      case KERNEL_STOPS -> Effect.STOPPED;
      case KERNEL_CONTINUES -> Effect.CONTINUED;
      case GOPANIC -> Effect.PANIC;
      case THROW -> Effect.FAULT;
      case EXIT, CRASH -> Effect.DUMP;
      case KERNEL_KILLS, DIE_FROM_SIGNAL -> Effect.KILLED;
      case GO_FAULT,
          C_FAULT,
          SENT,
          KEY,
          KERNEL,
          SIGHANDLER,
          PREPARE_PANIC,
          SIGPANIC,
          SIGSEND,
          SIGNAL_IGNORED,
          FLAGS,
          FATALSIGNAL,
          TRACEBACK ->
          throw new IllegalStateException("the way of " + signal + " has no end");
    };
  }

  /** How the process ends by it, if it does; a panic ends it only if nobody recovers. */
  public Optional<ProcessStatus> status() {
    return switch (effect()) {
      case QUEUED, NOTHING, STOPPED, CONTINUED -> Optional.empty();
      case KILLED -> Optional.of(new ProcessStatus.Killed(signal));
      case PANIC, FAULT, DUMP ->
          Optional.of(
              crash
                  ? new ProcessStatus.Killed(Signals.of("SIGABRT"))
                  : new ProcessStatus.Exited(2));
    };
  }

  /**
   * How the process ends by it as the first process of a container (process 1 of its namespace):
   * the kernel lets no default action end that one, so {@code dieFromSignal} comes back and does
   * what stands behind it, exit(2). Measured with {@code unshare --pid --fork}: SIGTERM gives 2,
   * not 143. Only SIGKILL from outside the container kills it.
   */
  public Optional<ProcessStatus> statusAsInit() {
    return switch (last) {
      case DIE_FROM_SIGNAL, CRASH -> Optional.of(new ProcessStatus.Exited(2));
      case KERNEL_KILLS -> status().filter(s -> signal.name().equals("SIGKILL"));
      case GO_FAULT,
          C_FAULT,
          SENT,
          KEY,
          KERNEL,
          KERNEL_STOPS,
          KERNEL_CONTINUES,
          KERNEL_DROPS,
          SIGHANDLER,
          PREPARE_PANIC,
          SIGPANIC,
          GOPANIC,
          THROW,
          SIGSEND,
          CHANNEL,
          SIGNAL_IGNORED,
          FLAGS,
          RETURN,
          FATALSIGNAL,
          TRACEBACK,
          EXIT ->
          crash && (last == Node.GOPANIC || last == Node.THROW)
              ? Optional.of(new ProcessStatus.Exited(2))
              : status();
    };
  }

  /** The exit status as a shell has it: 2, or 128+n; empty if the process lives on. */
  public OptionalInt exitStatus() {
    return status().map(s -> OptionalInt.of(s.shell())).orElse(OptionalInt.empty());
  }

  /** The lines of a dump before the goroutines, each ended by a newline; empty for other ends. */
  public String header() {
    if (effect() != Effect.DUMP) {
      return "";
    }
    boolean hasAddress = signal.name().equals("SIGSEGV") || signal.name().equals("SIGBUS");
    boolean hasBytes = signal.name().equals("SIGILL") || signal.name().equals("SIGFPE");
    return signal.header()
        + "\nPC=0x0 m=0 sigcode="
        + origin.code()
        + (hasAddress ? " addr=0x0" : "")
        + "\n"
        + (hasBytes ? "instruction bytes:" + " 0x0".repeat(16) + "\n" : "");
  }

  @Override
  public String toString() {
    StringBuilder b = new StringBuilder(signal.name());
    for (int i = 0; i < steps.size(); i++) {
      b.append(i == at ? "\n> " : "\n  ").append(steps.get(i));
    }
    return b.append("\n= ").append(effect()).toString();
  }
}
