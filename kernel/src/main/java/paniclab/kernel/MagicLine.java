package paniclab.kernel;

import java.util.Optional;

/**
 * A magic as it stands in a cell.
 *
 * @param name with its percent signs
 * @param arguments the rest of its line
 * @param body the lines below it
 */
record MagicLine(String name, String arguments, String body) {
  /** The magic that takes the whole cell, where its first line that is not blank begins one. */
  static Optional<MagicLine> ofCell(String code) {
    String cell = code.replaceFirst("^\\uFEFF?(?:[ \\t]*\\r?\\n)*", "");
    if (!cell.startsWith("%%")) {
      return Optional.empty();
    }
    int end = cell.indexOf('\n');
    String line = end < 0 ? cell : cell.substring(0, end);
    MagicLine m = of(line);
    return Optional.of(
        new MagicLine(m.name(), m.arguments(), end < 0 ? "" : cell.substring(end + 1)));
  }

  /** The magic of a line. */
  static MagicLine of(String line) {
    String l = line.strip();
    int blank = 0;
    while (blank < l.length() && !Character.isWhitespace(l.charAt(blank))) {
      blank++;
    }
    return new MagicLine(l.substring(0, blank), l.substring(blank).strip(), "");
  }
}
