package paniclab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import paniclab.exercises.BadItemException;
import paniclab.exercises.ItemBank;
import paniclab.exercises.grading.ClassGrader;
import paniclab.exercises.grading.GradeReport;
import paniclab.exercises.grading.GradeRequest;
import paniclab.exercises.grading.GradeRow;
import paniclab.exercises.grading.GradeSheet;
import paniclab.exercises.grading.TextProgress;
import paniclab.exercises.grading.UsageException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code paniclab grade}. */
@Command(
    name = "grade",
    mixinStandardHelpOptions = true,
    description = {
      "Grades the predictions in a folder of notebooks. Nothing in them is run.",
      "",
      "The folder holds a notebook for each student (NAME.ipynb or NAME_ch1.ipynb), or a folder for",
      "each student, or nbgrader's submitted/STUDENT/ASSIGNMENT. Beside GRADES.csv, which has the",
      "columns of nbgrader's export, come GRADES.status.csv (how each notebook was found, and why)",
      "and GRADES.items.csv (item by item).",
    },
    footerHeading =
        "%nExit status: 0 all graded, 1 some rows need a person, 2 the command cannot be carried out.%n")
final class GradeCommand implements Callable<Integer> {
  private final Io io;

  @Parameters(paramLabel = "DIR", description = "The submissions, or one notebook.")
  private Path folder = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "GRADES.csv",
      description = "Where to write the grades (default: only the sheet, to stdout).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--roster",
      paramLabel = "CSV",
      description =
          "The students, in a column id or student_id; those without a notebook get a row, too.")
  private Optional<Path> roster = Optional.empty();

  @Option(
      names = "--assignment",
      paramLabel = "NAME",
      description =
          "Its name in the sheet and in nbgrader's folders; a chapter's name chooses its items.")
  private Optional<String> assignment = Optional.empty();

  @Option(
      names = "--item",
      paramLabel = "ID",
      split = ",",
      description =
          "Grade only these items (default: those of the released notebook, or of the chapter).")
  private List<String> items = new ArrayList<>();

  @Option(
      names = "--items",
      paramLabel = "DIR",
      description = "A folder of items of your own (*.toml, with their programs as *.txtar).")
  private Optional<Path> bank = Optional.empty();

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description = "How many students at a time (default: one for each processor).")
  private Optional<Integer> jobs = Optional.empty();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "For reading one student's files (default: ${DEFAULT-VALUE}).")
  private long timeout;

  GradeCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    try {
      GradeRequest request =
          new GradeRequest(
              folder,
              roster,
              assignment,
              items,
              jobs.orElse(Runtime.getRuntime().availableProcessors()),
              Duration.ofSeconds(timeout));
      ItemBank from = bank.isPresent() ? ItemBank.load(bank.get()) : ItemBank.builtIn();
      GradeReport report = ClassGrader.of(from).grade(request, new TextProgress(io.err()));
      if (out.isPresent()) {
        GradeSheet.write(report, out.get());
      } else {
        io.out().print(GradeSheet.sheet(report));
      }
      summary(report);
      return report.exitStatus();
    } catch (UsageException | BadItemException e) {
      io.err().println("paniclab grade: " + e.getMessage());
    } catch (IOException e) {
      io.err().println("paniclab grade: cannot read or write " + e.getMessage());
    }
    return GradeReport.USAGE;
  }

  private void summary(GradeReport report) {
    for (GradeRow row : report.rows()) {
      if (row.needsPerson()) {
        io.err()
            .println(
                row.studentId()
                    + ": "
                    + row.status().word()
                    + ": "
                    + String.join("; ", row.reasons()));
      }
    }
    long persons = report.rows().stream().filter(GradeRow::needsPerson).count();
    io.err().println(report.rows().size() + " rows, " + persons + " of them need a person");
  }
}
