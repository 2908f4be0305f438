package paniclab.kernel;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;

/** What the learner reads, in their language. */
public final class Messages {
  private final ResourceBundle bundle;

  /** The messages of a language; English where there are none. */
  public Messages(Locale locale) {
    bundle =
        ResourceBundle.getBundle(
            "paniclab.kernel.messages",
            locale,
            Messages.class.getClassLoader(),
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
  }

  /** The language of the environment: PANICLAB_LANG, else LC_ALL, LC_MESSAGES or LANG. */
  public static Locale localeOfEnvironment() {
    for (String name : new String[] {"PANICLAB_LANG", "LC_ALL", "LC_MESSAGES", "LANG"}) {
      String said = System.getenv(name);
      if (said != null && !said.isBlank()) {
        return said.startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
      }
    }
    return Locale.ENGLISH;
  }

  /** A message with its places filled in. */
  public String get(String key, Object... values) {
    String pattern = bundle.getString(key);
    return new MessageFormat(pattern, Locale.ROOT).format(values);
  }
}
