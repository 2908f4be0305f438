package paniclab.kernel.task;

import java.util.Locale;
import paniclab.kernel.Messages;
import paniclab.kernel.link.Display;
import paniclab.kernel.worker.Renderer;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.sched.Bug;

/** How an end is said. */
final class Endings {
  private Endings() {}

  /** Stderr of a Go program, as a display and not as a stream: it is no fault of the notebook's. */
  static Display stderr(String text) {
    return Display.text(text)
        .and(
            Display.HTML,
            "<pre style=\"border-left:3px solid #b3261e;padding-left:8px;margin:0\">"
                + Renderer.escape(text)
                + "</pre>");
  }

  /** The line below a run. */
  static Display line(Outcome outcome, Locale locale) {
    String text = say(outcome, locale);
    String colour = outcome.exitStatus() == 0 ? "#1b6e3c" : "#b3261e";
    return Display.text(text)
        .and(
            Display.HTML,
            "<div style=\"color:" + colour + "\"><b>" + Renderer.escape(text) + "</b></div>");
  }

  /** What is to be said of a run on a runtime that was broken on purpose. */
  static Display broken(Bug bug, Locale locale) {
    String text = new Messages(locale).get("go.runtimebug." + bug.word(), bug.word());
    return Display.text(text)
        .and(
            Display.HTML,
            "<div style=\"border:1px solid #b3261e;padding:4px 8px\">"
                + Renderer.escape(text)
                + "</div>");
  }

  /** The end in a line of words. */
  static String say(Outcome outcome, Locale locale) {
    Messages m = new Messages(locale);
    String status = String.valueOf(outcome.exitStatus());
    return switch (outcome) {
      case Outcome.Exited _ -> m.get("go.exited", status);
      case Outcome.Panicked _ -> m.get("go.panicked", status);
      case Outcome.Fatal f -> m.get("go.fatal", status, f.error());
      case Outcome.Thrown t -> m.get("go.thrown", status, t.error());
      case Outcome.Signalled s ->
          m.get(s.killed() ? "go.signalled" : "go.dumped", status, s.name());
      case Outcome.Hung h -> m.get("go.hung", h.why());
      case Outcome.Unfinished u -> m.get("go.unfinished", u.limit().word(), u.message());
      case Outcome.OutOfModel o -> m.get("go.outofmodel", o.reason());
    };
  }

  /** An ending with what it printed. */
  static Display of(Ending ending, Locale locale) {
    StringBuilder text = new StringBuilder(say(ending.outcome(), locale));
    part(text, "stdout", ending.stdout().toString());
    part(text, "stderr", ending.stderr().toString());
    return Display.text(text.toString());
  }

  private static void part(StringBuilder to, String name, String content) {
    if (!content.isEmpty()) {
      to.append('\n').append(name).append(":\n").append(content.indent(2).stripTrailing());
    }
  }
}
