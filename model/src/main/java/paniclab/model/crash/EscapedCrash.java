package paniclab.model.crash;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A whole crash that a logger has put into one value: with its newlines, or written as {@code \n}
 * in a line of its own ({@code msg="panic: boom\n\ngoroutine 1 [running]:\n…"}).
 */
final class EscapedCrash {
  private static final String HEAD =
      "(?:panic: |fatal error: |runtime: goroutine stack exceeds |SIG[A-Z]{2,7}: )";

  private static final Pattern WHOLE =
      Pattern.compile(
          "^\\s*"
              + HEAD
              + "[^\\x00]{0,20000}?\\ngoroutine \\d+ [^\\n]{0,200}\\[[^\\n]{1,200}\\]:\\n",
          Pattern.DOTALL);

  private static final Pattern ESCAPED =
      Pattern.compile(HEAD + ".{0,20000}?\\\\ngoroutine \\d+ .{0,200}?\\[[^\\]]{1,200}\\]:\\\\n");

  private EscapedCrash() {}

  /** Whether a value holds a crash from its first line to the first frames. */
  static boolean isWhole(String value) {
    return value.indexOf("goroutine ") > 0 && WHOLE.matcher(value).find();
  }

  /** The lines of the crash that is written into one line; none where there is none. */
  static List<String> lines(String line) {
    if (!line.contains("\\ngoroutine ")) {
      return List.of();
    }
    Matcher m = ESCAPED.matcher(line);
    if (!m.find()) {
      return List.of();
    }
    StringBuilder b = new StringBuilder();
    for (int i = m.start(); i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        break; // the end of the value
      }
      if (c != '\\' || i + 1 == line.length()) {
        b.append(c);
        continue;
      }
      char next = line.charAt(++i);
      b.append(
          switch (next) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            default -> next;
          });
    }
    return b.toString().lines().toList();
  }
}
