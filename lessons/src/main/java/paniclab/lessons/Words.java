package paniclab.lessons;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.MessageFormat;
import java.util.MissingResourceException;
import java.util.PropertyResourceBundle;

/** The fixed words of the weaver in one language; never those of the machine's own locale. */
final class Words {
  private final Language language;
  private final PropertyResourceBundle bundle;

  private Words(Language language, PropertyResourceBundle bundle) {
    this.language = language;
    this.bundle = bundle;
  }

  static Words of(Language language) {
    String file =
        switch (language) {
          case EN -> "messages.properties";
          case ZH_CN -> "messages_zh_CN.properties";
        };
    try (InputStream in = Words.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new MissingResourceException(file + " is not in the lessons module", file, "");
      }
      return new Words(
          language, new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A message with its arguments set in; numbers are given as text. */
  String get(String key, Object... arguments) {
    return new MessageFormat(bundle.getString(key), language.locale()).format(arguments);
  }
}
