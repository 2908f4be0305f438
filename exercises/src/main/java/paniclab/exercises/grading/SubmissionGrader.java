package paniclab.exercises.grading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import paniclab.exercises.Prediction;

/** Grades one student's submission. */
final class SubmissionGrader {
  /** The version of nbgrader's cell metadata that is current. */
  private static final String SCHEMA = "3";

  private final Map<String, Gradable> items;
  private final Optional<Roster> roster;
  private final Duration timeout;

  SubmissionGrader(Map<String, Gradable> items, Optional<Roster> roster, Duration timeout) {
    this.items = items;
    this.roster = roster;
    this.timeout = timeout;
  }

  /** What is known of a submission while it is graded. */
  private static final class Draft {
    private final List<String> reasons = new ArrayList<>();
    private Status status = Status.OK;

    private void found(Status worse, String reason) {
      status = status.or(worse);
      reasons.add(reason);
    }
  }

  Judged grade(Submission submission) {
    Draft draft = new Draft();
    List<Cell> cells = read(submission, draft);
    Map<String, List<Cell>> byItem = new LinkedHashMap<>();
    for (Cell cell : cells) {
      claim(cell, byItem, draft);
    }
    List<Judged.Item> judged = new ArrayList<>();
    for (Gradable item : items.values()) {
      judged.add(judge(item, byItem.getOrDefault(item.id(), List.of()), draft));
    }
    return new Judged(row(submission, judged, draft), judged);
  }

  private GradeRow row(Submission submission, List<Judged.Item> judged, Draft draft) {
    Student student =
        roster
            .flatMap(r -> Optional.ofNullable(r.students().get(submission.student())))
            .orElse(Student.of(submission.student()));
    boolean listed = roster.isEmpty() || roster.get().students().containsKey(submission.student());
    if (!listed) {
      draft.reasons.add("is not in the roster");
    }
    return new GradeRow(
        student.id(),
        student.lastName(),
        student.firstName(),
        student.email(),
        submission.timestamp(),
        judged.stream().mapToDouble(Judged.Item::score).sum(),
        judged.stream().mapToDouble(Judged.Item::max).sum(),
        draft.status,
        draft.reasons,
        judged.stream().map(SubmissionGrader::score).toList(),
        listed);
  }

  private static GradeRow.ItemScore score(Judged.Item i) {
    return new GradeRow.ItemScore(
        i.gradable().id(), i.score(), i.max(), i.judgement().answers(), i.judgement().model());
  }

  private List<Cell> read(Submission submission, Draft draft) {
    if (submission.files().isEmpty()) {
      draft.found(Status.MISSING, "no notebook was handed in");
      return List.of();
    }
    long end = System.nanoTime() + timeout.toNanos();
    BooleanSupplier stop = () -> System.nanoTime() - end >= 0;
    List<Cell> cells = new ArrayList<>();
    boolean readable = false;
    for (Path file : submission.files()) {
      Notebook notebook = NotebookReader.read(file, String.valueOf(file.getFileName()), stop);
      readable |= notebook.readable();
      cells.addAll(notebook.cells());
      Status fault = notebook.timedOut() ? Status.TIMEOUT : Status.PARTIAL;
      notebook.faults().forEach(f -> draft.found(fault, f));
    }
    if (!readable && draft.status != Status.TIMEOUT) {
      draft.status = Status.UNREADABLE;
    }
    return cells;
  }

  /** Notes which item a cell answers; what its source says goes before what its metadata says. */
  private void claim(Cell cell, Map<String, List<Cell>> byItem, Draft draft) {
    Optional<String> id = Prediction.itemOf(cell.source());
    Optional<String> known =
        id.filter(items::containsKey).or(() -> cell.item().filter(items::containsKey));
    known.ifPresent(i -> byItem.computeIfAbsent(i, _ -> new ArrayList<>()).add(cell));
    String place = cell.file() + ", cell " + cell.index() + ": ";
    if (known.isEmpty() && id.isPresent()) {
      draft.found(
          Status.PARTIAL, place + "there is no item \"" + id.get() + "\" in this assignment");
    }
    if (known.isPresent() && !cell.type().equals("code")) {
      draft.reasons.add(place + "is a " + cell.type() + " cell; its text counts all the same");
    }
    cell.nbgrader().ifPresent(n -> tampering(n, known, draft, place));
  }

  private void tampering(Cell.Nbgrader n, Optional<String> item, Draft draft, String place) {
    if (!n.schemaVersion().equals(SCHEMA) && !n.schemaVersion().equals(SCHEMA + ".0")) {
      draft.found(
          Status.TAMPERED, place + "nbgrader's schema_version is \"" + n.schemaVersion() + "\"");
    }
    item.map(items::get)
        .filter(i -> !n.points().isEmpty() && !samePoints(n.points(), i.max()))
        .ifPresent(i ->
            draft.found(Status.TAMPERED, place + "its metadata says " + n.points() + " points"));
  }

  private static boolean samePoints(String points, double max) {
    try {
      double p = Double.parseDouble(points);
      return p == max || p == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Judged.Item judge(Gradable item, List<Cell> cells, Draft draft) {
    if (cells.isEmpty()) {
      if (draft.status != Status.MISSING && draft.status != Status.UNREADABLE) {
        draft.found(Status.PARTIAL, "item " + item.id() + ": its cell is not there");
      }
      return judged(item, "");
    }
    Cell chosen =
        cells.reversed().stream()
            .filter(c -> item.isAnswered(c.source()))
            .findFirst()
            .orElse(cells.getLast());
    copies(item, cells, chosen, draft);
    Judged.Item judged = judged(item, chosen.source());
    for (String problem : judged.judgement().problems()) {
      draft.found(Status.PARTIAL, "item " + item.id() + ": " + problem);
    }
    return judged;
  }

  private static Judged.Item judged(Gradable item, String cell) {
    Gradable.Judgement judgement = item.judge(cell);
    return new Judged.Item(item, judgement.score(), item.max(), cell, judgement);
  }

  private static void copies(Gradable item, List<Cell> cells, Cell chosen, Draft draft) {
    if (cells.size() < 2) {
      return;
    }
    long answers =
        cells.stream()
            .map(Cell::source)
            .filter(item::isAnswered)
            .map(item::answer)
            .distinct()
            .count();
    String reason =
        "item "
            + item.id()
            + ": "
            + cells.size()
            + " cells answer it; the one at "
            + chosen.file()
            + ", cell "
            + chosen.index()
            + " counts";
    if (answers > 1) {
      draft.found(Status.PARTIAL, reason);
    } else {
      draft.reasons.add(reason);
    }
  }
}
