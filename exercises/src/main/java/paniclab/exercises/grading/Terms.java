package paniclab.exercises.grading;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/**
 * What an assignment is worth and when it is due.
 *
 * @param points by item; absent for an item that is worth what its questions add up to
 * @param late what lateness costs
 */
record Terms(Optional<Assignment> points, Optional<Instant> due, LatePolicy late) {
  /** What an item is worth. */
  double max(Gradable item) {
    return points.flatMap(a -> a.points(item.id())).orElse(item.max());
  }

  /** A score of an item in the assignment's points; exact where they are the item's own. */
  double weighted(Gradable item, double score) {
    double max = max(item);
    return max == item.max() || item.max() == 0
        ? score
        : Math.clamp(score / item.max() * max, 0, max);
  }

  /** What to say where lateness costs something and nobody can tell when some work came. */
  Optional<String> unknownTimes(Collection<Submission> submissions) {
    long unknown =
        submissions.stream()
            .filter(s -> !s.files().isEmpty() && s.timestamp().isBlank() && !s.late())
            .count();
    return late.equals(LatePolicy.NONE) || due.isEmpty() || unknown == 0
        ? Optional.empty()
        : Optional.of(
            "nothing tells when "
                + unknown
                + " of the submissions were handed in (the dates of files do not), so they count"
                + " as in time; nbgrader's timestamp.txt and Canvas's zip tell it");
  }

  /** How late something was handed in; absent when it was in time or nothing is known. */
  Optional<Duration> lateness(String timestamp) {
    Optional<Instant> at = Times.parse(timestamp);
    return due.isPresent() && at.isPresent() && at.get().isAfter(due.get())
        ? Optional.of(Duration.between(due.get(), at.get()))
        : Optional.empty();
  }
}
