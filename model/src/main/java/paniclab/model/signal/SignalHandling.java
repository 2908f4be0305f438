package paniclab.model.signal;

/**
 * What a process has arranged for each signal: which handler the kernel has, what os/signal wants
 * and what it was told to ignore. The methods are those of {@code src/runtime/sigqueue.go} and
 * {@code signal_unix.go}, by name, and do what they do.
 */
public final class SignalHandling {
  /** Who the kernel calls for a signal. */
  public enum Handler {
    /** The runtime: sigtramp, then sighandler. */
    GO,
    /** Nobody: the kernel does what it does by itself (SIG_DFL). */
    DEFAULT,
    /** Nobody: the kernel drops it (SIG_IGN). */
    IGNORE
  }

  /** Sets of signals: bit n-1 for signal n. */
  private long go;

  private long dropped;
  private long wanted;
  private long ignored;

  private SignalHandling() {}

  /** As the runtime's initsig leaves it when a program starts: no shell said nohup. */
  public static SignalHandling atStart() {
    SignalHandling h = new SignalHandling();
    for (Signal s : Signals.all()) {
      if (!s.flags().isEmpty() && !s.has(SigFlag.DEFAULT) && installs(s)) {
        h.go |= bit(s);
      }
    }
    return h;
  }

  /** sigInstallGoHandler, for a program without cgo. */
  private static boolean installs(Signal s) {
    return !s.has(SigFlag.SET_STACK) || s.number() == PER_THREAD_SYSCALL;
  }

  /** The signal that the runtime uses to make a system call on each thread (signal 33). */
  static final int PER_THREAD_SYSCALL = 33;

  /** The signal of the profiler; os/signal never gets it. */
  static final int PROF = 27;

  private static long bit(Signal s) {
    return 1L << s.number() - 1;
  }

  /** A copy that goes its own way. */
  public SignalHandling copy() {
    SignalHandling h = new SignalHandling();
    h.go = go;
    h.dropped = dropped;
    h.wanted = wanted;
    h.ignored = ignored;
    return h;
  }

  /** signal_enable: what os/signal.Notify does when nobody had asked for the signal before. */
  public SignalHandling enable(Signal s) {
    wanted |= bit(s);
    ignored &= ~bit(s);
    if (s.has(SigFlag.NOTIFY) && s.number() != PROF) {
      go |= bit(s);
      dropped &= ~bit(s);
    }
    return this;
  }

  /**
   * signal_disable: what os/signal.Reset does, and Stop for the last channel. It does not bring
   * back what the kernel would do: a signal once asked for, or once ignored, stays with the handler
   * it has.
   */
  public SignalHandling disable(Signal s) {
    wanted &= ~bit(s);
    return this;
  }

  /** signal_ignore: os/signal.Ignore. */
  public SignalHandling ignore(Signal s) {
    wanted &= ~bit(s);
    ignored |= bit(s);
    if (s.has(SigFlag.NOTIFY) && s.number() != PROF) {
      go &= ~bit(s);
      dropped |= bit(s);
    }
    return this;
  }

  /** Whether os/signal has asked for it. */
  public boolean isWanted(Signal s) {
    return (wanted & bit(s)) != 0;
  }

  /** signal_ignored: what os/signal.Ignored says. */
  public boolean isIgnored(Signal s) {
    return (ignored & bit(s)) != 0;
  }

  /** Whom the kernel calls. */
  public Handler handler(Signal s) {
    return (go & bit(s)) != 0
        ? Handler.GO
        : (dropped & bit(s)) != 0 ? Handler.IGNORE : Handler.DEFAULT;
  }
}
