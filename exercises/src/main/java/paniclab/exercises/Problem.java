package paniclab.exercises;

import java.util.List;
import java.util.Locale;

/**
 * Something in a prediction that cannot be read.
 *
 * @param line in the cell, from 1
 * @param key of the line it concerns; empty where it has none
 * @param message its name in the bundles
 */
public record Problem(int line, String key, String message, List<String> arguments) {
  public Problem {
    arguments = List.copyOf(arguments);
  }

  /** What is wrong, where, and what to write instead. */
  public String text(Locale locale) {
    return Messages.get(locale, "problem.line", String.valueOf(line))
        + Messages.get(locale, "problem." + message, arguments.toArray());
  }
}
