package paniclab.kernel.task;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import paniclab.diagrams.CrashAnatomy;
import paniclab.diagrams.Figure;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.worker.Task;
import paniclab.lessons.Language;
import paniclab.lessons.explain.Explained;
import paniclab.lessons.explain.NoCrash;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashLog;
import paniclab.model.crash.CrashReader;

/** Says what kind of death a crash log tells of, and whether recover could have stopped it. */
public final class ExplainTask implements Task {
  /** The most crashes of one log that are shown; the command line shows all. */
  private static final int SHOWN = 20;

  /** The most that are drawn. */
  private static final int DRAWN = 2;

  /** A task. */
  public ExplainTask() {}

  @Override
  public Reply run(Cell cell, Map<String, String> arguments) {
    Options options = new Options(arguments);
    Language language = language(options.locale());
    CrashLog log = CrashReader.read(options.text("source"));
    if (log.crashes().isEmpty()) {
      List<String> lines = NoCrash.lines(log, language);
      return new Reply.Failed("NotACrashLog", lines.getFirst(), lines);
    }
    String name = options.text("name");
    int drawn = 0;
    for (Crash crash : log.crashes().subList(0, Math.min(SHOWN, log.crashes().size()))) {
      Explained e = Explained.of(crash, name.isEmpty() ? "log" : name, language);
      cell.show(Display.text(e.text()).and(Display.HTML, e.html()));
      if (drawn++ < DRAWN) {
        cell.show(Figures.display(Figure.of(CrashAnatomy.of(crash), options.locale())));
      }
    }
    return new Reply.Nothing();
  }

  private static Language language(Locale locale) {
    return locale.getLanguage().equals("zh") ? Language.ZH_CN : Language.EN;
  }
}
