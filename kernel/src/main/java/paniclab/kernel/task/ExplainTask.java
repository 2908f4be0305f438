package paniclab.kernel.task;

import java.util.Locale;
import java.util.Map;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.worker.Notebook;
import paniclab.kernel.worker.Task;

/** Says what kind of death a crash log tells of, and whether recover could have stopped it. */
public final class ExplainTask implements Task {
  /** A task. */
  public ExplainTask() {}

  @Override
  public Reply run(Cell cell, Map<String, String> arguments) {
    Options options = new Options(arguments);
    Locale locale = options.locale();
    CrashLog log = CrashLog.read(options.text("source"));
    String text = log.explain(locale);
    if (log.death() instanceof CrashLog.Death.Unknown) {
      return new Reply.Failed(
          "NotACrashLog", text.lines().findFirst().orElse(""), text.lines().toList());
    }
    cell.show(Notebook.markdown(text));
    return new Reply.Nothing();
  }
}
