package paniclab.kernel.task;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import paniclab.diagrams.Diagram;
import paniclab.diagrams.Figure;
import paniclab.kernel.link.Display;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.Program;
import paniclab.model.program.SourceFile;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/** Objects of the model as a Java cell shows them. */
public final class ModelDisplays {
  /** The most events that are listed. */
  private static final int MOST_EVENTS = 200;

  private ModelDisplays() {}

  /** A run: how it ended and its first picture. */
  public static Display run(Run run, Locale locale) {
    List<Display> figures = Figures.of(run.trace(), "", locale);
    Display ending = Endings.of(run.ending(), locale);
    if (figures.isEmpty()) {
      return ending;
    }
    Display figure = figures.getFirst();
    String html = figure.data().get(Display.HTML);
    String text = ending.text() + "\n\n" + figure.text();
    return html == null
        ? Display.text(text)
        : Display.text(text).and(Display.HTML, pre(ending.text()) + html);
  }

  private static String pre(String text) {
    return "<pre>" + paniclab.kernel.worker.Renderer.escape(text) + "</pre>";
  }

  /** An ending. */
  public static Display ending(Ending ending, Locale locale) {
    return Endings.of(ending, locale);
  }

  /** An outcome. */
  public static Display outcome(Outcome outcome, Locale locale) {
    return Endings.line(outcome, locale);
  }

  /** A verdict. */
  public static Display verdict(Verdict verdict, Locale locale) {
    return ExploreTask.Verdicts.of(verdict, locale);
  }

  /** A trace: its picture, and its events as lines. */
  public static Display trace(Trace trace, Locale locale) {
    List<Event> events = trace.events();
    String lines =
        events.stream().limit(MOST_EVENTS).map(Event::toString).collect(Collectors.joining("\n"));
    String rest = events.size() > MOST_EVENTS ? "\n… " + (events.size() - MOST_EVENTS) : "";
    List<Display> figures = Figures.of(trace, "", locale);
    String html = figures.isEmpty() ? null : figures.getFirst().data().get(Display.HTML);
    Display text = Display.text(lines + rest);
    return html == null ? text : text.and(Display.HTML, html);
  }

  /** A picture. */
  public static Display diagram(Diagram diagram, Locale locale) {
    return Figures.display(Figure.of(diagram, locale));
  }

  /** A program: its source. */
  public static Display program(Program program) {
    String source =
        program.sources().stream().map(SourceFile::text).collect(Collectors.joining("\n"));
    return Display.text(source).and("text/markdown", "```go\n" + source + "\n```");
  }
}
