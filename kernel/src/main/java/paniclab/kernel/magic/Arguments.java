package paniclab.kernel.magic;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import paniclab.kernel.Messages;

/**
 * The rest of a magic's line: {@code --name value} and words; quotes hold blanks together.
 *
 * @param options by name, without the dashes
 */
record Arguments(Map<String, String> options, List<String> words) {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|'([^']*)'|(\\S+)");

  static Arguments parse(String line, List<String> known, String magic, Messages messages)
      throws BadMagic {
    List<String> tokens = split(line);
    Map<String, String> options = new LinkedHashMap<>();
    List<String> words = new ArrayList<>();
    for (int i = 0; i < tokens.size(); i++) {
      String t = tokens.get(i);
      if (!t.startsWith("--")) {
        words.add(t);
        continue;
      }
      int eq = t.indexOf('=');
      String name = t.substring(2, eq < 0 ? t.length() : eq);
      if (!known.contains(name)) {
        throw new BadMagic(messages.get("magic.option", "--" + name, magic));
      }
      if (eq < 0 && i + 1 == tokens.size()) {
        throw new BadMagic(messages.get("magic.value", t));
      }
      options.put(name, eq < 0 ? tokens.get(++i) : t.substring(eq + 1));
    }
    return new Arguments(options, words);
  }

  static List<String> split(String line) {
    List<String> all = new ArrayList<>();
    Matcher m = WORD.matcher(line);
    while (m.find()) {
      all.add(m.group(1) != null ? m.group(1) : m.group(2) != null ? m.group(2) : m.group(3));
    }
    return all;
  }
}
