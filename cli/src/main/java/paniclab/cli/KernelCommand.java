package paniclab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import paniclab.kernel.install.KernelInstaller;
import paniclab.kernel.install.KernelInstaller.Target;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code paniclab kernel}: where Jupyter finds the kernel. */
@Command(
    name = "kernel",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Installs, removes and lists the Jupyter kernel.")
final class KernelCommand {
  private KernelCommand() {}

  /** The command with its three subcommands. */
  static CommandLine of(Io io) {
    return new CommandLine(new KernelCommand())
        .addSubcommand(new Install(io))
        .addSubcommand(new Uninstall(io))
        .addSubcommand(new ListThem(io));
  }

  /** Where a kernelspec goes. */
  static final class Place {
    @ArgGroup private Choice choice = new Choice();

    Place() {}

    /** At most one of these. */
    static final class Choice {
      @Option(
          names = "--prefix",
          paramLabel = "DIR",
          description = "Into DIR/share/jupyter/kernels, such as a virtual environment.")
      private Optional<Path> prefix = Optional.empty();

      @Option(names = "--sys-prefix", description = "Into the Python environment that is active.")
      private boolean sysPrefix;

      @Option(names = "--user", description = "Into your own Jupyter folder (the default).")
      private boolean user;

      Choice() {}
    }

    Target target() {
      if (choice.prefix.isPresent()) {
        return new Target.Prefix(choice.prefix.get());
      }
      return choice.sysPrefix ? new Target.SysPrefix() : new Target.User();
    }
  }

  /** {@code paniclab kernel install}. */
  @Command(
      name = "install",
      mixinStandardHelpOptions = true,
      description = {
        "Installs the kernel, and starts it once to make later starts fast.",
        "",
        "Prints the folder of the kernelspec.",
      })
  static final class Install implements Callable<Integer> {
    private final Io io;

    @Mixin private Place place = new Place();

    @Option(
        names = "--no-caches",
        description = "Do not start it: quicker now, slower at each start of a notebook.")
    private boolean noCaches;

    Install(Io io) {
      this.io = io;
    }

    @Override
    public Integer call() throws InterruptedException {
      try {
        KernelInstaller installer = new KernelInstaller(io.err()::println);
        io.out().println(installer.install(place.target(), !noCaches));
        return Exit.OK;
      } catch (IOException | IllegalStateException e) {
        io.err().println("paniclab: the kernel cannot be installed: " + e.getMessage());
        return Exit.CANNOT_WRITE;
      }
    }
  }

  /** {@code paniclab kernel uninstall}. */
  @Command(
      name = "uninstall",
      mixinStandardHelpOptions = true,
      description = "Removes the kernel from where `install` with the same options puts it.")
  static final class Uninstall implements Callable<Integer> {
    private final Io io;

    @Mixin private Place place = new Place();

    Uninstall(Io io) {
      this.io = io;
    }

    @Override
    public Integer call() {
      try {
        if (new KernelInstaller(io.err()::println).uninstall(place.target())) {
          return Exit.OK;
        }
        io.err().println("paniclab: there is no kernel there; `paniclab kernel list` says where");
        return Exit.NO_INPUT;
      } catch (IOException | IllegalStateException e) {
        io.err().println("paniclab: the kernel cannot be removed: " + e.getMessage());
        return Exit.CANNOT_WRITE;
      }
    }
  }

  /** {@code paniclab kernel list}. */
  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Prints the folder of each kernelspec of PanicLab that Jupyter would find.")
  static final class ListThem implements Callable<Integer> {
    private final Io io;

    ListThem(Io io) {
      this.io = io;
    }

    @Override
    public Integer call() {
      List<Path> found = KernelInstaller.list();
      found.forEach(io.out()::println);
      return Exit.OK;
    }
  }
}
