package paniclab.lessons.explain;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;
import paniclab.lessons.Language;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashLog;
import paniclab.model.crash.Explanation;

/**
 * An explanation for machines: one object on one line, always with the same fields. {@code
 * goroutine}, {@code recover_where}, {@code exit} and {@code lesson} are null where there is
 * nothing to say.
 */
public final class ExplainJson {
  private static final Gson JSON =
      new GsonBuilder().serializeNulls().disableHtmlEscaping().create();

  /** The exit status of a program whose race detector has reported something. */
  private static final int RACE_STATUS = 66;

  private ExplainJson() {}

  /** The line of a crash. */
  public static String line(Crash crash) {
    Explanation e = Explanation.of(crash);
    JsonObject o = new JsonObject();
    o.addProperty("family", crash.family().word());
    o.addProperty("first_line", crash.firstLine());
    o.addProperty(
        "goroutine",
        crash
            .first()
            .map(Crash.TracedGoroutine::id)
            .filter(id -> id > 0)
            .map(Number.class::cast)
            .orElse(null));
    o.addProperty("recoverable", e.recoverable().word());
    String where = String.join(", ", e.reach().stream().map(Crash.TracedFrame::function).toList());
    o.addProperty("recover_where", where.isEmpty() ? null : where);
    o.addProperty("defers_ran", e.defersRan());
    o.addProperty("exit", e.exit().isPresent() ? e.exit().getAsInt() : null);
    o.addProperty("lesson", LessonLinks.of(e.kind().claims(), Language.EN).id());
    return JSON.toJson(o);
  }

  /** The line of a text without a crash. */
  public static String none(CrashLog log) {
    boolean race = log.recognised().stream().anyMatch(r -> r.why() == CrashLog.Why.RACE);
    JsonObject o = new JsonObject();
    o.addProperty("family", "none");
    o.addProperty(
        "first_line", log.recognised().isEmpty() ? "" : log.recognised().getFirst().text());
    o.addProperty("goroutine", (Number) null);
    o.addProperty("recoverable", "no");
    o.addProperty("recover_where", (String) null);
    o.addProperty("defers_ran", false);
    o.addProperty("exit", race ? Integer.valueOf(RACE_STATUS) : ended(log));
    o.addProperty("lesson", (String) null);
    return JSON.toJson(o);
  }

  /** The status that a line of the text tells, though no crash stands there; null for none. */
  private static @Nullable Integer ended(CrashLog log) {
    for (CrashLog.Recognised r : log.recognised()) {
      if (r.why() == CrashLog.Why.ENDED) {
        return r.number();
      }
    }
    return null;
  }
}
