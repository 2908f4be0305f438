package paniclab.model.signal;

/**
 * What the kernel says of an instruction that went wrong: siginfo of sigaction(2).
 *
 * @param signal SIGSEGV, SIGBUS or SIGFPE
 * @param code {@code si_code}: why
 * @param address that could not be read or written; 0 for SIGFPE
 */
public record Fault(Signal signal, int code, long address) {
  /** Addresses below this (4096) are nil pointers to the runtime. */
  public static final long NIL_PAGE = 0x1000;

  /** Nothing is mapped there. */
  public static final int SEGV_MAPERR = 1;

  /** What is mapped there may not be touched so. */
  public static final int SEGV_ACCERR = 2;

  /** The address is none at all: bits 47 to 63 differ. The kernel then gives address 0. */
  public static final int SI_KERNEL = 128;

  /** The mapped file has no such page any more. */
  public static final int BUS_ADRERR = 2;

  /** An integer was divided by zero. */
  public static final int FPE_INTDIV = 1;

  /** Nothing is mapped at this address. */
  public static Fault unmapped(long address) {
    boolean canonical = address << 16 >> 16 == address;
    return canonical
        ? new Fault(Signals.of("SIGSEGV"), SEGV_MAPERR, address)
        : new Fault(Signals.of("SIGSEGV"), SI_KERNEL, 0);
  }

  /** A write where only reading is allowed. */
  public static Fault readOnly(long address) {
    return new Fault(Signals.of("SIGSEGV"), SEGV_ACCERR, address);
  }

  /** A page of a mapped file that was cut off. */
  public static Fault truncated(long address) {
    return new Fault(Signals.of("SIGBUS"), BUS_ADRERR, address);
  }

  /** Whether it is a nil dereference to the runtime. */
  public boolean isNil() {
    boolean near = Long.compareUnsigned(address, NIL_PAGE) < 0;
    return near
        && switch (signal.number()) {
          case 7 -> code == BUS_ADRERR;
          case 11 -> code == 0 || code == SEGV_MAPERR || code == SEGV_ACCERR;
          default -> false;
        };
  }

  /** The line that a crash prints after its first lines, with its newline. */
  public String line() {
    return "[signal "
        + signal.header()
        + " code=0x"
        + Integer.toHexString(code)
        + " addr=0x"
        + Long.toHexString(address)
        + " pc=0x0]\n";
  }
}
