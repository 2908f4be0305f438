package paniclab.exercises.grading;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import paniclab.exercises.AnswerKey;
import paniclab.exercises.ItemBank;
import paniclab.exercises.KeySource;
import paniclab.exercises.ModelKeys;
import paniclab.exercises.Prediction;
import paniclab.exercises.PredictionItem;

/**
 * Grades a class. Submissions are read as data: nothing in them is ever run. One row for each
 * student, whatever is broken; what is broken costs at most its own cell.
 */
public final class ClassGrader {
  private final ItemBank bank;
  private final KeySource keys;

  /** A grader of the items of a bank. */
  public ClassGrader(ItemBank bank, KeySource keys) {
    this.bank = bank;
    this.keys = keys;
  }

  /** A grader of the built-in items, with keys from the model. */
  public static ClassGrader builtIn() {
    return of(ItemBank.builtIn());
  }

  /** A grader of the items of a bank, with keys from the model. */
  public static ClassGrader of(ItemBank bank) {
    return new ClassGrader(bank, ModelKeys.of(bank));
  }

  /**
   * Grades what the request names. The same files always give the same report.
   *
   * @throws UsageException when the request cannot be carried out at all
   * @throws IOException when a folder cannot be listed
   */
  public GradeReport grade(GradeRequest request, Progress progress) throws IOException {
    return grade(request, progress, Listener.NONE);
  }

  /** The same, telling of each student as it goes. */
  public GradeReport grade(GradeRequest request, Progress progress, Listener listener)
      throws IOException {
    Optional<Roster> roster = request.roster().map(f -> Roster.read(f, progress));
    List<String> ids = roster.map(r -> List.copyOf(r.students().keySet())).orElse(List.of());
    Layout.Found found = new Layout(request.folder(), request.assignment(), ids).find();
    String assignment = found.assignment().orElse(bank.all().getFirst().chapter());
    Map<String, Gradable> items = items(request, assignment, progress);
    Map<String, Submission> submissions = new TreeMap<>(Layout.byStudent(found.submissions()));
    ids.forEach(id ->
        submissions.putIfAbsent(
            id, new Submission(id, List.of(), request.folder().resolve(id), "")));
    if (submissions.isEmpty()) {
      progress.note(request.folder() + ": no submission was found");
    }
    listener.assignment(assignment);
    List<GradeRow> rows =
        rows(
            new SubmissionGrader(items, roster, request.timeout()),
            submissions,
            request,
            progress,
            listener);
    return new GradeReport(assignment, rows);
  }

  private List<GradeRow> rows(
      SubmissionGrader grader,
      Map<String, Submission> submissions,
      GradeRequest request,
      Progress progress,
      Listener listener) {
    AtomicInteger done = new AtomicInteger();
    List<Future<GradeRow>> futures = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(request.jobs())) {
      for (Submission s : submissions.values()) {
        futures.add(
            pool.submit(() -> {
              Judged judged = grader.grade(s);
              listener.judged(judged);
              synchronized (progress) {
                progress.done(done.incrementAndGet(), submissions.size());
              }
              return judged.row();
            }));
      }
    }
    return futures.stream().map(ClassGrader::result).toList();
  }

  private static GradeRow result(Future<GradeRow> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a submission was not graded: our bug", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("grading was interrupted", e);
    }
  }

  private Map<String, Gradable> items(GradeRequest request, String assignment, Progress progress)
      throws IOException {
    List<PredictionItem> chosen = chosen(request, assignment);
    Map<String, Gradable> graded = new LinkedHashMap<>();
    for (PredictionItem item : withKeys(chosen, request.jobs())) {
      switch (keys.key(item)) {
        case KeySource.Lookup.Found(AnswerKey key) ->
            graded.put(item.id(), new Gradable.Predicted(bank.posed(item), key));
        case KeySource.Lookup.None(String reason) ->
            progress.note("item " + item.id() + " is left out for all, it has no key: " + reason);
      }
    }
    if (graded.isEmpty()) {
      throw new UsageException("assignment " + assignment + " has no item that can be graded");
    }
    return graded;
  }

  /** The same items, after all their keys were computed, several at a time. */
  private List<PredictionItem> withKeys(List<PredictionItem> items, int jobs) {
    try (ExecutorService pool = Executors.newFixedThreadPool(jobs)) {
      items.forEach(i -> pool.execute(() -> keys.key(i)));
    }
    return items;
  }

  private List<PredictionItem> chosen(GradeRequest request, String assignment) throws IOException {
    if (!request.items().isEmpty()) {
      return request.items().stream().map(this::item).toList();
    }
    List<PredictionItem> released = released(request.folder(), assignment);
    if (!released.isEmpty()) {
      return released;
    }
    List<PredictionItem> chapter = bank.chapter(assignment);
    return chapter.isEmpty() ? bank.all() : chapter;
  }

  private PredictionItem item(String id) {
    return bank.find(id)
        .orElseThrow(() ->
            new UsageException(
                "there is no item "
                    + id
                    + bank.nearest(id).map(n -> "; did you mean " + n + "?").orElse("")));
  }

  /** The items of the released notebook, where the course folder has one. */
  private List<PredictionItem> released(Path course, String assignment) throws IOException {
    List<PredictionItem> items = new ArrayList<>();
    for (Path file : Layout.released(course, assignment)) {
      for (Cell cell : NotebookReader.read(file, file.toString(), () -> false).cells()) {
        Prediction.itemOf(cell.source())
            .flatMap(bank::find)
            .filter(i -> !items.contains(i))
            .ifPresent(items::add);
      }
    }
    return items;
  }
}
