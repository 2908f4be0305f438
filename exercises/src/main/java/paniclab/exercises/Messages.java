package paniclab.exercises;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;

/** The fixed sentences of this module, in English and Simplified Chinese. */
public final class Messages {
  private static final String BUNDLE = "paniclab.exercises.messages";

  private Messages() {}

  /** Whether a reader of this locale gets Chinese. */
  public static boolean isChinese(Locale locale) {
    return locale.getLanguage().equals("zh");
  }

  /** A sentence without arguments, in both languages. */
  static Text text(String key) {
    return new Text(get(Locale.ENGLISH, key), get(Locale.SIMPLIFIED_CHINESE, key));
  }

  /**
   * A sentence with its arguments put in.
   *
   * @throws MissingResourceException when no such sentence is in the bundles
   */
  public static String get(Locale locale, String key, Object... arguments) {
    // ROOT and not ENGLISH: a bundle found for ROOT is final, one for ENGLISH would make Java look
    // at the machine's own language.
    Locale wanted = isChinese(locale) ? Locale.SIMPLIFIED_CHINESE : Locale.ROOT;
    String pattern = ResourceBundle.getBundle(BUNDLE, wanted).getString(key);
    return arguments.length == 0 ? pattern : new MessageFormat(pattern, wanted).format(arguments);
  }
}
