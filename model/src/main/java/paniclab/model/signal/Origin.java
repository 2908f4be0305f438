package paniclab.model.signal;

/**
 * Where a signal comes from. The runtime tells by {@code si_code}: {@code sigFromUser} of {@code
 * src/runtime/os_linux.go} is true for the codes of kill and tgkill.
 */
public enum Origin {
  /** Another process, or the program itself, called kill(2); {@code sigcode=0}. */
  KILL(0, true),
  /** The terminal driver, on Ctrl+C, Ctrl+\ or Ctrl+Z; {@code sigcode=128}. */
  TERMINAL(128, false),
  /** The processor, at an instruction of Go code of the program. */
  GO_CODE(1, false),
  /** The processor, at an instruction of C code, or of the runtime itself. */
  C_CODE(1, false);

  private final int code;
  private final boolean user;

  Origin(int code, boolean user) {
    this.code = code;
    this.user = user;
  }

  /** What a dump prints as {@code sigcode}; that of a fault depends on the fault. */
  public int code() {
    return code;
  }

  /** What {@code sigFromUser} says. */
  public boolean fromUser() {
    return user;
  }

  /** Whether the processor raised it at an instruction, so that it cannot be put off. */
  public boolean synchronous() {
    return this == GO_CODE || this == C_CODE;
  }
}
