package paniclab.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The {@code paniclab} command. */
@Command(
    name = "paniclab",
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true,
    version = "paniclab 0.1.0",
    description = "How Go programs die, and which deaths recover can stop.",
    footer = {
      "",
      "`paniclab lab` opens the lessons in JupyterLab, `paniclab test` tests everything; "
          + "both are the launcher's own."
    })
public final class Main {
  /** Bytes gathered before they are written: a program may print a great many short lines. */
  private static final int BUFFER = 1 << 16;

  private Main() {}

  /** Runs a command and exits with its status. */
  public static void main(String[] args) {
    PrintStream out = stream(FileDescriptor.out, BUFFER);
    PrintStream err = stream(FileDescriptor.err, 1 << 10);
    int status = commandLine(new Io(System.in, out, err)).execute(args);
    out.flush();
    err.flush();
    System.exit(status);
  }

  private static PrintStream stream(FileDescriptor to, int buffer) {
    return new PrintStream(
        new java.io.BufferedOutputStream(new FileOutputStream(to), buffer),
        false,
        StandardCharsets.UTF_8);
  }

  /** The command with all its subcommands, over some streams. */
  static CommandLine commandLine(Io io) {
    CommandLine line = new CommandLine(new Main());
    line.addSubcommand(new RunCommand(io));
    line.addSubcommand(new ExploreCommand(io));
    line.addSubcommand(new ExplainCommand(io));
    line.addSubcommand(new WeaveCommand(io));
    line.addSubcommand(LessonsCommand.of(io));
    line.addSubcommand(new ItemsCommand(io));
    line.addSubcommand(new ReleaseCommand(io));
    line.addSubcommand(new GradeCommand(io));
    line.addSubcommand(new FeedbackCommand(io));
    line.addSubcommand(KernelCommand.of(io));
    line.addSubcommand(new TrainCommand(io));
    line.setOut(new java.io.PrintWriter(io.out(), true, StandardCharsets.UTF_8));
    line.setErr(new java.io.PrintWriter(io.err(), true, StandardCharsets.UTF_8));
    line.setUsageHelpAutoWidth(false);
    line.setParameterExceptionHandler((problem, arguments) -> {
      io.err().println("paniclab: " + problem.getMessage());
      io.err()
          .println("Try: " + problem.getCommandLine().getCommandSpec().qualifiedName() + " --help");
      return switch (problem.getCommandLine().getCommand()) {
        case FeedbackCommand _, GradeCommand _, ItemsCommand _, ReleaseCommand _ -> Exit.REQUEST;
        default -> Exit.USAGE;
      };
    });
    line.setExecutionExceptionHandler((problem, command, arguments) -> {
      io.err().println("paniclab: a bug of ours, please report it with the command line:");
      problem.printStackTrace(io.err());
      return Exit.BUG;
    });
    return line;
  }
}
