package paniclab.diagrams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import paniclab.model.trace.Event;

/** Both languages say the same things. */
class WordsTest {
  private static final Pattern HOLE = Pattern.compile("\\{\\d}");

  private static Properties bundle(String name) throws IOException {
    Properties p = new Properties();
    var in = WordsTest.class.getResourceAsStream(name);
    assertTrue(in != null, name);
    if (in != null) {
      try (Reader r = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        p.load(r);
      }
    }
    return p;
  }

  @Test
  void bothBundlesHaveTheSameKeysAndHoles() throws IOException {
    Properties en = bundle("messages.properties");
    Properties zh = bundle("messages_zh_CN.properties");
    assertEquals(new TreeSet<>(en.stringPropertyNames()), new TreeSet<>(zh.stringPropertyNames()));
    for (String k : en.stringPropertyNames()) {
      assertEquals(holes(en.getProperty(k)), holes(zh.getProperty(k)), k);
      assertFalse(en.getProperty(k).contains("'"), k + ": MessageFormat would eat it");
      assertFalse(zh.getProperty(k).contains("'"), k + ": MessageFormat would eat it");
    }
  }

  private static TreeSet<String> holes(String text) {
    TreeSet<String> out = new TreeSet<>();
    HOLE.matcher(text).results().forEach(m -> out.add(m.group()));
    return out;
  }

  @Test
  void theLanguageOfTheMachineDoesNotMatter() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.SIMPLIFIED_CHINESE);
      assertEquals("goroutine 1234", Words.of(Locale.FRENCH).goroutine(1234));
      assertEquals("runtime", Words.of(Locale.ENGLISH).goroutine(0));
      assertEquals("运行时", Words.of(Locale.TRADITIONAL_CHINESE).goroutine(0));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void bracesOfALearnerAreNotHoles() {
    Event.Printed e =
        new Event.Printed(Samples.leak().events().getFirst().at(), 1, "map[{0}'] {1}\n");
    assertEquals("prints \"map[{0}'] {1}\\n\"", Words.of(Locale.ENGLISH).say(e));
  }
}
