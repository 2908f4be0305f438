package paniclab.exercises;

import java.util.Locale;

/** A text in the two languages of the lessons. */
public record Text(String en, String zh) {
  /** Nothing to say. */
  public static final Text EMPTY = new Text("", "");

  /** Whether there is nothing to say. */
  public boolean isEmpty() {
    return en.isEmpty() && zh.isEmpty();
  }

  /** The text for a reader: Chinese for every Chinese locale, English for all others. */
  public String in(Locale locale) {
    return Messages.isChinese(locale) ? zh : en;
  }
}
