package paniclab.kernel.worker;

import java.util.List;
import java.util.Optional;
import jdk.jshell.spi.SPIResolutionException;
import paniclab.kernel.link.Frame.Reply;

/** Reads what JShell's own stubs throw where a name is not defined yet. */
final class JShellFaults {
  private JShellFaults() {}

  static Optional<Reply> unresolved(Throwable t) {
    // By name first: the class need not be loaded for every exception of a learner's.
    if (!t.getClass().getName().equals("jdk.jshell.spi.SPIResolutionException")) {
      return Optional.empty();
    }
    SPIResolutionException e = (SPIResolutionException) t;
    return Optional.of(new Reply.Unresolved(e.id(), List.of(e.getStackTrace())));
  }
}
