package paniclab.model.c;

/** The processor or the kernel stopped C with a signal: a bad address, a division by zero. */
public final class CFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** The signals that C can raise against itself. */
  public enum Signal {
    SIGSEGV(11, "segmentation violation"),
    SIGFPE(8, "floating-point exception"),
    SIGBUS(7, "bus error"),
    SIGILL(4, "illegal instruction"),
    SIGTRAP(5, "trace trap"),
    SIGABRT(6, "abort");

    private final int number;
    private final String text;

    Signal(int number, String text) {
      this.number = number;
      this.text = text;
    }

    /** The number on Linux. */
    public int number() {
      return number;
    }

    /** Go's words for it. */
    public String text() {
      return text;
    }
  }

  /** {@code si_code} of a signal that a thread sent to itself (SI_TKILL), as Go prints it. */
  public static final long SELF = -6;

  private final Signal signal;
  private final long code;
  private final long address;
  private final boolean jump;

  /**
   * A signal.
   *
   * @param code {@code si_code}: 1 an address that is not mapped or a division by zero, 2 one that
   *     may not be written
   * @param address the one that faulted; 0 if the signal has none
   */
  public CFault(Signal signal, long code, long address) {
    this(signal, code, address, false);
  }

  private CFault(Signal signal, long code, long address, boolean jump) {
    super(signal + " at 0x" + Long.toHexString(address), null, false, false);
    this.signal = signal;
    this.code = code;
    this.address = address;
    this.jump = jump;
  }

  /** A call of an address where no code is: the program counter itself leads nowhere. */
  public static CFault jump(long address) {
    return new CFault(Signal.SIGSEGV, 1, address, true);
  }

  /** Whether it was a call that led to the address, no access. */
  public boolean isJump() {
    return jump;
  }

  /** The signal. */
  public Signal signal() {
    return signal;
  }

  /** {@code si_code}. */
  public long code() {
    return code;
  }

  /** The address that faulted. */
  public long address() {
    return address;
  }
}
