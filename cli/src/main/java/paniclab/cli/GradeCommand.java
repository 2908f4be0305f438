package paniclab.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import paniclab.exercises.BadItemException;
import paniclab.exercises.grading.ClassGrader;
import paniclab.exercises.grading.Explanation;
import paniclab.exercises.grading.GradeReport;
import paniclab.exercises.grading.GradeRequest;
import paniclab.exercises.grading.GradeRow;
import paniclab.exercises.grading.GradeSheet;
import paniclab.exercises.grading.LatePolicy;
import paniclab.exercises.grading.Merge;
import paniclab.exercises.grading.Shard;
import paniclab.exercises.grading.SheetFormat;
import paniclab.exercises.grading.TextProgress;
import paniclab.exercises.grading.UsageException;
import paniclab.lessons.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code paniclab grade}. */
@Command(
    name = "grade",
    mixinStandardHelpOptions = true,
    description = {
      "Grades the answers in notebooks. Nothing in them is run but Go programs, on the model.",
      "",
      "The folder holds a notebook for each student (NAME.ipynb or NAME_ch1.ipynb), or a folder for",
      "each student, or nbgrader's submitted/STUDENT/ASSIGNMENT; or give the zip of Canvas or",
      "Moodle. Beside GRADES.csv, which has the columns of nbgrader's export, come",
      "GRADES.status.csv (how each notebook was found, and why), GRADES.items.csv (item by item),",
      "GRADES.changes.csv (what changed since the last time) and GRADES.journal.jsonl (for",
      "--resume). A score you change in GRADES.csv is yours: grading again keeps it.",
    },
    footerHeading =
        "%nExit status: 0 all graded, 1 some rows need a person, 2 the command cannot be carried out.%n")
final class GradeCommand implements Callable<Integer> {
  private final Io io;

  @Mixin private Handed handed = new Handed();
  @Mixin private Secret secret = new Secret();

  @Option(
      names = "--out",
      paramLabel = "GRADES.csv",
      description = "Where to write the grades (default: only the sheet, to stdout).")
  private Optional<Path> out = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "nbgrader",
      description = "nbgrader, canvas, moodle, gradescope or json (default: nbgrader).")
  private String format = "nbgrader";

  @Option(
      names = "--due",
      paramLabel = "TIME",
      description = "When it was due (default: as released).")
  private Optional<String> due = Optional.empty();

  @Option(
      names = "--late",
      paramLabel = "COST",
      defaultValue = "none",
      description = "What lateness costs: none, zero, or N%% for each day begun (default: none).")
  private String late = "none";

  @Option(
      names = "--resume",
      description = "Keep rows whose notebooks have not changed since the last time; needs --out.")
  private boolean resume;

  @Option(
      names = "--shard",
      paramLabel = "I/N",
      description = "Grade only part I of N of the class; needs --out.")
  private Optional<String> shard = Optional.empty();

  @Option(
      names = "--merge",
      description = "Put together the sheets of all parts, given in place of submissions.")
  private boolean merge;

  @Option(
      names = "--explain",
      paramLabel = "STUDENT",
      description = "Say how this student's score came about, instead of writing a sheet.")
  private Optional<String> explain = Optional.empty();

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      converter = WeaveCommand.Tag.class,
      description = "Of --explain: en or zh-CN (default: en).")
  private Language language = Language.EN;

  @Option(
      names = "--strict",
      description = "Whatever is out of the ordinary needs a person, missing students included.")
  private boolean strict;

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
      SheetFormat as =
          SheetFormat.of(format)
              .orElseThrow(() ->
                  new UsageException(
                      "--format "
                          + format
                          + ": is none of nbgrader, canvas, moodle, gradescope, json"));
      if (merge) {
        return written(Merge.of(handed.inputs()), as);
      }
      if (explain.isPresent()) {
        return explained(explain.get());
      }
      GradeReport report = grader().grade(request(), new TextProgress(io.err()));
      return written(report, as);
    } catch (UsageException | BadItemException e) {
      io.err().println("paniclab grade: " + e.getMessage());
    } catch (IOException e) {
      io.err().println("paniclab grade: cannot read or write " + e.getMessage());
    } catch (UncheckedIOException e) {
      io.err().println("paniclab grade: cannot write " + e.getMessage());
    }
    return GradeReport.USAGE;
  }

  private ClassGrader grader() throws IOException {
    return secret.grader(handed.bank());
  }

  private GradeRequest request() {
    GradeRequest r = terms();
    if (out.isEmpty() && (resume || shard.isPresent())) {
      throw new UsageException((resume ? "--resume" : "--shard") + " needs --out GRADES.csv");
    }
    return out.isPresent() ? r.withSheet(out.get(), resume) : r;
  }

  private GradeRequest terms() {
    GradeRequest r =
        handed
            .request()
            .withDue(due, LatePolicy.parse(late))
            .withShard(shard.map(Shard::parse).orElse(Shard.ALL))
            .withTimeout(Duration.ofSeconds(timeout));
    return jobs.isPresent() ? r.withJobs(jobs.get()) : r;
  }

  private int written(GradeReport report, SheetFormat as) throws IOException {
    if (out.isPresent()) {
      GradeSheet.write(report, out.get(), as);
    } else {
      io.out().print(as.text(report));
    }
    summary(report);
    return strict ? report.strictStatus() : report.exitStatus();
  }

  private int explained(String student) throws IOException {
    Explanation explanation = new Explanation(student, language.locale());
    grader().grade(terms().withOnly(student), new TextProgress(io.err()), explanation);
    String text =
        explanation
            .text()
            .orElseThrow(
                () -> new UsageException("--explain " + student + ": nobody is called so"));
    io.out().println(text);
    return GradeReport.ALL_GRADED;
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
    for (GradeReport.Change c : report.changes()) {
      io.err()
          .printf(
              "%s: changed from %s to %s%s%n",
              c.student(),
              GradeSheet.number(c.before()),
              GradeSheet.number(c.now()),
              c.kept() ? "; a person's score is kept" : "");
    }
    long persons = report.rows().stream().filter(GradeRow::needsPerson).count();
    io.err().println(report.rows().size() + " rows, " + persons + " of them need a person");
  }
}
