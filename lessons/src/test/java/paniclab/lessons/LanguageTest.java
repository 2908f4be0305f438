package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LanguageTest {
  @Test
  void theVariablesComeBeforeTheJvm() {
    assertEquals(Language.ZH_CN, Language.of(Map.of("LANG", "zh_CN.UTF-8"), Locale.ENGLISH));
    assertEquals(Language.EN, Language.of(Map.of("LC_ALL", "C", "LANG", "zh_CN"), Locale.CHINA));
    assertEquals(Language.EN, Language.of(Map.of("LANG", "de_DE"), Locale.CHINA));
    assertEquals(Language.ZH_CN, Language.of(Map.of("LANG", ""), Locale.CHINA));
    assertEquals(Language.EN, Language.of(Map.of(), Locale.GERMANY));
  }
}
