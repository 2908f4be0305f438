package paniclab.kernel.magic;

import java.util.Optional;
import paniclab.kernel.Messages;

/** The points of an item in an assignment. */
final class Points {
  private static final double MOST = 1e9;

  private Points() {}

  /** Reads the option {@code --of}; empty where it was not given. */
  static Optional<Double> of(String option, Messages messages) throws BadMagic {
    if (option.isEmpty()) {
      return Optional.empty();
    }
    try {
      double points = Double.parseDouble(option);
      if (points >= 0 && points <= MOST) {
        return Optional.of(points);
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new BadMagic(messages.get("check.of", option));
  }

  /**
   * A bare number from 0 to the item's points, as nbgrader reads it: more is an error there, and
   * less than 0 earns all.
   */
  static String text(double score, double max, Optional<Double> of) {
    double points = of.orElse(max);
    double scaled = max > 0 ? Math.clamp(score / max * points, 0, points) : 0;
    return scaled == Math.rint(scaled) ? String.valueOf((long) scaled) : String.valueOf(scaled);
  }
}
