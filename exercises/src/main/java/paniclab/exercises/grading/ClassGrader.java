package paniclab.exercises.grading;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import paniclab.exercises.Exercise;
import paniclab.exercises.ItemBank;
import paniclab.exercises.ItemSource;
import paniclab.exercises.KeySource;
import paniclab.exercises.ModelKeys;

/**
 * Grades a class. Submissions are read as data: nothing in them is ever run. One row for each
 * student, whatever is broken; what is broken costs at most its own cell.
 */
public final class ClassGrader {
  /** Says how the items of an assignment were put to each student. */
  @FunctionalInterface
  public interface Sources {
    /** The source for an assignment; absent where there is no file that tells of it. */
    ItemSource of(Optional<Assignment> assignment);
  }

  private final ItemBank bank;
  private final KeySource keys;
  private final Sources sources;

  /** A grader of the items of a bank, as they were put to each student. */
  public ClassGrader(ItemBank bank, KeySource keys, Sources sources) {
    this.bank = bank;
    this.keys = keys;
    this.sources = sources;
  }

  /** A grader of the items of a bank, the same for all. */
  public ClassGrader(ItemBank bank, KeySource keys) {
    this(bank, keys, _ -> ItemSource.same(bank));
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
   * @throws IOException when a folder cannot be listed, or the journal cannot be written
   */
  public GradeReport grade(GradeRequest request, Progress progress) throws IOException {
    return grade(request, progress, Listener.NONE);
  }

  /** The same, telling of each student as it goes; rows taken from before are not told of. */
  public GradeReport grade(GradeRequest request, Progress progress, Listener listener)
      throws IOException {
    Optional<Roster> roster = request.roster().map(f -> Roster.read(f, progress));
    try (Inputs inputs = Inputs.open(request, roster.orElse(Roster.of(List.of())))) {
      inputs.remarks().forEach(progress::note);
      Chosen chosen = Chosen.of(request, inputs.assignment(), bank);
      Gradables gradables = gradables(chosen, request, progress);
      Terms terms = terms(chosen, request);
      if (chosen.assignment().isEmpty() && request.items().isEmpty()) {
        progress.note(
            "no --release and no --item: graded are the "
                + chosen.items().size()
                + " items of "
                + chosen.name());
      }
      listener.assignment(chosen.name());
      SubmissionGrader grader =
          new SubmissionGrader(
              gradables, id -> chosen.holds(id, request, bank), roster, terms, request.timeout());
      Map<String, Submission> submissions = submissions(inputs, roster, request, progress);
      terms.unknownTimes(submissions.values()).ifPresent(progress::note);
      Class all = new Class(grader, submissions, request);
      List<GradeRow> rows = all.rows(head(chosen, gradables, terms, request), progress, listener);
      List<String> remarks = new ArrayList<>(inputs.remarks());
      remarks.addAll(gradables.leftOut());
      return new GradeReport(chosen.name(), terms.due(), rows, all.before.changes(rows), remarks);
    }
  }

  private Gradables gradables(Chosen chosen, GradeRequest request, Progress progress) {
    ItemSource source = sources.of(chosen.assignment());
    if (chosen.assignment().map(Assignment::personal).orElse(false) && !source.isPersonal()) {
      throw new UsageException(
          "assignment "
              + chosen.name()
              + " asks each student about other programs; give the course's secret with --secret");
    }
    Gradables gradables =
        new Gradables(bank, chosen.items(), source, keys, request.jobs(), progress);
    gradables.leftOut().forEach(progress::note);
    if (!source.isPersonal() && gradables.of("").isEmpty()) {
      throw new UsageException("assignment " + chosen.name() + " has no item that can be graded");
    }
    return gradables;
  }

  private static Terms terms(Chosen chosen, GradeRequest request) {
    Optional<String> due = request.due().or(() -> chosen.assignment().flatMap(Assignment::due));
    Optional<Instant> at =
        due.map(text ->
            Times.parse(text)
                .orElseThrow(() ->
                    new UsageException(
                        "due \"" + text + "\": write a time such as 2026-12-01T23:59+08:00")));
    return new Terms(chosen.assignment(), at, request.late());
  }

  /** What else than the notebooks decides about rows. */
  private static Journal.Head head(
      Chosen chosen, Gradables gradables, Terms terms, GradeRequest request) {
    StringBuilder all = new StringBuilder(chosen.name()).append(terms.due()).append(terms.late());
    for (Exercise i : chosen.items()) {
      all.append('\n').append(i);
      chosen.assignment().flatMap(a -> a.points(i.id())).ifPresent(all::append);
    }
    gradables.leftOut().forEach(all::append);
    return new Journal.Head(
        chosen.name(),
        request.shard(),
        Journal.hash(all.toString()),
        terms.due().map(Instant::toString));
  }

  private static Map<String, Submission> submissions(
      Inputs inputs, Optional<Roster> roster, GradeRequest request, Progress progress) {
    Map<String, Submission> all = new TreeMap<>(Layout.byStudent(inputs.submissions()));
    if (all.isEmpty()) {
      progress.note(request.inputs() + ": no submission was found");
    }
    roster.ifPresent(r ->
        r.students()
            .keySet()
            .forEach(id ->
                all.putIfAbsent(
                    id,
                    new Submission(id, List.of(), request.inputs().getFirst().resolve(id), ""))));
    all.keySet()
        .removeIf(id -> !request.shard().has(id) || !request.only().map(id::equals).orElse(true));
    return all;
  }

  /** A class being graded. */
  private static final class Class {
    private final SubmissionGrader grader;
    private final Map<String, Submission> submissions;
    private final GradeRequest request;
    private Before before = Before.nothing();

    Class(SubmissionGrader grader, Map<String, Submission> submissions, GradeRequest request) {
      this.grader = grader;
      this.submissions = submissions;
      this.request = request;
    }

    List<GradeRow> rows(Journal.Head head, Progress progress, Listener listener)
        throws IOException {
      if (request.sheet().isEmpty()) {
        return all(s -> grade(s, listener), progress);
      }
      before = Before.of(request.sheet().get(), progress);
      try (Journal.Writer journal =
          new Journal.Writer(Journal.unfinished(request.sheet().get()), head)) {
        return all(s -> journaled(s, head, journal, listener), progress);
      }
    }

    private interface Work {
      GradeRow row(Submission s);
    }

    private List<GradeRow> all(Work work, Progress progress) {
      AtomicInteger done = new AtomicInteger();
      List<Future<GradeRow>> futures = new ArrayList<>();
      try (ExecutorService pool = Executors.newFixedThreadPool(request.jobs())) {
        for (Submission s : submissions.values()) {
          futures.add(
              pool.submit(() -> {
                GradeRow row = work.row(s);
                synchronized (progress) {
                  progress.done(done.incrementAndGet(), submissions.size());
                }
                return row;
              }));
        }
      }
      return futures.stream().map(Class::result).toList();
    }

    private GradeRow grade(Submission s, Listener listener) {
      Judged judged = grader.grade(s);
      listener.judged(judged);
      return judged.row();
    }

    private GradeRow journaled(
        Submission s, Journal.Head head, Journal.Writer journal, Listener listener) {
      String fingerprint = Journal.fingerprint(s);
      Optional<GradeRow> known =
          request.resume() ? before.row(s.student(), head.terms(), fingerprint) : Optional.empty();
      GradeRow row = known.orElseGet(() -> grade(s, listener));
      Optional<Double> manual = before.manual(s.student());
      GradeRow kept =
          manual.isPresent() && !row.manual().equals(manual) ? row.withManual(manual.get()) : row;
      try {
        journal.add(new Journal.Entry(fingerprint, kept));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return kept;
    }

    private static GradeRow result(Future<GradeRow> future) {
      try {
        return future.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof UncheckedIOException io) {
          throw io; // a page or the journal cannot be written
        }
        throw new IllegalStateException("a submission was not graded: our bug", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("grading was interrupted", e);
      }
    }
  }
}
