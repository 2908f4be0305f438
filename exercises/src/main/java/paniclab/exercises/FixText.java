package paniclab.exercises;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import paniclab.model.outcome.Outcome;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/** Says in words what came of mending a program. */
public final class FixText {
  private FixText() {}

  /** Several lines. */
  public static String of(FixItem item, FixGrade grade, Locale locale) {
    List<String> lines = new ArrayList<>();
    lines.add(
        Messages.get(
            locale,
            "grade.score",
            GradeText.number(grade.score()),
            GradeText.number(item.points())));
    lines.addAll(said(grade, locale));
    lines.add(Messages.get(locale, "grade.rule", item.rule().statement(locale)));
    lines.add(Messages.get(locale, "grade.link", item.rule().link()));
    return String.join("\n", lines);
  }

  /** What came of it, without the score and the rule. */
  public static List<String> said(FixGrade grade, Locale locale) {
    List<String> lines = new ArrayList<>();
    switch (grade) {
      case FixGrade.Untouched() -> lines.add(Messages.get(locale, "fix.untouched"));
      case FixGrade.Trivial(List<String> missing, List<String> banned) -> {
        missing.forEach(m -> lines.add(Messages.get(locale, "fix.missing", m)));
        banned.forEach(m -> lines.add(Messages.get(locale, "fix.banned", m)));
      }
      case FixGrade.Rejected(String messages) -> {
        lines.add(Messages.get(locale, "fix.rejected"));
        lines.addAll(messages.lines().toList());
      }
      case FixGrade.Unsupported(String reason) ->
          lines.add(Messages.get(locale, "fix.unsupported", reason));
      case FixGrade.Checked c -> checked(c, locale, lines);
    }
    return lines;
  }

  private static void checked(FixGrade.Checked c, Locale locale, List<String> lines) {
    for (FixGrade.Check check : c.checks()) {
      lines.add((check.holds() ? "✓ " : "✗ ") + check.requirement().text(locale).replace("`", ""));
    }
    c.firstFailure().ifPresent(f -> lines.addAll(failure(f, locale)));
    if (c.allHold()) {
      lines.add(Messages.get(locale, c.complete() ? "fix.proved" : "fix.searched"));
    }
  }

  /** What happens on the schedule on which a requirement does not hold. */
  public static List<String> failure(FixGrade.Failure f, Locale locale) {
    List<String> lines = new ArrayList<>();
    if (f.afterwards()) {
      boolean returned = FixJudge.hasReturned(f.run().ending());
      lines.add(Messages.get(locale, returned ? "fix.afterwards" : "fix.never"));
      waiting(f.run().trace(), !returned).forEach(b -> lines.add("    " + waits(b, locale)));
      return lines;
    }
    lines.add(Messages.get(locale, "fix.schedule", f.schedule().toString()));
    Outcome outcome = f.run().ending().outcome();
    lines.add(
        Messages.get(locale, "fix.ends", outcome.word(), String.valueOf(outcome.exitStatus())));
    String stderr = f.run().ending().firstStderrLine().strip();
    if (!stderr.isEmpty()) {
      lines.add("    " + stderr);
    }
    String stdout = f.run().ending().stdout().toString();
    if (f.requirement() instanceof Requirement.Prints) {
      lines.add(Messages.get(locale, "fix.printed"));
      stdout.lines().limit(20).forEach(l -> lines.add("    " + l));
    }
    return lines;
  }

  /** The waits that were never over. */
  private static List<Event.Blocked> waiting(Trace trace, boolean main) {
    Map<Integer, Event.Blocked> waits = new TreeMap<>();
    for (Event e : trace.events()) {
      if (e instanceof Event.Blocked b && (main || b.at().goroutine() != 1)) {
        waits.put(b.at().goroutine(), b);
      } else {
        waits.remove(e.at().goroutine());
      }
    }
    return List.copyOf(waits.values());
  }

  private static String waits(Event.Blocked b, Locale locale) {
    return Messages.get(
        locale,
        "fix.waits",
        String.valueOf(b.at().goroutine()),
        b.reason().text(),
        b.at().position().toString());
  }
}
