package paniclab.exercises.progress;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import paniclab.exercises.Exercise;
import paniclab.exercises.ItemBank;

/**
 * Where a learner stands, from the attempts alone.
 *
 * <p>Review is spaced uniformly (no spacing that grows does better: Latimier et al. 2021): an item
 * that was missed comes again {@link #SPACING} after it was last answered, until it was right
 * {@value #RIGHTS} times running after the miss, each on a day of its own. An item that was right
 * at once does not come again.
 *
 * @param chapters by their ids
 * @param models met, with how often and whether the last answer to such an item was right since
 * @param reviews the most urgent first
 */
public record Standing(List<Chapter> chapters, List<Met> models, List<Review> reviews) {
  /** From one answer to the next. */
  public static final Duration SPACING = Duration.ofDays(1);

  /** How many right answers running make a missed item a known one. */
  public static final int RIGHTS = 2;

  /**
   * A chapter.
   *
   * @param items in it
   * @param tried of them
   * @param atOnce right at the first attempt
   * @param now right at the last attempt
   * @param share of the points of all its items that the last attempts earned, from 0 to 1
   */
  public record Chapter(String id, int items, int tried, int atOnce, int now, double share) {}

  /** A wrong model that answers fitted; {@code overcome} when those items are right now. */
  public record Met(String model, int times, boolean overcome) {}

  /**
   * An item to look at again.
   *
   * @param due when; it may have passed
   * @param missed how many attempts at it were not right
   */
  public record Review(Exercise item, Instant due, int missed) {
    /** Whether it is time. */
    public boolean isDue(Instant now) {
      return !due.isAfter(now);
    }
  }

  public Standing {
    chapters = List.copyOf(chapters);
    models = List.copyOf(models);
    reviews = List.copyOf(reviews);
  }

  /**
   * The standing after these attempts.
   *
   * @param attempts the oldest first; those about items that the bank has not got do not count
   */
  public static Standing of(ItemBank bank, List<Attempt> attempts) {
    Map<String, List<Attempt>> byItem = new LinkedHashMap<>();
    for (Attempt a : attempts) {
      if (bank.exercise(a.idea()).isPresent()) {
        byItem.computeIfAbsent(a.idea(), _ -> new ArrayList<>()).add(a);
      }
    }
    return new Standing(chapters(bank, byItem), models(byItem), reviews(bank, byItem));
  }

  private static List<Chapter> chapters(ItemBank bank, Map<String, List<Attempt>> byItem) {
    Map<String, List<Exercise>> chapters = new TreeMap<>();
    bank.exercises()
        .forEach(i -> chapters.computeIfAbsent(i.chapter(), _ -> new ArrayList<>()).add(i));
    List<Chapter> list = new ArrayList<>();
    chapters.forEach((id, items) -> {
      List<List<Attempt>> tried =
          items.stream().flatMap(i -> Optional.ofNullable(byItem.get(i.id())).stream()).toList();
      double shares =
          tried.stream().mapToDouble(a -> a.getLast().score() / a.getLast().max()).sum();
      list.add(
          new Chapter(
              id,
              items.size(),
              tried.size(),
              (int) tried.stream().filter(a -> a.getFirst().right()).count(),
              (int) tried.stream().filter(a -> a.getLast().right()).count(),
              shares / items.size()));
    });
    return list;
  }

  private static List<Met> models(Map<String, List<Attempt>> byItem) {
    Map<String, Integer> times = new TreeMap<>();
    Map<String, Boolean> overcome = new TreeMap<>();
    byItem
        .values()
        .forEach(attempts ->
            attempts.stream()
                .map(Attempt::model)
                .filter(m -> !m.isEmpty())
                .forEach(m -> {
                  times.merge(m, 1, Integer::sum);
                  overcome.merge(m, attempts.getLast().right(), Boolean::logicalAnd);
                }));
    return times.entrySet().stream()
        .map(e -> new Met(e.getKey(), e.getValue(), Boolean.TRUE.equals(overcome.get(e.getKey()))))
        .sorted(Comparator.comparing(Met::overcome).thenComparing(m -> -m.times()))
        .toList();
  }

  private static List<Review> reviews(ItemBank bank, Map<String, List<Attempt>> byItem) {
    List<Review> list = new ArrayList<>();
    byItem.forEach((id, attempts) -> {
      long missed = attempts.stream().filter(a -> !a.right()).count();
      if (missed > 0 && rightsSince(attempts) < RIGHTS) {
        list.add(
            new Review(
                bank.exercise(id).orElseThrow(),
                attempts.getLast().at().plus(SPACING),
                (int) missed));
      }
    });
    list.sort(Comparator.comparing(Review::due).thenComparing(r -> r.item().id()));
    return list;
  }

  /** Right answers after the last miss that count: each a spacing after the answer before it. */
  private static int rightsSince(List<Attempt> attempts) {
    int rights = 0;
    for (int i = 1; i < attempts.size(); i++) {
      Attempt a = attempts.get(i);
      Duration since = Duration.between(attempts.get(i - 1).at(), a.at());
      if (!a.right()) {
        rights = 0;
      } else if (since.compareTo(SPACING) >= 0) {
        rights++;
      }
    }
    return rights;
  }
}
