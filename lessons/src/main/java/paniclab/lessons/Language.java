package paniclab.lessons;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The languages every lesson is written in. */
public enum Language {
  /** English. */
  EN("en", Locale.ENGLISH),
  /** Simplified Chinese. */
  ZH_CN("zh-CN", Locale.SIMPLIFIED_CHINESE);

  private final String tag;
  private final Locale locale;

  Language(String tag, Locale locale) {
    this.tag = tag;
    this.locale = locale;
  }

  /** The IETF tag, as on the command line and in file names. */
  public String tag() {
    return tag;
  }

  /** For messages of other modules. */
  public Locale locale() {
    return locale;
  }

  /**
   * Chinese where the first of LC_ALL, LC_MESSAGES and LANG that is set says so, else English;
   * where none is set, as the JVM sees its locale. The variables come first because the JVM only
   * believes in locales that are installed.
   */
  public static Language ofTheLocale() {
    return of(System.getenv(), Locale.getDefault(Locale.Category.DISPLAY));
  }

  static Language of(Map<String, String> environment, Locale jvm) {
    return Stream.of("LC_ALL", "LC_MESSAGES", "LANG")
            .map(name -> environment.getOrDefault(name, ""))
            .filter(value -> !value.isEmpty())
            .findFirst()
            .orElse(jvm.getLanguage())
            .startsWith("zh")
        ? ZH_CN
        : EN;
  }

  /** The language of a tag; case does not matter. */
  public static Optional<Language> of(String tag) {
    for (Language l : values()) {
      if (l.tag.equalsIgnoreCase(tag)) {
        return Optional.of(l);
      }
    }
    return Optional.empty();
  }
}
