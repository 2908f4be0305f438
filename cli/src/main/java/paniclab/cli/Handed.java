package paniclab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import paniclab.exercises.ItemBank;
import paniclab.exercises.grading.GradeRequest;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What was handed in, as grade and feedback take it. */
final class Handed {
  @Parameters(
      arity = "1..*",
      paramLabel = "DIR|ZIP|NOTEBOOK",
      description = "The submissions: a folder, a zip of Canvas or Moodle, or notebooks.")
  private List<Path> inputs = new ArrayList<>();

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      defaultValue = "auto",
      description = "nbgrader, flat, canvas, moodle or auto: how they lie there (default: auto).")
  private String layout = "auto";

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
      names = "--release",
      paramLabel = "FILE",
      description =
          "The paniclab/NAME.json of the release, for items, points and due time"
              + " (default: the one in DIR/paniclab).")
  private Optional<Path> released = Optional.empty();

  @Option(
      names = "--item",
      paramLabel = "ID",
      split = ",",
      description =
          "Only these items (default: those of the release, or of the released notebook, or of the"
              + " chapter).")
  private List<String> items = new ArrayList<>();

  @Option(
      names = "--items",
      paramLabel = "DIR",
      description = "A folder of items of your own (*.toml, with their programs as *.txtar).")
  private Optional<Path> bank = Optional.empty();

  Handed() {}

  GradeRequest request() {
    GradeRequest r = GradeRequest.of(inputs).withLayout(layout).withItems(items);
    r = roster.isPresent() ? r.withRoster(roster.get()) : r;
    r = assignment.isPresent() ? r.withAssignment(assignment.get()) : r;
    return released.isPresent() ? r.withReleased(released.get()) : r;
  }

  ItemBank bank() throws IOException {
    return bank(bank);
  }

  /** The items of a folder, or those that came with the product; with their variants. */
  static ItemBank bank(Optional<Path> folder) throws IOException {
    return (folder.isPresent() ? ItemBank.load(folder.get()) : ItemBank.builtIn()).withVariants();
  }

  List<Path> inputs() {
    return inputs;
  }
}
