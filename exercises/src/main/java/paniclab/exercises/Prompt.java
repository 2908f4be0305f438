package paniclab.exercises;

import java.util.List;
import java.util.Locale;

/** The questions of an item as Markdown, to stand above its cell. */
public final class Prompt {
  private Prompt() {}

  /** What is asked, how to answer each question, and the reasons to choose from. */
  public static String markdown(PredictionItem item, List<Question> questions, Locale locale) {
    return item.prompt().in(locale) + "\n\n" + questions(questions, locale);
  }

  /** How to answer each question, and the reasons to choose from. */
  public static String questions(List<Question> questions, Locale locale) {
    StringBuilder b = new StringBuilder();
    for (Question q : questions) {
      b.append("- `").append(q.key()).append(":` ").append(Messages.get(locale, "ask." + q.key()));
      b.append('\n');
      for (String option : options(q, locale)) {
        b.append("    - ").append(option).append('\n');
      }
    }
    return b.toString();
  }

  private static List<String> options(Question question, Locale locale) {
    return switch (question) {
      case Question.Defers(List<DeferSite> sites) ->
          sites.stream()
              .map(s ->
                  "`"
                      + s.label()
                      + "`: "
                      + Messages.get(locale, "ask.deferline", String.valueOf(s.line()), s.text()))
              .toList();
      case Question.Why(List<Reason> reasons) ->
          java.util.stream.IntStream.range(0, reasons.size())
              .mapToObj(i ->
                  "`"
                      + PredictionReader.letter(i)
                      + "` "
                      + Messages.get(locale, "ask.or")
                      + " `"
                      + reasons.get(i).id()
                      + "`: "
                      + reasons.get(i).statement(locale))
              .toList();
      case Question.Outcome(),
          Question.Recovered(),
          Question.Prints(),
          Question.Exit(),
          Question.Stderr(),
          Question.Schedules() ->
          List.of();
    };
  }
}
