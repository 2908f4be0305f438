package paniclab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import paniclab.exercises.BadItemException;
import paniclab.exercises.ItemBank;
import paniclab.exercises.feedback.FeedbackPages;
import paniclab.exercises.grading.ClassGrader;
import paniclab.exercises.grading.GradeReport;
import paniclab.exercises.grading.GradeRequest;
import paniclab.exercises.grading.TextProgress;
import paniclab.exercises.grading.UsageException;
import paniclab.lessons.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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

  @Parameters(paramLabel = "DIR", description = "The submissions, or one notebook.")
  private Path folder = Path.of("");

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

  @Option(
      names = "--roster",
      paramLabel = "CSV",
      description = "The students, in a column id or student_id.")
  private Optional<Path> roster = Optional.empty();

  @Option(
      names = "--assignment",
      paramLabel = "NAME",
      description = "Its name in the folders; a chapter's name chooses its items.")
  private Optional<String> assignment = Optional.empty();

  @Option(
      names = "--item",
      paramLabel = "ID",
      split = ",",
      description = "Only these items (default: those that were released, or of the chapter).")
  private List<String> items = new ArrayList<>();

  @Option(
      names = "--items",
      paramLabel = "DIR",
      description = "A folder of items of your own (*.toml, with their programs as *.txtar).")
  private Optional<Path> bank = Optional.empty();

  FeedbackCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    try {
      ItemBank from = bank.isPresent() ? ItemBank.load(bank.get()) : ItemBank.builtIn();
      GradeRequest request = GradeRequest.of(folder).withItems(items);
      request = roster.isPresent() ? request.withRoster(roster.get()) : request;
      request = assignment.isPresent() ? request.withAssignment(assignment.get()) : request;
      Files.createDirectories(out);
      FeedbackPages pages = new FeedbackPages(out, language.locale());
      GradeReport report = ClassGrader.of(from).grade(request, new TextProgress(io.err()), pages);
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
