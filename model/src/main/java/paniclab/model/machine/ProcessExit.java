package paniclab.model.machine;

/** os.Exit, or exit in C. */
final class ProcessExit extends RuntimeException {
  private static final long serialVersionUID = 1;
  final int status;
  final String how;

  ProcessExit(int status) {
    this(status, "os.Exit");
  }

  ProcessExit(int status, String how) {
    super(null, null, false, false);
    this.status = status;
    this.how = how;
  }
}
