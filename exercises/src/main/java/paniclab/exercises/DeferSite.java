package paniclab.exercises;

import java.util.ArrayList;
import java.util.List;
import paniclab.model.program.SourceFile;

/**
 * A defer statement in a program's source, with the label a prediction names it by.
 *
 * @param label d1, d2, … in the order of the source
 * @param line of the keyword, from 1
 * @param column of the keyword in bytes, from 1
 * @param text the line it stands on, without the blanks around it
 */
public record DeferSite(String label, String file, int line, int column, String text) {
  private static final String KEYWORD = "defer";

  /** The defer statements of a program; strings, runes and comments do not count. */
  public static List<DeferSite> of(List<SourceFile> files) {
    List<DeferSite> sites = new ArrayList<>();
    for (SourceFile file : files) {
      scan(file, sites);
    }
    return List.copyOf(sites);
  }

  private static void scan(SourceFile file, List<DeferSite> sites) {
    String s = file.text();
    int i = 0;
    while (i < s.length()) {
      char c = s.charAt(i);
      if (Character.isJavaIdentifierStart(c)) {
        int end = i;
        while (end < s.length() && Character.isJavaIdentifierPart(s.charAt(end))) {
          end++;
        }
        if (s.substring(i, end).equals(KEYWORD)) {
          sites.add(at(file, i, sites.size() + 1));
        }
        i = end;
      } else {
        i = afterToken(s, i);
      }
    }
  }

  private static DeferSite at(SourceFile file, int index, int number) {
    String s = file.text();
    int begin = s.lastIndexOf('\n', index) + 1;
    int end = s.indexOf('\n', index);
    int line = (int) s.substring(0, index).chars().filter(c -> c == '\n').count() + 1;
    int column =
        s.substring(begin, index).getBytes(java.nio.charset.StandardCharsets.UTF_8).length + 1;
    String text = s.substring(begin, end < 0 ? s.length() : end).strip();
    return new DeferSite("d" + number, file.name(), line, column, text);
  }

  /** Where to go on after a comment, a string, a rune or any other single character. */
  private static int afterToken(String s, int i) {
    if (s.startsWith("//", i)) {
      return orEnd(s, s.indexOf('\n', i));
    }
    if (s.startsWith("/*", i)) {
      int close = s.indexOf("*/", i + 2);
      return close < 0 ? s.length() : close + 2;
    }
    char c = s.charAt(i);
    if (c == '`') {
      return orEnd(s, s.indexOf('`', i + 1) + 1);
    }
    if (c == '"' || c == '\'') {
      int j = i + 1;
      while (j < s.length() && s.charAt(j) != c && s.charAt(j) != '\n') {
        j += s.charAt(j) == '\\' ? 2 : 1;
      }
      return Math.min(j + 1, s.length());
    }
    return i + 1;
  }

  private static int orEnd(String s, int index) {
    return index <= 0 ? s.length() : index;
  }
}
