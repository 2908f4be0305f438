package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;

/** Learners' words made safe to draw, and measured. */
final class Texts {
  private Texts() {}

  /**
   * The text with everything that would not show, or would change what stands around it, written as
   * Go writes it in a string: control characters, bidirectional controls, lone surrogates, and
   * characters no XML may hold.
   */
  static String clean(String text) {
    StringBuilder b = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '\n' -> b.append("\\n");
        case '\t' -> b.append("\\t");
        case '\r' -> b.append("\\r");
        default -> {
          if (hidden(c)) {
            b.append(c < 0x80 ? "\\x%02x".formatted(c) : "\\u%04x".formatted(c));
          } else {
            b.appendCodePoint(c);
          }
        }
      }
    }
    return b.toString();
  }

  private static boolean hidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** The text, cut to a width in {@link #columns} with an ellipsis. */
  static String cut(String text, int columns) {
    if (columns(text) <= columns) {
      return text;
    }
    StringBuilder b = new StringBuilder();
    int n = 1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      n += columns(c);
      if (n > columns) {
        break;
      }
      b.appendCodePoint(c);
      i += Character.charCount(c);
    }
    return b.append('…').toString();
  }

  /** Width in terminal columns: two for the wide characters of East Asia, one for the others. */
  static int columns(String text) {
    return text.codePoints().map(Texts::columns).sum();
  }

  private static int columns(int c) {
    if (Character.getType(c) == Character.NON_SPACING_MARK) {
      return 0;
    }
    boolean wide =
        c >= 0x1100
            && (c <= 0x115F
                || c >= 0x2E80 && c <= 0xA4CF
                || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xFE30 && c <= 0xFE6F
                || c >= 0xFF00 && c <= 0xFF60
                || c >= 0xFFE0 && c <= 0xFFE6
                || c >= 0x1F300 && c <= 0x1FAFF
                || c >= 0x20000 && c <= 0x3FFFD);
    return wide ? 2 : 1;
  }

  /** Left-justified in so many columns. */
  static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - columns(text)));
  }

  /** Text in lines of at most so many columns; Chinese breaks between any two characters. */
  static List<String> wrap(String text, int columns) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    int lastBreak = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      line.appendCodePoint(c);
      boolean after = c == ' ' || columns(c) > 1;
      boolean stop = i < text.length() && CLOSING.indexOf(text.codePointAt(i)) >= 0;
      if (after && !stop) {
        lastBreak = line.length();
      }
      if (columns(line.toString().stripTrailing()) > columns && lastBreak > 0) {
        lines.add(line.substring(0, lastBreak).strip());
        line.delete(0, lastBreak);
        lastBreak = 0;
      }
    }
    if (!line.toString().isBlank()) {
      lines.add(line.toString().strip());
    }
    return lines;
  }

  /** What may not begin a line in Chinese. */
  private static final String CLOSING = "，。、；：？！）”’》";

  /** The text with what HTML would read as markup written as references. */
  static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
