package paniclab.model.machine;

/**
 * A Go function without a Go body: a leaf operation of the runtime. It never calls back into Go.
 */
@FunctionalInterface
public interface Native {
  /** Does it. May throw {@link GoPanic}, {@link FatalError} or {@link OutOfModelException}. */
  Step call(NativeCall c);

  /** Whether a call could be done now; if not, it would only park the goroutine. */
  @FunctionalInterface
  interface Ready {
    /** Asked before the native is called, possibly several times. */
    boolean now(NativeCall c);
  }

  /** What a call is about to touch, for natives that other goroutines can notice. */
  @FunctionalInterface
  interface Footprint {
    /** Asked before the native is called, possibly several times. */
    Operation of(NativeCall c);
  }
}
