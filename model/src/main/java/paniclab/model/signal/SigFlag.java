package paniclab.model.signal;

/**
 * What the runtime has written down about a signal: the flags of {@code sigTabT} in {@code
 * src/runtime/runtime2.go} of Go 1.26.
 */
public enum SigFlag {
  /** os/signal.Notify can have it, if the signal came from a person or a program. */
  NOTIFY("_SigNotify"),
  /** If os/signal does not take it, the process dies by this very signal, without a text. */
  KILL("_SigKill"),
  /** If os/signal does not take it, the process ends with a dump of all goroutines, status 2. */
  THROW("_SigThrow"),
  /** If the processor raised it in Go code, it becomes a panic. */
  PANIC("_SigPanic"),
  /** The runtime leaves the kernel's own action alone until Notify asks for the signal. */
  DEFAULT("_SigDefault"),
  /** Only the alternate stack is set, no handler: libc wants the signal for itself. */
  SET_STACK("_SigSetStack"),
  /** It is never blocked. */
  UNBLOCK("_SigUnblock"),
  /** The kernel's own action is to ignore it. */
  IGN("_SigIgn");

  private final String goName;

  SigFlag(String goName) {
    this.goName = goName;
  }

  /** The constant's name in the runtime. */
  public String goName() {
    return goName;
  }
}
