package paniclab.kernel;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import paniclab.kernel.jupyter.KernelServer;
import paniclab.kernel.link.Signals;

/** The kernel's process: what the kernelspec starts. */
public final class PanicLabKernel {
  private PanicLabKernel() {}

  /**
   * Serves a connection file until shutdown.
   *
   * @param args the path of the connection file
   */
  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      System.err.println("usage: PanicLabKernel CONNECTION_FILE (Jupyter writes it and passes it)");
      System.exit(2);
    }
    endWithParent();
    KernelConnectionProperties properties =
        KernelConnectionProperties.parse(Files.readString(Path.of(args[0])));
    KernelServer server = new KernelServer(properties);
    Signals.onInterrupt(server::interrupt);
    Session session =
        new Session(WorkerCommand.likeThis(), Messages.localeOfEnvironment(), server::event);
    server.serve(session);
    if (Boolean.getBoolean("paniclab.training")) {
      System.exit(0);
    }
    Runtime.getRuntime().halt(0);
  }

  /** Jupyter says which process started the kernel; without it nobody would end the kernel. */
  private static void endWithParent() {
    String pid = System.getenv("JPY_PARENT_PID");
    if (pid != null && pid.matches("[1-9][0-9]{0,9}") && !pid.equals("1")) {
      ProcessHandle.of(Long.parseLong(pid))
          .ifPresent(p -> p.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
    }
  }
}
