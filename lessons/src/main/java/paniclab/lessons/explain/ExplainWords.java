package paniclab.lessons.explain;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.PropertyResourceBundle;
import paniclab.lessons.Language;

/** The words of explanations in one language. */
final class ExplainWords {
  private final Language language;
  private final PropertyResourceBundle bundle;

  private ExplainWords(Language language, PropertyResourceBundle bundle) {
    this.language = language;
    this.bundle = bundle;
  }

  static ExplainWords of(Language language) {
    String file =
        switch (language) {
          case EN -> "messages.properties";
          case ZH_CN -> "messages_zh_CN.properties";
        };
    try (InputStream in = ExplainWords.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new MissingResourceException(file + " is not in the lessons module", file, "");
      }
      return new ExplainWords(
          language, new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Language language() {
    return language;
  }

  boolean has(String key) {
    return bundle.containsKey(key);
  }

  /** A message as it stands. */
  String plain(String key) {
    return bundle.getString(key);
  }

  /** A message with its arguments set in; numbers are printed plainly. */
  String get(String key, Object... arguments) {
    Object[] text = new Object[arguments.length];
    for (int i = 0; i < arguments.length; i++) {
      text[i] = String.valueOf(arguments[i]);
    }
    return new MessageFormat(bundle.getString(key), language.locale()).format(text);
  }

  /** A list as the language writes it. */
  String list(Iterable<String> parts) {
    return String.join(
        switch (language) {
          case EN -> ", ";
          case ZH_CN -> "、";
        },
        parts);
  }
}
