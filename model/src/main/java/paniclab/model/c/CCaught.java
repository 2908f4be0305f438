package paniclab.model.c;

/** A C++ exception has found its handler: the thread goes on there. */
final class CCaught extends RuntimeException {
  private static final long serialVersionUID = 1;

  CCaught() {
    super(null, null, false, false);
  }
}
