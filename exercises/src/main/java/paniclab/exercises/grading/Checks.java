package paniclab.exercises.grading;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import paniclab.exercises.Exercise;
import paniclab.exercises.ItemBank;
import paniclab.exercises.ItemSource;
import paniclab.exercises.KeySource;
import paniclab.exercises.ModelKeys;

/**
 * Grades single items as {@code paniclab grade} does, for a cell that asks for the points. The same
 * texts get the same points on both ways.
 */
public final class Checks {
  /** What came of a check. */
  public sealed interface Result {}

  /** There is no such item. */
  public record Unknown(Optional<String> nearest) implements Result {}

  /** The item cannot be graded here; the reason is for people. */
  public record Unavailable(String reason) implements Result {}

  /** No cell answers it. */
  public record Unanswered() implements Result {}

  /** Points, and what to say about them. */
  public record Scored(double score, double max, Gradable.Detail detail) implements Result {}

  private final ItemBank bank;
  private final KeySource keys;
  private final Map<String, Gradables> known = new ConcurrentHashMap<>();

  /** Checks of the items of a bank. */
  public Checks(ItemBank bank, KeySource keys) {
    this.bank = bank;
    this.keys = keys;
  }

  /** Checks of the built-in items and their variants, with keys from the model. */
  public static Checks builtIn() {
    ItemBank bank = ItemBank.builtIn().withVariants();
    return new Checks(bank, ModelKeys.of(bank));
  }

  /**
   * Grades an item.
   *
   * @param cells the texts of its cells in the order they were run; the last that answers counts
   */
  public Result check(String id, List<String> cells) {
    Optional<Exercise> item = bank.exercise(id);
    if (item.isEmpty()) {
      return new Unknown(bank.nearest(id));
    }
    Gradables gradables =
        known.computeIfAbsent(
            id,
            _ ->
                new Gradables(
                    bank, List.of(item.get()), ItemSource.same(bank), keys, 1, Progress.NONE));
    Gradable gradable = gradables.of("").get(id);
    return gradable == null
        ? new Unavailable(String.join("; ", gradables.leftOut()))
        : scored(gradable, cells);
  }

  private static Result scored(Gradable item, List<String> cells) {
    Optional<String> last = cells.reversed().stream().filter(item::isAnswered).findFirst();
    if (last.isEmpty()) {
      return new Unanswered();
    }
    Gradable.Judgement judgement = item.judge(last.get());
    return new Scored(judgement.score(), item.max(), judgement.detail());
  }
}
