package paniclab.exercises.grading;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What lateness costs. {@link Free} and {@link Zero} are nbgrader's own two methods.
 *
 * <p>A penalty is in points, from 0 to the score.
 */
public sealed interface LatePolicy {
  /** Nothing. */
  LatePolicy NONE = new Free();

  /** Nothing; nbgrader's {@code none}. */
  record Free() implements LatePolicy {}

  /** Everything; nbgrader's {@code zero}. */
  record Zero() implements LatePolicy {}

  /**
   * A part of the score for each day that was begun.
   *
   * @param percent from 0 to 100
   */
  record PerDay(double percent) implements LatePolicy {}

  /** Reads {@code none}, {@code zero} or a number with a percent sign. */
  static LatePolicy parse(String word) {
    Matcher m = Pattern.compile("(\\d{1,3}(?:\\.\\d+)?)%").matcher(word);
    if (word.equals("none")) {
      return NONE;
    }
    if (word.equals("zero")) {
      return new Zero();
    }
    if (m.matches() && Double.parseDouble(m.group(1)) <= 100) {
      return new PerDay(Double.parseDouble(m.group(1)));
    }
    throw new UsageException(
        "--late " + word + ": write none, zero, or what each day costs, such as 10%");
  }

  /**
   * The penalty.
   *
   * @param late how late it was; absent where that is not known
   * @return absent where it depends on how late it was
   */
  default Optional<Double> penalty(double score, Optional<Duration> late) {
    return switch (this) {
      case Free() -> Optional.of(0.0);
      case Zero() -> Optional.of(score);
      case PerDay(double percent) ->
          late.map(d -> Math.min(score, score * percent / 100 * days(d)));
    };
  }

  private static long days(Duration late) {
    return (late.toSeconds() + 86_399) / 86_400;
  }
}
