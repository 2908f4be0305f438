package paniclab.kernel.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import paniclab.exercises.Feedback;
import paniclab.kernel.Messages;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.worker.Renderer;
import paniclab.kernel.worker.Task;
import paniclab.model.machine.Run;
import paniclab.model.trace.Trace;

/**
 * Takes a prediction, and only then shows the run. As a check ({@code check=true}) a prediction
 * that is missing is an error, and the score is the result.
 */
public final class PredictTask implements Task {
  private static final String SEPARATOR = "\u001e";

  /** A task. */
  public PredictTask() {}

  @Override
  public Reply run(Cell cell, Map<String, String> arguments) {
    Options options = new Options(arguments);
    Locale locale = options.locale();
    boolean check = options.text("check").equals("true");
    String item = options.text("item");
    if (check) {
      return check(cell, options, item);
    }
    Feedback feedback = Learner.predictions().submit(item, options.text("text"), locale);
    String text = feedback.text(locale);
    return switch (feedback) {
      case Feedback.UnknownItem _ -> failed("UnknownItem", text);
      case Feedback.Unavailable _ -> failed("Unavailable", text);
      case Feedback.Invalid _ ->
          shown(cell, text, Learner.predictions().form(item, options.text("text"), locale));
      case Feedback.Graded g -> graded(cell, g, text, locale);
    };
  }

  /**
   * As {@code paniclab grade} does it: the last cell that answers counts, open questions earn 0.
   */
  private static Reply check(Cell cell, Options options, String item) {
    Locale locale = options.locale();
    List<String> cells = List.of(options.text("text").split(SEPARATOR, -1));
    Feedback feedback = Learner.predictions().check(item, cells);
    String text = feedback.text(locale);
    return switch (feedback) {
      case Feedback.UnknownItem _ -> failed("UnknownItem", text);
      case Feedback.Unavailable _ -> failed("Unavailable", text);
      case Feedback.Invalid _ ->
          failed("NotPredicted", new Messages(locale).get("check.none", item));
      case Feedback.Graded g -> checked(cell, g, text, options.text("of"));
    };
  }

  private static Reply failed(String name, String text) {
    List<String> lines = text.lines().toList();
    return new Reply.Failed(name, lines.isEmpty() ? name : lines.getFirst(), lines);
  }

  /** What cannot be read; for a cell that answers nothing yet, the form to fill in. */
  private static Reply shown(Cell cell, String text, Optional<String> form) {
    cell.show(form.map(f -> Display.text(text).and(Display.HTML, f)).orElseGet(() -> words(text)));
    return new Reply.Nothing();
  }

  private static Display words(String text) {
    return Display.text(text)
        .and(
            Display.HTML,
            "<div style=\"white-space:pre-wrap\">" + Renderer.escape(text) + "</div>");
  }

  private static Reply graded(Cell cell, Feedback.Graded g, String text, Locale locale) {
    cell.show(words(text));
    Learner.record(g, locale).ifPresent(trouble -> cell.show(words(trouble)));
    Trace trace = run(g).trace();
    for (Display d : Figures.of(trace, "", locale)) {
      cell.show(d);
    }
    return new Reply.Nothing();
  }

  private static Run run(Feedback.Graded g) {
    return g.key().evidence().runs().getFirst();
  }

  /** The score alone is the result: nbgrader reads it as the points, in part or in full. */
  private static Reply checked(Cell cell, Feedback.Graded g, String text, String of) {
    cell.show(words(text));
    double share = g.grade().score() / g.grade().max();
    double points = of.isEmpty() ? g.grade().max() : points(of);
    return new Reply.Result(Display.text(number(Math.clamp(share * points, 0, points))));
  }

  private static double points(String of) {
    try {
      double points = Double.parseDouble(of);
      if (points >= 0 && points <= 1e9) {
        return points;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException("--of " + of + ": it takes a number of points, 0 or more");
  }

  private static String number(double d) {
    return d == Math.rint(d) ? String.valueOf((long) d) : String.valueOf(d);
  }
}
