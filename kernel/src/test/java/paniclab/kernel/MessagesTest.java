package paniclab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MessagesTest {
  private static final Locale ZH = Locale.SIMPLIFIED_CHINESE;

  @Test
  void theNotebooksFolderDecidesBeforeTheLocaleOfTheMachine() {
    assertEquals(Locale.ENGLISH, Messages.locale(Map.of()));
    assertEquals(ZH, Messages.locale(Map.of("LANG", "zh_CN.UTF-8")));
    Map<String, String> chinese = Map.of("JPY_SESSION_NAME", "zh-CN/ch1.ipynb", "LANG", "C");
    assertEquals(ZH, Messages.locale(chinese));
    Map<String, String> english = Map.of("JPY_SESSION_NAME", "a/en/ch1.ipynb", "LANG", "zh_CN");
    assertEquals(Locale.ENGLISH, Messages.locale(english));
    Map<String, String> elsewhere = Map.of("JPY_SESSION_NAME", "a/b.ipynb", "LC_ALL", "zh_TW");
    assertEquals(ZH, Messages.locale(elsewhere));
    Map<String, String> asked = Map.of("PANICLAB_LANG", "en", "JPY_SESSION_NAME", "zh-CN/a");
    assertEquals(Locale.ENGLISH, Messages.locale(asked));
  }
}
