package paniclab.exercises;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a learner hears about a prediction. */
public sealed interface Feedback {

  /** The message as plain text, several lines. */
  String text(Locale locale);

  /** There is no such item. */
  record UnknownItem(String item, Optional<String> nearest) implements Feedback {
    @Override
    public String text(Locale locale) {
      String m =
          item.isEmpty()
              ? Messages.get(locale, "problem.noitem")
              : Messages.get(locale, "feedback.unknown", item);
      return nearest.map(n -> m + " " + Messages.get(locale, "feedback.nearest", n)).orElse(m);
    }
  }

  /**
   * Nothing was committed: some lines cannot be read or are still empty.
   *
   * @param blank whether nothing is answered yet
   */
  record Invalid(List<Problem> errors, boolean blank) implements Feedback {
    public Invalid {
      errors = List.copyOf(errors);
    }

    @Override
    public String text(Locale locale) {
      return String.join("\n", errors.stream().map(e -> e.text(locale)).toList());
    }
  }

  /** The item has no key on this machine; the prediction is not graded. */
  record Unavailable(String reason) implements Feedback {
    @Override
    public String text(Locale locale) {
      return Messages.get(locale, "feedback.unavailable", reason);
    }
  }

  /**
   * The prediction is committed and graded.
   *
   * @param contrast a program to look at next
   */
  record Graded(PredictionItem item, Grade grade, AnswerKey key, Optional<String> contrast)
      implements Feedback {

    /** The first event the prediction did not foresee. */
    public Optional<Grade.Difference> firstDifference() {
      return grade instanceof Grade.Differs d ? Optional.of(d.first()) : Optional.empty();
    }

    /** The rule the run followed. */
    public Rule rule() {
      return firstDifference().map(Grade.Difference::rule).orElse(key.rule());
    }

    @Override
    public String text(Locale locale) {
      return GradeText.of(this, locale);
    }
  }
}
