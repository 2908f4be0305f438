package paniclab.cli;

import java.io.Console;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import paniclab.exercises.ItemBank;
import paniclab.exercises.KeySource;
import paniclab.exercises.ModelKeys;
import paniclab.lessons.Language;
import paniclab.lessons.LessonException;
import paniclab.lessons.Lessons;
import paniclab.lessons.Weaver;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code paniclab lessons}: for authors of lessons. */
@Command(
    name = "lessons",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    description = "Checks the lessons.")
final class LessonsCommand {
  private LessonsCommand() {}

  /** The command with its subcommand. */
  static CommandLine of(Io io) {
    return new CommandLine(new LessonsCommand()).addSubcommand(new Check(io));
  }

  /** {@code paniclab lessons check}. */
  @Command(
      name = "check",
      mixinStandardHelpOptions = true,
      description = {
        "Runs every cell of the lessons on a real kernel.",
        "",
        "A Go cell must show what real Go was seen to do; at each prediction an untouched cell"
            + " must earn nothing, the key everything, a wrong model less. Prints a line for each"
            + " notebook, and a line for each fault.",
      },
      footerHeading =
          "%nExit status: 0; 1 a lesson has a fault, 64 wrong command line, 69 bug of ours.%n")
  static final class Check implements Callable<Integer> {
    private final Io io;

    @Option(
        names = "--lang",
        paramLabel = "LANG",
        converter = WeaveCommand.Tag.class,
        description = "en or zh-CN (default: both).")
    private Optional<Language> language = Optional.empty();

    @Option(
        names = "--lesson",
        paramLabel = "ID",
        description = "A lesson, such as ch1; may be given several times (default: all).")
    private List<String> lessons = List.of();

    Check(Io io) {
      this.io = io;
    }

    @Override
    public Integer call() {
      for (String id : lessons) {
        if (!Lessons.IDS.contains(id)) {
          io.err().println("paniclab lessons check: there is no lesson " + id);
          io.err().println("The lessons are " + String.join(", ", Lessons.IDS) + ".");
          return Exit.USAGE;
        }
      }
      KeySource keys = ModelKeys.of(ItemBank.builtIn());
      int faults = 0;
      for (Language l : language.map(List::of).orElse(List.of(Language.values()))) {
        for (String id : lessons.isEmpty() ? Lessons.IDS : lessons) {
          faults += check(id, l, keys);
        }
      }
      return faults == 0 ? Exit.OK : Exit.REJECTED;
    }

    /** On a terminal only: elsewhere a line that is written over is noise. */
    private void say(String line) {
      if (System.console() instanceof Console c && c.isTerminal()) {
        io.err().print("\r\u001b[K" + line);
        io.err().flush();
      }
    }

    private int check(String id, Language l, KeySource keys) {
      String name = id + "/" + l.tag();
      try {
        LessonCheck.Report r =
            new LessonCheck(
                    Weaver.builtIn().weave(Lessons.read(id, l)),
                    keys,
                    cell -> say(name + ": " + cell))
                .run();
        say("");
        io.out()
            .println(
                name
                    + ": "
                    + r.cells()
                    + " cells run, "
                    + r.items()
                    + " predictions, "
                    + r.faults().size()
                    + " faults");
        r.faults().forEach(f -> io.out().println(name + ": cell " + f.cell() + " " + f.what()));
        return r.faults().size();
      } catch (LessonException e) {
        io.out().println(e.getMessage());
        return 1;
      }
    }
  }
}
