package paniclab.model.machine;

/**
 * The frame of the runtime's gopanic, or of Goexit: it runs the deferred calls of the frames below
 * it. It stays on the stack, as in Go, until the panic is recovered or the process dies.
 */
final class PanicFrame extends Frame {
  final PanicRecord panic;

  /** Where the search for deferred calls goes on. */
  Frame scan;

  /** The frame whose deferred call ran last. */
  Frame owner;

  /** When the panic is being printed: the chain, newest first; else null. */
  PanicRecord printing;

  PanicFrame(Code code, Frame up, PanicRecord panic) {
    super(code, up, -1);
    this.panic = panic;
    this.scan = up;
  }

  PanicFrame(PanicFrame from, Frame up, long[] longs, Object[] refs, PanicRecord panic) {
    super(from, up, longs, refs);
    this.panic = panic;
  }
}
