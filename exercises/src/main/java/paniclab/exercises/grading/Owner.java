package paniclab.exercises.grading;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whose file a learning platform says it is, in the name it gave it.
 *
 * @param number of the person on the platform (Canvas: the user, Moodle: the participant)
 * @param name as the platform writes it: Canvas's is {@code lastfirst}, Moodle's the full name
 * @param late whether the platform marked it late
 */
record Owner(Kind kind, String number, String name, boolean late) {
  enum Kind {
    CANVAS,
    MOODLE
  }

  /** lastfirst_LATE_12345_67890_name.ipynb; Canvas writes no blank and no capital into the name. */
  private static final Pattern CANVAS =
      Pattern.compile("([^_/]+)_(LATE_)?(\\d{1,18})_(\\d{1,18})_(.+)");

  /** Full Name_12345_assignsubmission_file_, a folder, or the same before the name of a file. */
  private static final Pattern MOODLE =
      Pattern.compile("(.+?)_(\\d{1,18})_assignsubmission_(?:file|onlinetext)(?:_.*)?");

  static Optional<Owner> of(String name) {
    return moodle(name).or(() -> canvas(name));
  }

  static Optional<Owner> moodle(String name) {
    Matcher m = MOODLE.matcher(name);
    return m.matches()
        ? Optional.of(new Owner(Kind.MOODLE, m.group(2), m.group(1), false))
        : Optional.empty();
  }

  static Optional<Owner> canvas(String name) {
    Matcher m = CANVAS.matcher(name);
    return m.matches()
        ? Optional.of(new Owner(Kind.CANVAS, m.group(3), m.group(1), m.group(2) != null))
        : Optional.empty();
  }

  /** The number of what was handed in: later ones are larger; 0 where there is none. */
  static long order(String fileName) {
    Matcher m = CANVAS.matcher(fileName);
    return m.matches() ? Long.parseLong(m.group(4)) : 0;
  }
}
