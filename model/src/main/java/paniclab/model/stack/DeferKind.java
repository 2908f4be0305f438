package paniclab.model.stack;

/**
 * Where the compiler keeps a deferred call. Source: {@code walk} and {@code ssagen} of {@code
 * cmd/compile}, {@code runtime._defer}, Go 1.26.
 */
public enum DeferKind {
  /** No record: a bit says that the call is due, and the function's exit makes it. */
  OPEN_CODED,
  /** A record in the function's frame ({@code deferprocStack}). */
  STACK,
  /** A record from the heap ({@code deferproc}), as many as the loop makes. */
  HEAP;

  /** Size of a record in bytes; an open-coded call has none. */
  public static final int RECORD_BYTES = 48;

  /** More defer statements than this in a function, and none is open-coded. */
  public static final int MAX_OPEN_DEFERS = 8;

  /** More than this for returns times defer statements, and none is open-coded. */
  public static final int MAX_RETURNS_TIMES_DEFERS = 15;

  /** Bytes of the record. */
  public int bytes() {
    return this == OPEN_CODED ? 0 : RECORD_BYTES;
  }
}
