package paniclab.kernel.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import paniclab.exercises.FixGrade;
import paniclab.exercises.FixItem;
import paniclab.exercises.grading.Checks;
import paniclab.exercises.grading.Gradable;
import paniclab.kernel.Messages;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.worker.Renderer;
import paniclab.kernel.worker.Task;
import paniclab.model.program.SourceFile;

/** Judges a mended program, and shows the shortest run on which it is not mended yet. */
public final class FixTask implements Task {
  /** What was searched once is known as long as the worker lives. */
  private static final class Holder {
    static final Checks CHECKS = Checks.builtIn();
  }

  /** A task. */
  public FixTask() {}

  @Override
  public Reply run(Cell cell, Map<String, String> arguments) {
    Options options = new Options(arguments);
    Locale locale = options.locale();
    String text = options.text("text");
    String id = FixItem.itemOf(text).orElse(options.text("item"));
    Messages m = new Messages(locale);
    return switch (Holder.CHECKS.check(id, List.of(text))) {
      case Checks.Unknown(Optional<String> near) ->
          failed("UnknownItem", m.get("check.unknown", id, near.orElse("-")));
      case Checks.Unavailable(String reason) ->
          failed("Unavailable", m.get("check.nokey", id, reason));
      case Checks.Unanswered() -> {
        cell.show(words(m.get("fix.untouched")));
        yield new Reply.Nothing();
      }
      case Checks.Scored(double _, double _, Gradable.Detail detail) -> {
        show(cell, detail, locale);
        yield new Reply.Nothing();
      }
    };
  }

  private static void show(Cell cell, Gradable.Detail detail, Locale locale) {
    cell.show(words(detail.text(locale)));
    if (detail instanceof Gradable.Mended mended) {
      Learner.record(mended, locale).ifPresent(trouble -> cell.show(words(trouble)));
    }
    if (detail instanceof Gradable.Mended(FixItem _, var _, String source, FixGrade.Checked c)) {
      c.firstFailure()
          .ifPresent(f -> {
            List<SourceFile> files = List.of(new SourceFile(GoSource.FILE, source));
            Figures.of(f.run().trace(), files, "", locale).forEach(cell::show);
          });
    }
  }

  private static Reply failed(String name, String message) {
    return new Reply.Failed(name, message, List.of(message));
  }

  private static Display words(String text) {
    return Display.text(text)
        .and(
            Display.HTML,
            "<div style=\"white-space:pre-wrap\">" + Renderer.escape(text) + "</div>");
  }
}
