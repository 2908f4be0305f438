package paniclab.golang;

/**
 * A message about a program.
 *
 * @param file as {@code go build} prints it; empty for a message without a place
 * @param line from 1; 0 where there is none
 * @param column in bytes from 1; 0 where there is none
 * @param message the text after the place; may have several lines
 */
public record Diagnostic(String file, int line, int column, String message) {
  /** The line, or lines, as {@code go build} prints them. */
  @Override
  public String toString() {
    if (file.isEmpty()) {
      return message;
    }
    String place =
        line == 0 ? file : column == 0 ? file + ":" + line : file + ":" + line + ":" + column;
    return place + ": " + message;
  }
}
