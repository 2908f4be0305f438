package paniclab.model.machine;

/** os.Exit. */
final class ProcessExit extends RuntimeException {
  private static final long serialVersionUID = 1;
  final int status;

  ProcessExit(int status) {
    super(null, null, false, false);
    this.status = status;
  }
}
