package paniclab.kernel;

/** A call could not be answered because the worker is gone. */
final class WorkerEnded extends Exception {
  private static final long serialVersionUID = 1L;
  private final transient Death death;

  WorkerEnded(Death death) {
    super(death.toString());
    this.death = death;
  }

  Death death() {
    return death;
  }
}
