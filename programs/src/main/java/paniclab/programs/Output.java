package paniclab.programs;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import paniclab.model.program.GoString;

/**
 * Bytes a program wrote, as lines of readable text. Each line begins with {@code |}, so that no
 * line is taken for anything else and none ends in a blank of ours. A backslash is written twice;
 * bytes that are no UTF-8 and control characters but TAB are written {@code \xNN}; a single
 * backslash at the end of the last line says that no newline stood there.
 */
final class Output {
  private static final String MARK = "|";

  private Output() {}

  static List<String> lines(GoString bytes) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder(MARK);
    int i = 0;
    while (i < bytes.length()) {
      long decoded = bytes.runeAt(i);
      int rune = (int) decoded;
      int width = (int) (decoded >>> 32);
      if (rune == '\n') {
        lines.add(line.toString());
        line.setLength(MARK.length());
      } else if (rune == '\\') {
        line.append("\\\\");
      } else if (rune == 0xFFFD && width == 1 || rune < ' ' && rune != '\t' || rune == 0x7F) {
        line.append("\\x").append(HexFormat.of().toHexDigits((byte) bytes.byteAt(i)));
      } else {
        line.appendCodePoint(rune);
      }
      i += width;
    }
    if (line.length() > MARK.length()) {
      lines.add(line.append('\\').toString());
    }
    return lines;
  }

  static boolean isLine(String line) {
    return line.startsWith(MARK);
  }

  /**
   * The bytes again.
   *
   * @throws IllegalArgumentException for text that {@link #lines} does not write
   */
  static GoString bytes(List<String> lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (String line : lines) {
      if (line(line.substring(MARK.length()), out)) {
        out.write('\n');
      }
    }
    return GoString.wrap(out.toByteArray());
  }

  private static boolean line(String text, ByteArrayOutputStream out) {
    int i = 0;
    while (i < text.length()) {
      int c = text.codePointAt(i);
      if (c != '\\') {
        out.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(c);
      } else if (i + 1 == text.length()) {
        return false;
      } else if (text.charAt(i + 1) == '\\') {
        out.write('\\');
        i += 2;
      } else if (text.charAt(i + 1) == 'x' && i + 4 <= text.length()) {
        out.write(HexFormat.fromHexDigits(text, i + 2, i + 4));
        i += 4;
      } else {
        throw new IllegalArgumentException(
            "a backslash is written twice, a byte as \\xNN: " + text);
      }
    }
    return true;
  }
}
