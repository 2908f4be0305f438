package paniclab.kernel.task;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.worker.Task;
import paniclab.lessons.Language;
import paniclab.lessons.lookup.LookupTable;
import paniclab.lessons.lookup.LookupText;

/** Shows the look-up table, or the rows that hold some words. */
public final class LookupTask implements Task {
  /** A task. */
  public LookupTask() {}

  @Override
  public Reply run(Cell cell, Map<String, String> arguments) {
    Options options = new Options(arguments);
    Language language = options.locale().getLanguage().equals("zh") ? Language.ZH_CN : Language.EN;
    String words = options.text("words").strip();
    LookupTable table =
        LookupTable.builtIn().filtered(words.isEmpty() ? List.of() : List.of(words.split("\\s+")));
    String id = "lookup" + UUID.randomUUID().toString().replace("-", "");
    cell.show(
        Display.text(LookupText.text(table, language))
            .and(Display.HTML, LookupText.html(table, language, id)));
    return new Reply.Nothing();
  }
}
