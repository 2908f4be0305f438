package paniclab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import paniclab.exercises.BadItemException;
import paniclab.exercises.feedback.FeedbackPages;
import paniclab.exercises.grading.GradeReport;
import paniclab.exercises.grading.TextProgress;
import paniclab.exercises.grading.UsageException;
import paniclab.lessons.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code paniclab feedback}. */
@Command(
    name = "feedback",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a page for each student: what they said, what the run did, and where the two part.",
      "",
      "It takes what `paniclab grade` takes. Each page is one HTML file that needs no network; the",
      "names of the files are printed.",
    },
    footerHeading =
        "%nExit status: 0 all written, 1 some rows need a person, 2 the command cannot be carried out.%n")
final class FeedbackCommand implements Callable<Integer> {
  private final Io io;

  @Mixin private Handed handed = new Handed();
  @Mixin private Secret secret = new Secret();

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to put the pages; made if it is not there.")
  private Path out = Path.of("");

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      converter = WeaveCommand.Tag.class,
      description = "en or zh-CN (default: en).")
  private Language language = Language.EN;

  FeedbackCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    try {
      Files.createDirectories(out);
      FeedbackPages pages = new FeedbackPages(out, language.locale());
      GradeReport report =
          secret.grader(handed.bank()).grade(handed.request(), new TextProgress(io.err()), pages);
      pages.written().forEach(io.out()::println);
      return report.exitStatus();
    } catch (UsageException | BadItemException e) {
      io.err().println("paniclab feedback: " + e.getMessage());
    } catch (IOException e) {
      io.err().println("paniclab feedback: cannot read or write " + e.getMessage());
    } catch (UncheckedIOException e) {
      io.err().println("paniclab feedback: cannot write " + e.getMessage());
    }
    return Exit.REQUEST;
  }
}
