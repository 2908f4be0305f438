package paniclab.lessons.explain;

import paniclab.lessons.Language;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashKind;

/** The words of explanations, for tables. */
public final class Advice {
  private final ExplainWords words;

  private Advice(ExplainWords words) {
    this.words = words;
  }

  /** The words in a language. */
  public static Advice of(Language language) {
    return new Advice(ExplainWords.of(language));
  }

  /** A message with its arguments. */
  public String get(String key, Object... arguments) {
    return arguments.length == 0 ? words.plain(key) : words.get(key, arguments);
  }

  /** Whether there is such a message. */
  public boolean has(String key) {
    return words.has(key);
  }

  /** What to do about a crash. */
  public String toDo(Crash crash) {
    return words.plain("do." + CrashKind.of(crash).name());
  }
}
