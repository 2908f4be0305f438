package paniclab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;
import picocli.CommandLine.Command;

/**
 * Runs and explores some programs of the lessons, so that the launcher can keep the classes this
 * took in an AOT cache (JEP 514). What it prints is of no use.
 */
@Command(name = "train", hidden = true)
final class TrainCommand implements Callable<Integer> {
  private static final int PROGRAMS = 6;

  private final Io io;

  TrainCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("paniclab-train");
    List<String> files = new ArrayList<>();
    for (GoProgram p : Corpus.builtIn().all().stream().limit(PROGRAMS).toList()) {
      Path file = folder.resolve(p.id() + ".go");
      Files.writeString(file, p.source());
      files.add(file.toString());
    }
    each("run", files);
    each("explore", files);
    for (String file : files) {
      Files.delete(Path.of(file));
    }
    Files.delete(folder);
    return Exit.OK;
  }

  private void each(String command, List<String> files) {
    Main.commandLine(io).execute(command, "--help");
    for (String mode : List.of("", "--json")) {
      List<String> arguments = new ArrayList<>(List.of(command));
      if (!mode.isEmpty()) {
        arguments.add(mode);
      }
      if (command.equals("explore")) {
        arguments.add("--budget=0.2");
      } else {
        arguments.add("--max-seconds=1");
      }
      arguments.addAll(mode.isEmpty() ? files.subList(0, 1) : files);
      Main.commandLine(io).execute(arguments.toArray(String[]::new));
    }
  }
}
