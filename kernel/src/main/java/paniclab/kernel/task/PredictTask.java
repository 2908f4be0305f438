package paniclab.kernel.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import paniclab.exercises.Feedback;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.worker.Renderer;
import paniclab.kernel.worker.Task;
import paniclab.model.machine.Run;
import paniclab.model.trace.Trace;

/** Takes a prediction, and only then shows the run. */
public final class PredictTask implements Task {

  /** A task. */
  public PredictTask() {}

  @Override
  public Reply run(Cell cell, Map<String, String> arguments) {
    Options options = new Options(arguments);
    Locale locale = options.locale();
    String item = options.text("item");
    Feedback feedback = Learner.predictions().submit(item, options.text("text"), locale);
    String text = feedback.text(locale);
    return switch (feedback) {
      case Feedback.UnknownItem _ -> failed("UnknownItem", text);
      case Feedback.Unavailable _ -> failed("Unavailable", text);
      case Feedback.Invalid i ->
          shown(cell, i, text, Learner.predictions().form(item, options.text("text"), locale));
      case Feedback.Graded g -> graded(cell, g, text, locale);
    };
  }

  private static Reply failed(String name, String text) {
    List<String> lines = text.lines().toList();
    return new Reply.Failed(name, lines.isEmpty() ? name : lines.getFirst(), lines);
  }

  /**
   * What cannot be read or is not answered, and the form to go on with; at first, the form alone.
   */
  private static Reply shown(Cell cell, Feedback.Invalid i, String text, Optional<String> form) {
    String above = i.blank() ? "" : html(text);
    cell.show(
        form.map(f -> Display.text(text).and(Display.HTML, above + f))
            .orElseGet(() -> words(text)));
    return new Reply.Nothing();
  }

  private static Display words(String text) {
    return Display.text(text).and(Display.HTML, html(text));
  }

  private static String html(String text) {
    return "<div style=\"white-space:pre-wrap\">" + Renderer.escape(text) + "</div>";
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
}
