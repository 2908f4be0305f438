package paniclab.diagrams;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import paniclab.model.program.Position;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;

/** The fixed words of the pictures in one language; what a learner wrote is quoted as it is. */
public final class Words {
  private final ResourceBundle bundle;
  private final Locale locale;

  private Words(Locale locale) {
    this.locale = locale;
    this.bundle = ResourceBundle.getBundle("paniclab.diagrams.messages", locale);
  }

  /** Simplified Chinese for every Chinese locale, English for all others. */
  public static Words of(Locale locale) {
    boolean chinese = locale.getLanguage().equals("zh");
    return new Words(chinese ? Locale.SIMPLIFIED_CHINESE : Locale.ROOT);
  }

  /** The language tag for HTML. */
  String tag() {
    return locale.equals(Locale.ROOT) ? "en" : "zh-CN";
  }

  /** A message; numbers are given as text, so that they are printed plainly. */
  String get(String key, Object... args) {
    Object[] plain = new Object[args.length];
    for (int i = 0; i < args.length; i++) {
      plain[i] = args[i] instanceof String s ? Texts.clean(s) : String.valueOf(args[i]);
    }
    return new MessageFormat(bundle.getString(key), Locale.ROOT).format(plain);
  }

  /** "goroutine 2", or "runtime" for 0, which is what no goroutine does. */
  public String goroutine(int id) {
    return id == 0 ? get("runtime") : get("goroutine", id);
  }

  /** {@code :12}, or the empty string for no place. */
  static String line(At at) {
    String place = place(at);
    return place.substring(Math.max(0, place.lastIndexOf(':')));
  }

  /** {@code main.go:12}, or the empty string for no place. */
  public static String place(At at) {
    Position p = at.position();
    return p.isKnown() ? Texts.clean(file(p.file())) + ":" + p.line() : "";
  }

  static String file(String path) {
    return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  }

  /** One event in one phrase, without its place and its goroutine. */
  public String say(Event event) {
    return switch (event) {
      case Event.Spawned e -> get("event.spawned", e.child(), e.function());
      case Event.GoroutineEnded _ -> get("event.ended");
      case Event.Blocked e ->
          e.object().isEmpty()
              ? get("event.blocked", e.reason().text())
              : get("event.blocked.on", e.reason().text(), e.object());
      case Event.Woken e ->
          switch (e.by()) {
            case Event.Woken.TIMER -> get("event.woken.timer");
            case Event.Woken.SIGNAL -> get("event.woken.signal");
            default -> get("event.woken", e.by());
          };
      case Event.Scheduled _ -> get("event.scheduled");
      case Event.ThreadLocked e ->
          get(e.locked() ? "event.thread.locked" : "event.thread.unlocked");
      case Event.ProcsChanged e -> get("event.procs", e.from(), e.to());
      case Event.Sent e -> get("event.sent", e.channel(), e.value());
      case Event.Received e ->
          get(e.ok() ? "event.received" : "event.received.closed", e.channel(), e.value());
      case Event.Closed e -> get("event.closed", e.channel());
      case Event.Synced e ->
          e.object().isEmpty()
              ? get("event.synced", e.operation())
              : get("event.synced.on", e.operation(), e.object());
      case Event.CgoEntered e -> get("event.cgo.entered", e.function());
      case Event.CgoReturned e -> get("event.cgo.returned", e.function());
      case Event.CgoCallback e -> get("event.cgo.callback", e.function());
      case Event.CgoCallbackReturned e -> get("event.cgo.callbackReturned", e.function());
      case Event.Lifetime e ->
          get("event.life." + e.stage(), e.what(), "0x" + Long.toHexString(e.address()));
      case Event.DeferPushed e -> get("event.deferPushed", e.function());
      case Event.DeferRan e -> get("event.deferRan." + e.cause(), e.function());
      case Event.DeferReturned e -> get("event.deferReturned", e.function());
      case Event.PanicRaised e ->
          e.depth() > 1
              ? get("event.panic.again", e.value(), e.depth())
              : get("event.panic", e.value());
      case Event.Recovered e -> get("event.recovered", e.value(), e.function(), e.frame());
      case Event.RecoverReturnedNil e -> get("event.recoverNil", get("nil." + e.why()));
      case Event.Goexited _ -> get("event.goexit");
      case Event.FatalRaised e -> get("event.fatal", e.error());
      case Event.Printed e -> get("event.printed." + (e.fd() == 1 ? 1 : 2), quote(e.text()));
      case Event.SignalDelivered e ->
          get(
              "event.signal",
              e.signal(),
              get("signal.origin." + e.origin()),
              get("signal.effect." + e.effect()));
      case Event.StackGrew e ->
          get("event.stackGrew", bytes(e.from()), bytes(e.to()), e.function());
      case Event.TimerFired e -> get("event.timer", e.what());
      case Event.DataRace e -> get("event.race", e.variable(), e.otherGoroutine());
      case Event.ProcessEnded e -> get("event.processEnded", e.status(), e.why());
    };
  }

  /** A size in the unit a reader would choose: bytes, KiB or MiB. */
  static String bytes(long n) {
    return n >= 1 << 30 && n % (1 << 30) == 0
        ? (n >> 30) + " GiB"
        : n >= 1 << 20 && n % (1 << 20) == 0
            ? (n >> 20) + " MiB"
            : n >= 1 << 10 && n % (1 << 10) == 0 ? (n >> 10) + " KiB" : n + " B";
  }

  private static String quote(String text) {
    return "\"" + Texts.clean(text).replace("\"", "\\\"") + "\"";
  }

  /** What was left out, in one sentence; empty when nothing was. */
  String folded(Folded f) {
    StringBuilder b = new StringBuilder();
    if (f.events() > 0) {
      b.append(get("folded.events", f.events()));
    }
    if (f.goroutines() > 0) {
      b.append(b.isEmpty() ? "" : " ")
          .append(get("folded.goroutines", f.goroutines(), f.waiting()));
    }
    if (f.dropped() > 0) {
      b.append(b.isEmpty() ? "" : " ").append(get("folded.dropped", f.dropped()));
    }
    return b.toString();
  }
}
