package paniclab.kernel.jupyter;

/** What the server's log is told: the kernel's stderr. */
final class JupyterLog {
  private static final System.Logger LOG = System.getLogger("paniclab.kernel");

  private JupyterLog() {}

  static void warn(String where, Throwable t) {
    LOG.log(System.Logger.Level.WARNING, where, t);
  }

  static void note(String what) {
    LOG.log(System.Logger.Level.INFO, what);
  }
}
