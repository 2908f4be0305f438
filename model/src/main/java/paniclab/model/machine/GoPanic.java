package paniclab.model.machine;

import paniclab.model.signal.Fault;

/**
 * Carries a Go panic from the operation that raises it to the loop that turns it into panic frames.
 * It never leaves this package and has no stack of its own.
 */
public final class GoPanic extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** runtime.boundsError. */
  public static final int BOUNDS = 0;

  /** runtime.errorString: text after "runtime error: ". */
  public static final int ERROR = 1;

  /** runtime.plainError: text without that prefix. */
  public static final int PLAIN = 2;

  /** *runtime.TypeAssertionError: the whole text. */
  public static final int TYPE_ASSERTION = 3;

  /** *runtime.PanicNilError. */
  public static final int NIL_PANIC = 4;

  /** A nil dereference: runtime.errorString, raised by SIGSEGV. */
  public static final int NIL_DEREFERENCE = 5;

  /** A division by zero: runtime.runtimeError, which Go raises without a signal line. */
  public static final int DIVIDE = 6;

  /** runtime.errorAddressString: a fault that debug.SetPanicOnFault has made a panic. */
  public static final int FAULT = 7;

  final int kind;
  final String text;
  final transient InterfaceValue value;

  /** The fault behind {@link #NIL_DEREFERENCE} and {@link #FAULT}. */
  final transient Fault fault;

  private GoPanic(int kind, String text, InterfaceValue value) {
    this(kind, text, value, Fault.unmapped(0));
  }

  private GoPanic(int kind, String text, InterfaceValue value, Fault fault) {
    super(text, null, false, false);
    this.fault = fault;
    this.kind = kind;
    this.text = text;
    this.value = value;
  }

  /** A panic of the runtime; {@code kind} is one of the constants of this class. */
  public static GoPanic runtime(int kind, String text) {
    return new GoPanic(kind, text, null);
  }

  /** panic(value). */
  public static GoPanic of(InterfaceValue value) {
    return new GoPanic(-1, "", value);
  }

  private static final String BAD_ADDRESS = "invalid memory address or nil pointer dereference";

  static GoPanic nil() {
    return runtime(NIL_DEREFERENCE, BAD_ADDRESS);
  }

  static GoPanic nil(Fault f) {
    return new GoPanic(NIL_DEREFERENCE, BAD_ADDRESS, null, f);
  }

  /** A fault at an address far from zero, with debug.SetPanicOnFault. */
  static GoPanic onFault(Fault f) {
    return new GoPanic(FAULT, BAD_ADDRESS, null, f);
  }

  /** Whether a signal raised it. */
  boolean isFault() {
    return kind == NIL_DEREFERENCE || kind == FAULT;
  }

  static GoPanic index(long i, long n) {
    return runtime(
        BOUNDS,
        i < 0
            ? "index out of range [" + i + "]"
            : "index out of range [" + i + "] with length " + n);
  }
}
