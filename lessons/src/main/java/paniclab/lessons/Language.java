package paniclab.lessons;

import java.util.Locale;
import java.util.Optional;

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

  /** The language of the process's locale (LC_ALL, LC_MESSAGES, LANG): Chinese, else English. */
  public static Language ofTheLocale() {
    Locale here = Locale.getDefault(Locale.Category.DISPLAY);
    return here.getLanguage().equals("zh") ? ZH_CN : EN;
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
