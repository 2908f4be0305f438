package paniclab.lessons.explain;

import java.util.ArrayList;
import java.util.List;
import paniclab.lessons.Language;
import paniclab.model.crash.CrashLog;

/** What is said of a text that is no crash: what was recognised in it, and what was not. */
public final class NoCrash {
  private static final int TOLD = 5;

  private NoCrash() {}

  /** The lines. */
  public static List<String> lines(CrashLog log, Language language) {
    ExplainWords w = ExplainWords.of(language);
    List<String> said = new ArrayList<>();
    said.add(w.plain("none.head"));
    if (log.recognised().isEmpty()) {
      said.add(w.get("none.read", log.lines()));
      return said;
    }
    said.add(w.plain("none.recognised"));
    for (CrashLog.Recognised r :
        log.recognised().subList(0, Math.min(TOLD, log.recognised().size()))) {
      said.add("  " + w.get("none." + r.why().name(), r.lines().first(), r.text(), r.number()));
    }
    if (log.recognisedCount() > TOLD) {
      said.add("  " + w.get("none.more", log.recognisedCount() - TOLD));
    }
    return said;
  }
}
