package paniclab.model.crash;

import java.util.List;
import java.util.Optional;

/**
 * A line that is a JSON object with a line of some process in it: docker's {@code {"log":"…"}},
 * {@code go test -json}, journald, fluentd, cloud logs; or with a whole crash, in any field.
 *
 * @param text of the process, with its newlines
 * @param source what tells one stream of the log from another
 * @param own whether the program itself may have written the object, as structured loggers do: it
 *     has a level, and nothing that only a log collector adds
 */
record JsonLine(String text, String source, boolean own) {
  /** Fields that hold what a process wrote. The first found counts. */
  private static final List<String> CARRIERS =
      List.of("log", "textPayload", "MESSAGE", "Output", "line", "@message");

  /** Fields that hold it too, but that loggers use for messages of their own. */
  private static final List<String> MESSAGES = List.of("message", "msg");

  private static final List<String> LEVELS = List.of("level", "lvl", "log.level");
  private static final List<String> SOURCES =
      List.of(
          "stream",
          "container_id",
          "container_name",
          "pod",
          "pod_name",
          "_PID",
          "_HOSTNAME",
          "host",
          "hostname",
          "service",
          "Package",
          "Test");

  /** The rank of a field with a whole crash in it: before all others. */
  private static final int WHOLE = -2;

  /** Objects nested deeper are passed over. */
  private static final int DEPTH = 2;

  /** Reads a line; absent where it is no such object. */
  static Optional<JsonLine> read(String line) {
    return line.startsWith("{") ? new Scanner(line).object() : Optional.empty();
  }

  private static final class Scanner {
    private final String s;
    private int at;
    private int rank = Integer.MAX_VALUE;
    private String text = "";
    private boolean level;
    private final StringBuilder source = new StringBuilder("json");

    Scanner(String s) {
      this.s = s;
    }

    Optional<JsonLine> object() {
      if (!members(1) || rank == Integer.MAX_VALUE) {
        return Optional.empty();
      }
      boolean own = rank >= CARRIERS.size() && level;
      return Optional.of(new JsonLine(text, source.toString(), own));
    }

    /** The members of an object whose brace is next; false where this is no JSON. */
    private boolean members(int depth) {
      at++;
      blanks();
      if (peek() == '}') {
        at++;
        return true;
      }
      while (true) {
        blanks();
        Optional<String> key = string();
        blanks();
        if (key.isEmpty() || peek() != ':') {
          return false;
        }
        at++;
        blanks();
        if (!member(key.get(), depth)) {
          return false;
        }
        blanks();
        char c = peek();
        at++;
        if (c == '}') {
          return true;
        }
        if (c != ',') {
          return false;
        }
      }
    }

    private boolean member(String key, int depth) {
      switch (peek()) {
        case '"' -> {
          Optional<String> value = string();
          if (value.isEmpty()) {
            return false;
          }
          field(key, value.get());
          return true;
        }
        case '{' -> {
          return depth < DEPTH ? members(depth + 1) : skipNested();
        }
        case '[' -> {
          return bytes(key);
        }
        default -> {
          int from = at;
          while (at < s.length() && ",}] \t".indexOf(s.charAt(at)) < 0) {
            at++;
          }
          field(key, s.substring(from, at));
          return at > from;
        }
      }
    }

    private void field(String key, String value) {
      int r = EscapedCrash.isWhole(value) ? WHOLE : CARRIERS.indexOf(key);
      if (r == -1 && MESSAGES.contains(key)) {
        r = CARRIERS.size() + MESSAGES.indexOf(key);
      }
      if (r != -1 && r < rank) {
        rank = r;
        text = value;
      } else if (LEVELS.contains(key)) {
        level = true;
      } else if (SOURCES.contains(key)) {
        source.append(' ').append(value);
      }
    }

    /** An array; journald writes a message that is not plain text as its bytes. */
    private boolean bytes(String key) {
      int from = at;
      if (!skipNested()) {
        return false;
      }
      if (key.equals("MESSAGE") && s.substring(from, at).matches("\\[[\\d, ]+\\]")) {
        String[] numbers = s.substring(from + 1, at - 1).split(", *");
        byte[] b = new byte[numbers.length];
        for (int i = 0; i < b.length; i++) {
          b[i] = (byte) Short.parseShort(numbers[i].strip());
        }
        field(key, new String(b, java.nio.charset.StandardCharsets.UTF_8));
      }
      return true;
    }

    private boolean skipNested() {
      int depth = 0;
      while (at < s.length()) {
        char c = s.charAt(at);
        if (c == '"') {
          if (string().isEmpty()) {
            return false;
          }
          continue;
        }
        at++;
        if (c == '{' || c == '[') {
          depth++;
        } else if ((c == '}' || c == ']') && --depth == 0) {
          return true;
        }
      }
      return false;
    }

    private void blanks() {
      while (at < s.length() && Character.isWhitespace(s.charAt(at))) {
        at++;
      }
    }

    private char peek() {
      return at < s.length() ? s.charAt(at) : '\0';
    }

    private Optional<String> string() {
      if (peek() != '"') {
        return Optional.empty();
      }
      int end = at + 1;
      while (end < s.length() && s.charAt(end) != '"' && s.charAt(end) != '\\') {
        end++;
      }
      if (end < s.length() && s.charAt(end) == '"') {
        String plain = s.substring(at + 1, end);
        at = end + 1;
        return Optional.of(plain);
      }
      return escaped(end);
    }

    private Optional<String> escaped(int from) {
      StringBuilder b = new StringBuilder(s.substring(at + 1, from));
      int i = from;
      while (i < s.length()) {
        char c = s.charAt(i++);
        if (c == '"') {
          at = i;
          return Optional.of(b.toString());
        }
        if (c != '\\') {
          b.append(c);
          continue;
        }
        char e = i < s.length() ? s.charAt(i++) : '\0';
        switch (e) {
          case 'n' -> b.append('\n');
          case 't' -> b.append('\t');
          case 'r' -> b.append('\r');
          case 'b' -> b.append('\b');
          case 'f' -> b.append('\f');
          case 'u' -> {
            int code = i + 4 <= s.length() ? hex(s, i) : -1;
            if (code < 0) {
              return Optional.empty();
            }
            b.append((char) code);
            i += 4;
          }
          default -> b.append(e);
        }
      }
      return Optional.empty();
    }

    private static int hex(String s, int from) {
      int n = 0;
      for (int i = from; i < from + 4; i++) {
        int d = Character.digit(s.charAt(i), 16);
        if (d < 0) {
          return -1;
        }
        n = n * 16 + d;
      }
      return n;
    }
  }
}
