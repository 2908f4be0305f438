package paniclab.kernel.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import paniclab.diagrams.Figure;
import paniclab.diagrams.ScheduleTree;
import paniclab.kernel.Messages;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.worker.Renderer;
import paniclab.kernel.worker.Task;
import paniclab.model.explore.Exploration;
import paniclab.model.explore.Explorer;
import paniclab.model.explore.Limits;
import paniclab.model.outcome.DataRace;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.Program;
import paniclab.model.program.SourceFile;

/** Finds every ending of a Go program and shows them; says how far it is while it searches. */
public final class ExploreTask implements Task {
  private static final long NANOS_BETWEEN_NOTES = 500_000_000L;

  /** A task; it keeps nothing between two programs. */
  public ExploreTask() {}

  @Override
  public Reply run(Cell cell, Map<String, String> arguments) {
    Options options = new Options(arguments);
    List<SourceFile> files = GoSource.of(options.text("source"));
    return switch (GoSource.compile(files)) {
      case GoSource.Result.Wrong w -> w.reply();
      case GoSource.Result.Ok ok -> explore(cell, options, ok.program());
    };
  }

  private static Reply explore(Cell cell, Options options, Program program) {
    Locale locale = options.locale();
    Progress progress = new Progress(cell, locale, options.seconds(10));
    Exploration budget = new Exploration(Long.MAX_VALUE, Long.MAX_VALUE, Limits.EXPLORE, false);
    Verdict verdict =
        Explorer.explore(
            program, options.run().withLimits(Limits.EXPLORE).withRecord(false), budget, progress);
    if (cell.stop().getAsBoolean()) {
      return new Reply.Stopped();
    }
    Display shown = Verdicts.of(verdict, locale);
    progress.replace(shown);
    if (!options.text("figure").equals("none")) {
      cell.show(Figures.display(Figure.of(ScheduleTree.of(verdict), locale)));
    }
    return new Reply.Nothing();
  }

  /** The stop predicate of a search; it is asked often, so it also tells how long it has been. */
  private static final class Progress implements BooleanSupplier {
    private final Cell cell;
    private final Locale locale;
    private final long begin = System.nanoTime();
    private final long end;
    private final AtomicLong next = new AtomicLong(begin + NANOS_BETWEEN_NOTES);
    private final String id = UUID.randomUUID().toString();
    private boolean shown;

    Progress(Cell cell, Locale locale, double seconds) {
      this.cell = cell;
      this.locale = locale;
      end = begin + (long) (seconds * 1e9);
    }

    @Override
    public boolean getAsBoolean() {
      long now = System.nanoTime();
      if (now >= next.get()) {
        next.set(now + NANOS_BETWEEN_NOTES);
        long seconds = (now - begin) / 1_000_000_000L;
        put(Display.text(new Messages(locale).get("explore.progress", String.valueOf(seconds))));
      }
      return now >= end || cell.stop().getAsBoolean();
    }

    private void put(Display display) {
      if (shown) {
        cell.update(display.withId(id));
      } else {
        cell.show(display.withId(id));
        shown = true;
      }
    }

    void replace(Display display) {
      put(display);
    }
  }

  /** A verdict as it is shown. */
  static final class Verdicts {
    private Verdicts() {}

    static Display of(Verdict verdict, Locale locale) {
      Messages m = new Messages(locale);
      String head =
          m.get(
              "explore.found",
              String.valueOf(verdict.witnesses().size()),
              String.valueOf(verdict.executions()),
              completeness(verdict, m));
      StringBuilder text = new StringBuilder(head);
      StringBuilder html = new StringBuilder("<div><b>" + Renderer.escape(head) + "</b></div>");
      if (verdict.dataRace()) {
        String places =
            verdict.dataRaces().stream().map(DataRace::places).collect(Collectors.joining("; "));
        String race = m.get("explore.race", places);
        text.append('\n').append(race);
        html.append("<div>").append(Renderer.escape(race)).append("</div>");
      }
      html.append("<table><tbody>");
      for (Verdict.Witness w : verdict.witnesses()) {
        String end = Endings.of(w.ending(), locale).text();
        String schedule = m.get("explore.schedule", w.schedule().toString());
        text.append("\n\n").append(end).append('\n').append(schedule);
        html.append("<tr><td style=\"text-align:left\"><pre style=\"margin:0\">")
            .append(Renderer.escape(end))
            .append("</pre><code>")
            .append(Renderer.escape(schedule))
            .append("</code></td></tr>");
      }
      return Display.text(text.toString())
          .and(Display.HTML, html.append("</tbody></table>").toString());
    }

    private static String completeness(Verdict verdict, Messages m) {
      return switch (verdict) {
        case Verdict.Always _ -> m.get("explore.always");
        case Verdict.Depends _ -> m.get("explore.depends");
        case Verdict.Bounded b -> m.get("explore.bounded", b.limit());
      };
    }
  }
}
