package paniclab.kernel;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /** The language of this process's environment. */
  public static Locale localeOfEnvironment() {
    return locale(System.getenv());
  }

  /**
   * The language that is asked for: PANICLAB_LANG; else that of the folder {@code en} or {@code
   * zh-CN} the notebook lies in, as the weaver puts it, whose path Jupyter gives in
   * JPY_SESSION_NAME; else LC_ALL, LC_MESSAGES or LANG.
   */
  static Locale locale(Map<String, String> environment) {
    String notebook = "/" + environment.getOrDefault("JPY_SESSION_NAME", "").replace('\\', '/');
    String folder = notebook.contains("/zh-CN/") ? "zh" : notebook.contains("/en/") ? "en" : "";
    List<String> said = new ArrayList<>();
    said.add(environment.getOrDefault("PANICLAB_LANG", ""));
    said.add(folder);
    for (String name : new String[] {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      said.add(environment.getOrDefault(name, ""));
    }
    for (String language : said) {
      if (!language.isBlank()) {
        return language.startsWith("zh") ? Locale.SIMPLIFIED_CHINESE : Locale.ENGLISH;
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
