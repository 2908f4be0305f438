package paniclab.exercises;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import paniclab.model.trace.At;

/** Says a grade in words. */
public final class GradeText {
  private GradeText() {}

  static String of(Feedback.Graded feedback, Locale locale) {
    Grade grade = feedback.grade();
    List<String> lines = new ArrayList<>();
    lines.add(Messages.get(locale, "grade.score", number(grade.score()), number(grade.max())));
    switch (grade) {
      case Grade.Right _ -> lines.add(Messages.get(locale, "grade.right"));
      case Grade.Unanswered _ -> lines.add(Messages.get(locale, "grade.unanswered"));
      case Grade.Differs d -> differs(d, locale, lines);
    }
    lines.add(Messages.get(locale, "grade.rule", feedback.rule().statement(locale)));
    lines.add(Messages.get(locale, "grade.link", feedback.rule().link()));
    PredictionItem item = feedback.item();
    if (!item.context().isEmpty()) {
      lines.add(item.context().in(locale));
    }
    feedback.contrast().ifPresent(c -> lines.add(Messages.get(locale, "grade.contrast", c)));
    if (item.hasVariants()) {
      lines.add(
          Messages.get(
              locale,
              "grade.variant",
              Variants.reference(item.id()).map(Variants.Reference::item).orElse(item.id())));
    }
    return String.join("\n", lines);
  }

  private static void differs(Grade.Differs d, Locale locale, List<String> lines) {
    Grade.Difference first = d.first();
    lines.add(firstStep(first, locale));
    if (!first.source().isEmpty()) {
      lines.add("    " + first.source());
    }
    lines.add(saidAndDid(first, locale));
    lines.add(Messages.get(locale, "grade.marks", marks(d, locale)));
    for (Grade.Mark m : d.marks()) {
      if (m instanceof Grade.Unfounded u) {
        lines.add(Messages.get(locale, "grade.unfounded", u.question().key()));
      }
    }
    d.model()
        .ifPresent(m -> {
          lines.add(Messages.get(locale, "grade.model", m.statement().in(locale)));
          lines.add(m.feedback().in(locale));
        });
  }

  /** What each question earned. */
  private static String marks(Grade.Differs d, Locale locale) {
    return d.marks().stream()
        .map(m ->
            Messages.get(
                locale, "grade.mark", m.question().key(), number(m.earned()), number(m.points())))
        .collect(Collectors.joining(" · "));
  }

  /** Where the prediction and the run part first. */
  public static String firstStep(Grade.Difference first, Locale locale) {
    String head = Messages.get(locale, "grade.first");
    return first
        .event()
        .map(e -> head + Messages.get(locale, "grade.colon") + at(e.at(), locale))
        .orElse(head);
  }

  /** What was said there, and what the run did. */
  public static String saidAndDid(Grade.Difference first, Locale locale) {
    String key = first.question().key();
    return first.said().isEmpty()
        ? Messages.get(locale, "grade.saidnothing", key, first.did())
        : Messages.get(locale, "grade.said", key, first.said(), first.did());
  }

  private static String at(At at, Locale locale) {
    return Messages.get(
        locale, "grade.at", String.valueOf(at.goroutine()), at.position().toString());
  }

  /** A number of points: two places at most, none for a whole number. */
  public static String number(double d) {
    BigDecimal b = BigDecimal.valueOf(d).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    return b.scale() < 0 ? b.setScale(0).toPlainString() : b.toPlainString();
  }
}
