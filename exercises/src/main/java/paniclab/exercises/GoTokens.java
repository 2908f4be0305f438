package paniclab.exercises;

import java.util.ArrayList;
import java.util.List;

/** Go source as tokens, without blanks and comments. Good enough to look for pieces of it. */
final class GoTokens {
  private GoTokens() {}

  /**
   * A token.
   *
   * @param at where it begins in the source
   */
  record Token(String text, int at) {}

  static List<Token> of(String source) {
    List<Token> tokens = new ArrayList<>();
    int i = 0;
    while (i < source.length()) {
      int end = end(source, i);
      boolean comment = source.startsWith("//", i) || source.startsWith("/*", i);
      if (!comment && !Character.isWhitespace(source.charAt(i))) {
        tokens.add(new Token(source.substring(i, end), i));
      }
      i = end;
    }
    return tokens;
  }

  /** Behind the token, comment or blank that begins somewhere. */
  private static int end(String s, int i) {
    char c = s.charAt(i);
    if (s.startsWith("//", i)) {
      return orEnd(s, s.indexOf('\n', i));
    }
    if (s.startsWith("/*", i)) {
      int close = s.indexOf("*/", i + 2);
      return close < 0 ? s.length() : close + 2;
    }
    if (c == '`') {
      int close = s.indexOf('`', i + 1);
      return close < 0 ? s.length() : close + 1;
    }
    if (c == '"' || c == '\'') {
      int j = i + 1;
      while (j < s.length() && s.charAt(j) != c && s.charAt(j) != '\n') {
        j += s.charAt(j) == '\\' ? 2 : 1;
      }
      return Math.min(j + 1, s.length());
    }
    int j = i;
    while (j < s.length() && Character.isUnicodeIdentifierPart(s.charAt(j))) {
      j++;
    }
    return Math.max(j, i + 1);
  }

  private static int orEnd(String s, int index) {
    return index < 0 ? s.length() : index;
  }

  /** Whether a piece of source stands in another, blanks and comments aside. */
  static boolean contains(String source, String piece) {
    List<String> all = of(source).stream().map(Token::text).toList();
    List<String> part = of(piece).stream().map(Token::text).toList();
    for (int i = 0; i + part.size() <= all.size(); i++) {
      if (all.subList(i, i + part.size()).equals(part)) {
        return true;
      }
    }
    return part.isEmpty();
  }

  /** Whether two sources are the same program, blanks and comments aside. */
  static boolean same(String a, String b) {
    return of(a).stream()
        .map(Token::text)
        .toList()
        .equals(of(b).stream().map(Token::text).toList());
  }

  /** The source with one name in place of another, package clause and selectors aside. */
  static String renamed(String source, String name, String by) {
    StringBuilder b = new StringBuilder(source);
    List<Token> tokens = of(source);
    for (int i = tokens.size() - 1; i >= 0; i--) {
      String before = i == 0 ? "" : tokens.get(i - 1).text();
      if (tokens.get(i).text().equals(name) && !before.equals("package") && !before.equals(".")) {
        int at = tokens.get(i).at();
        b.replace(at, at + name.length(), by);
      }
    }
    return b.toString();
  }
}
