package paniclab.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** English and Simplified Chinese say the same things. */
class TranslationsTest {
  private static final String CHINESE = "_zh_CN.properties";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+[^}]*}|%\\d*\\$?[sdn]");
  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");

  private static List<Path> chineseBundles() {
    List<Path> found = new ArrayList<>();
    for (String module : Repository.MODULES) {
      for (Path file : Repository.files(module + "/src/main/resources")) {
        if (file.toString().endsWith(CHINESE)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  private static Properties read(Path file) throws IOException {
    Properties p = new Properties();
    p.load(new StringReader(Repository.read(file)));
    return p;
  }

  private static Set<String> placeholders(String text) {
    Set<String> found = new TreeSet<>();
    Matcher m = PLACEHOLDER.matcher(text);
    while (m.find()) {
      found.add(m.group());
    }
    return found;
  }

  @Test
  void everyBundleHasBothLanguages() {
    List<String> alone = new ArrayList<>();
    for (String module : Repository.MODULES) {
      for (Path file : Repository.files(module + "/src/main/resources")) {
        String n = file.toString();
        if (n.endsWith("messages.properties")
            && !Files.exists(Path.of(n.replace(".properties", CHINESE)))) {
          alone.add(Repository.name(file));
        }
      }
    }
    assertEquals(List.of(), alone, "bundles without Chinese");
  }

  @Test
  void bothLanguagesHaveTheSameKeysAndPlaceholders() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path chinese : chineseBundles()) {
      Path english = Path.of(chinese.toString().replace(CHINESE, ".properties"));
      Properties zh = read(chinese);
      Properties en = read(english);
      assertEquals(
          new TreeSet<>(en.stringPropertyNames()),
          new TreeSet<>(zh.stringPropertyNames()),
          "keys of " + Repository.name(chinese));
      for (String key : en.stringPropertyNames()) {
        String e = en.getProperty(key, "");
        String z = zh.getProperty(key, "");
        if (!placeholders(e).equals(placeholders(z)) || z.isEmpty() != e.isEmpty()) {
          wrong.add(Repository.name(chinese) + ": " + key + ": \"" + e + "\" / \"" + z + "\"");
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void theChineseIsChinese() throws IOException {
    List<String> wrong = new ArrayList<>();
    for (Path chinese : chineseBundles()) {
      Properties zh = read(chinese);
      String all = String.join("", zh.stringPropertyNames().stream().map(zh::getProperty).toList());
      if (!HAN.matcher(all).find()) {
        wrong.add(Repository.name(chinese));
      }
    }
    assertEquals(List.of(), wrong, "bundles without a Chinese character");
  }
}
