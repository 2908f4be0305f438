package paniclab.exercises.grading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** Grades one student's submission. */
final class SubmissionGrader {
  private final Gradables gradables;
  private final Predicate<String> asked;
  private final Optional<Roster> roster;
  private final Terms terms;
  private final Duration timeout;

  /**
   * Grades.
   *
   * @param asked whether notebooks may hold an item that is not among the gradable ones
   */
  SubmissionGrader(
      Gradables gradables,
      Predicate<String> asked,
      Optional<Roster> roster,
      Terms terms,
      Duration timeout) {
    this.gradables = gradables;
    this.asked = asked;
    this.roster = roster;
    this.terms = terms;
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

  /**
   * Grades a submission. Whatever it holds, a row comes out: a fault of ours in the middle of it is
   * a row for a person, not the end of the class.
   */
  Judged grade(Submission submission) {
    Draft draft = new Draft();
    Map<String, Gradable> items = gradables.of(submission.student());
    try {
      return grade(submission, items, draft);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      draft.status = Status.UNREADABLE;
      draft.reasons.add("grading failed, which is a bug of PanicLab: " + e);
      return new Judged(row(submission, List.of(), items, draft), List.of());
    }
  }

  private Judged grade(Submission submission, Map<String, Gradable> items, Draft draft) {
    List<Cell> cells = read(submission, draft);
    submission.notes().forEach(n -> draft.found(Status.PARTIAL, n));
    Claims claims = Claims.of(cells, items, asked, draft::found, draft.reasons::add);
    List<Judged.Item> judged = new ArrayList<>();
    for (Gradable item : items.values()) {
      judged.add(judge(item, claims.cells(item.id()), draft));
    }
    return new Judged(row(submission, judged, items, draft), judged);
  }

  private GradeRow row(
      Submission submission, List<Judged.Item> judged, Map<String, Gradable> items, Draft draft) {
    Student student =
        roster
            .flatMap(r -> Optional.ofNullable(r.students().get(submission.student())))
            .orElse(Student.of(submission.student()));
    boolean listed = roster.isEmpty() || roster.get().knows(submission.student());
    if (!listed) {
      draft.reasons.add("is not in the roster");
    }
    double score = judged.stream().mapToDouble(Judged.Item::score).sum();
    String name =
        student.lastName().isEmpty() && student.firstName().isEmpty()
            ? submission.owner().map(Owner::name).orElse("")
            : student.lastName();
    return new GradeRow(
        student.id(),
        name,
        student.firstName(),
        student.email(),
        submission.timestamp(),
        score,
        penalty(submission, score, draft),
        Optional.empty(),
        items.values().stream().mapToDouble(terms::max).sum(),
        draft.status,
        draft.reasons,
        judged.stream().map(SubmissionGrader::score).toList(),
        listed);
  }

  private double penalty(Submission submission, double score, Draft draft) {
    Optional<Duration> late = terms.lateness(submission.timestamp());
    if (late.isEmpty() && !submission.late()) {
      return 0;
    }
    draft.reasons.add(
        late.map(d -> "was handed in " + d.toMinutes() + " minutes late")
            .orElse("was handed in late"));
    Optional<Double> penalty = terms.late().penalty(score, late);
    if (penalty.isEmpty()) {
      draft.found(Status.PARTIAL, "how late is not known, so nothing was taken off");
    }
    return penalty.orElse(0.0);
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
    if (judged.judgement().score() < item.max() && item.isAnotherStudents(chosen.source())) {
      draft.reasons.add(
          "item "
              + item.id()
              + ": wrong for this student's program, but all right for another student's; it may be"
              + " copied");
    }
    return judged;
  }

  private Judged.Item judged(Gradable item, String cell) {
    Gradable.Judgement judgement = item.judge(cell);
    return new Judged.Item(
        item, terms.weighted(item, judgement.score()), terms.max(item), cell, judgement);
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
