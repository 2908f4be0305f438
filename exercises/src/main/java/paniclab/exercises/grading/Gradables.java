package paniclab.exercises.grading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import paniclab.exercises.AnswerKey;
import paniclab.exercises.BadItemException;
import paniclab.exercises.Exercise;
import paniclab.exercises.FixItem;
import paniclab.exercises.FixJudge;
import paniclab.exercises.ItemBank;
import paniclab.exercises.ItemSource;
import paniclab.exercises.KeySource;
import paniclab.exercises.Posed;
import paniclab.exercises.PredictionItem;
import paniclab.exercises.Variant;
import paniclab.programs.GoProgram;

/**
 * The items of an assignment with their keys, for each student. Where all are asked the same, the
 * keys are computed once, several at a time. What has no key is left out for everybody, and said.
 */
final class Gradables {
  private final ItemBank bank;
  private final List<Exercise> items;
  private final ItemSource source;
  private final KeySource keys;
  private final Optional<Map<String, Gradable>> common;
  private final Map<String, FixJudge> judges = new ConcurrentHashMap<>();
  private final Map<String, String> leftOut = new ConcurrentHashMap<>();

  Gradables(
      ItemBank bank,
      List<Exercise> items,
      ItemSource source,
      KeySource keys,
      int jobs,
      Progress progress) {
    this.items = List.copyOf(items);
    this.bank = bank;
    this.source = source;
    this.keys = keys;
    if (source.isPersonal()) {
      common = Optional.empty();
      forAll(
          jobs,
          progress,
          e -> {
            if (e instanceof PredictionItem item) {
              source.others("", item);
            }
          });
    } else {
      forAll(jobs, progress, e -> gradable("", e));
      common = Optional.of(make(""));
    }
  }

  /** Works out what is kept for each item; what went wrong comes up again where it is asked for. */
  private void forAll(int jobs, Progress progress, Consumer<Exercise> work) {
    AtomicInteger done = new AtomicInteger();
    try (ExecutorService pool = Executors.newFixedThreadPool(jobs)) {
      for (Exercise e : items) {
        pool.execute(() -> {
          work.accept(e);
          progress.keys(done.incrementAndGet(), items.size());
        });
      }
    }
  }

  /** The items of a student, by id, in the order of the assignment. */
  Map<String, Gradable> of(String student) {
    return common.orElseGet(() -> make(student));
  }

  private Map<String, Gradable> make(String student) {
    Map<String, Gradable> made = new LinkedHashMap<>();
    for (Exercise e : items) {
      gradable(student, e).ifPresent(g -> made.put(e.id(), g));
    }
    return made;
  }

  private Optional<Gradable> gradable(String student, Exercise exercise) {
    return switch (exercise) {
      case PredictionItem item ->
          predicted(source.pose(student, item), source.others(student, item));
      case FixItem item -> mended(item);
    };
  }

  private Optional<Gradable> predicted(Posed posed, List<Variant> others) {
    return switch (keys.key(posed)) {
      case KeySource.Lookup.Found(AnswerKey key) ->
          Optional.of(new Gradable.Predicted(posed, key, others));
      case KeySource.Lookup.None(String reason) -> {
        leftOut.put(posed.item().id(), reason);
        yield Optional.empty();
      }
    };
  }

  private Optional<Gradable> mended(FixItem item) {
    GoProgram given = bank.program(item);
    FixJudge judge = judges.computeIfAbsent(item.id(), _ -> new FixJudge(item, given));
    try {
      judge.given();
      return Optional.of(new Gradable.Fix(item, given, judge));
    } catch (BadItemException e) {
      leftOut.put(item.id(), String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /** What was left out, and why. */
  List<String> leftOut() {
    List<String> all = new ArrayList<>();
    for (Exercise item : items) {
      String reason = leftOut.get(item.id());
      if (reason != null) {
        all.add("item " + item.id() + " is left out, it has no key: " + reason);
      }
    }
    return all;
  }
}
