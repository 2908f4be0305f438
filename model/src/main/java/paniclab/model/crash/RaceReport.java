package paniclab.model.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A report of the race detector in the normal form: the program's own frames, each with the last
 * part of its file name, and goroutines numbered as in the rest of the text. Source of the grammar:
 * ThreadSanitizer's {@code tsan_report.cpp}, the part for Go.
 */
final class RaceReport {
  /** The line that begins a report, after a line of equals signs. */
  static final String TITLE = "WARNING: DATA RACE";

  /** The line before and after each report. */
  static final String BORDER = "==================";

  private static final Pattern PLACE =
      Pattern.compile(" {6}(?:.*[/\\\\])?([^/\\\\]+:\\d+)(?: .*)?");
  private static final Pattern NUMBER = Pattern.compile("\\b([Gg]oroutine) (\\d+)");
  private static final String FRAME = "  ";
  private static final String PROGRAM_FRAME = "  main.";

  private RaceReport() {}

  /**
   * The lines of one report, its title first, its border last.
   *
   * @param number the new number of a goroutine, by its old one
   */
  static List<String> normal(List<String> lines, UnaryOperator<String> number) {
    List<String> out = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      Matcher place = PLACE.matcher(i + 1 < lines.size() ? lines.get(i + 1) : "");
      if (line.startsWith(FRAME) && place.matches()) {
        if (line.startsWith(PROGRAM_FRAME)) {
          out.add(line);
          out.add("      " + place.group(1));
        }
        i++;
      } else {
        out.add(NUMBER.matcher(line).replaceAll(m -> m.group(1) + " " + number.apply(m.group(2))));
      }
    }
    return out;
  }
}
