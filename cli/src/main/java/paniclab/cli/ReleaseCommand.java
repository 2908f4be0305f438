package paniclab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import paniclab.exercises.BadItemException;
import paniclab.exercises.Exercise;
import paniclab.exercises.FixItem;
import paniclab.exercises.ItemBank;
import paniclab.exercises.ItemSource;
import paniclab.exercises.PredictionItem;
import paniclab.exercises.grading.Assignment;
import paniclab.exercises.grading.Students;
import paniclab.exercises.grading.UsageException;
import paniclab.exercises.release.Release;
import paniclab.lessons.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code paniclab release}. */
@Command(
    name = "release",
    mixinStandardHelpOptions = true,
    description = {
      "Makes an assignment for a class, and prints the name of each file.",
      "",
      "For nbgrader DIR becomes a course folder: source/NAME/NAME.ipynb and nbgrader_config.py; go",
      "on with `nbgrader generate_assignment NAME`. With --plain it holds the notebook to hand out.",
      "Neither holds an answer. DIR/paniclab/NAME.json is yours: `paniclab grade` reads it.",
    },
    footerHeading =
        "%nExit status: 0 written, 2 the command cannot be carried out, 73 unwritable folder.%n")
final class ReleaseCommand implements Callable<Integer> {
  private final Io io;

  @Parameters(paramLabel = "DIR", description = "Where to; made if it is not there.")
  private Path folder = Path.of("");

  @Option(
      names = "--assignment",
      required = true,
      paramLabel = "NAME",
      description = "Its name: that of the notebook, of nbgrader's folders and of the grade book.")
  private String assignment = "";

  @Option(
      names = "--chapter",
      paramLabel = "CHAPTER",
      description = "All items of a chapter, such as ch1.")
  private Optional<String> chapter = Optional.empty();

  @Option(
      names = "--item",
      paramLabel = "ID",
      split = ",",
      description = "These items, in this order.")
  private List<String> items = new ArrayList<>();

  @Option(
      names = "--items",
      paramLabel = "DIR",
      description = "A folder of items of your own (*.toml, with their programs as *.txtar).")
  private Optional<Path> bank = Optional.empty();

  @Option(
      names = "--plain",
      description = "A notebook to hand out, without nbgrader's metadata and checks.")
  private boolean plain;

  @Option(
      names = "--roster",
      paramLabel = "CSV",
      description = "With --plain: a folder for each student, DIR/STUDENT/NAME.ipynb.")
  private Optional<Path> roster = Optional.empty();

  @Mixin private Secret secret = new Secret();

  @Option(
      names = "--course",
      paramLabel = "NAME",
      description = "With --secret: so that the next course is dealt other programs.")
  private String course = "";

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      converter = WeaveCommand.Tag.class,
      description = "en or zh-CN (default: en).")
  private Language language = Language.EN;

  @Option(
      names = "--points",
      paramLabel = "[ITEM=]N",
      split = ",",
      description =
          "What each item, or that one, is worth (default: what its questions add up to).")
  private List<String> points = new ArrayList<>();

  @Option(
      names = "--due",
      paramLabel = "TIME",
      description = "Such as 2026-12-01T23:59+08:00; written into the notebook and kept for grade.")
  private Optional<String> due = Optional.empty();

  @Option(
      names = "--replace",
      description = "Overwrite an assignment of this name that asks something else.")
  private boolean replace;

  ReleaseCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    try {
      ItemBank from = Handed.bank(bank);
      Assignment made = assignment(from);
      refuseOther(made);
      ItemSource source = secret.source(from, made);
      undealt(from).forEach(io.err()::println);
      write(new Release(from, source), made).forEach(io.out()::println);
      return Exit.OK;
    } catch (UsageException | BadItemException e) {
      io.err().println("paniclab release: " + e.getMessage());
      return Exit.REQUEST;
    } catch (IOException e) {
      io.err().println("paniclab release: cannot write into " + folder + ": " + e.getMessage());
      return Exit.CANNOT_WRITE;
    }
  }

  /** What is the same for everybody although a secret is there to deal by. */
  private List<String> undealt(ItemBank from) {
    return secret.isGiven()
        ? chosen(from).stream()
            .filter(e -> !(e instanceof PredictionItem i && i.hasVariants()))
            .map(e -> "item " + e.id() + " has no variants: it is the same for everybody")
            .toList()
        : List.of();
  }

  /** Students may have the assignment that is there; their grades would change with it. */
  private void refuseOther(Assignment made) throws IOException {
    Path file = Assignment.file(folder, made.name());
    if (!replace && Files.exists(file) && !Files.readString(file).equals(made.toJson())) {
      throw new UsageException(
          file
              + " is there already and asks something else; students may have it."
              + " Give this one another --assignment, or overwrite that one with --replace");
    }
  }

  private List<Path> write(Release release, Assignment made) throws IOException {
    if (!plain) {
      return release.nbgrader(folder, made, language.locale());
    }
    return roster.isPresent()
        ? release.plain(folder, made, Students.of(roster.get()), language.locale())
        : release.plain(folder, made, language.locale());
  }

  private Assignment assignment(ItemBank from) {
    List<Exercise> chosen = chosen(from);
    Map<String, Double> worth = new LinkedHashMap<>();
    chosen.forEach(e -> worth.put(e.id(), worth(e, from)));
    points.forEach(p -> weigh(p, worth));
    boolean personal = secret.isGiven() && plain && roster.isPresent();
    UnaryOperator<String> dealt =
        secret.isGiven() && !personal
            ? secret.dealer(from, course, assignment)
            : UnaryOperator.identity();
    return new Assignment(
        assignment,
        course,
        language.tag(),
        due,
        personal,
        worth.entrySet().stream()
            .map(e -> new Assignment.Item(dealt.apply(e.getKey()), e.getValue()))
            .toList());
  }

  /** What its questions add up to. */
  static double worth(Exercise exercise, ItemBank from) {
    return switch (exercise) {
      case PredictionItem item -> from.posed(item).max();
      case FixItem item -> item.points();
    };
  }

  private List<Exercise> chosen(ItemBank from) {
    if (items.isEmpty() == chapter.isEmpty()) {
      throw new UsageException("choose what to ask, with either --chapter or --item");
    }
    if (chapter.isPresent()) {
      List<Exercise> all = from.exercises(chapter.get());
      if (all.isEmpty()) {
        throw UsageException.noChapter(chapter.get(), from);
      }
      return all;
    }
    return items.stream()
        .distinct()
        .map(id -> from.exercise(id).orElseThrow(() -> UsageException.noItem(id, from)))
        .toList();
  }

  private static void weigh(String option, Map<String, Double> worth) {
    int eq = option.indexOf('=');
    String item = eq < 0 ? "" : option.substring(0, eq);
    double n;
    try {
      n = Double.parseDouble(option.substring(eq + 1));
    } catch (NumberFormatException e) {
      n = Double.NaN;
    }
    if (!(n >= 0 && n <= 1e6)) {
      throw new UsageException("--points " + option + ": write a number from 0 on, or ITEM=NUMBER");
    }
    if (eq >= 0 && !worth.containsKey(item)) {
      throw new UsageException("--points " + option + ": " + item + " is not in the assignment");
    }
    double each = n;
    worth.replaceAll((id, w) -> eq < 0 || id.equals(item) ? each : w);
  }
}
