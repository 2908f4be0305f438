package paniclab.exercises.progress;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import paniclab.exercises.ItemBank;
import paniclab.exercises.Messages;
import paniclab.exercises.Misconception;
import paniclab.exercises.PredictionItem;

/** The page that shows where one stands, as text and as HTML without script. */
public final class StandingPage {
  private static final int BAR = 20;

  private final Standing standing;
  private final ItemBank bank;
  private final Locale locale;
  private final Instant now;
  private final ZoneId zone;

  /**
   * A page.
   *
   * @param bank the standing was made of
   * @param zone for the times shown
   */
  public StandingPage(Standing standing, ItemBank bank, Locale locale, Instant now, ZoneId zone) {
    this.standing = standing;
    this.bank = bank;
    this.locale = locale;
    this.now = now;
    this.zone = zone;
  }

  private String say(String key, Object... arguments) {
    return Messages.get(locale, "progress." + key, arguments);
  }

  /** Lines of text. */
  public String text() {
    StringBuilder b = new StringBuilder(say("title")).append("\n\n");
    for (Standing.Chapter c : standing.chapters()) {
      int full = (int) Math.round(c.share() * BAR);
      b.append("%-8s [%s%s] ".formatted(c.id(), "#".repeat(full), ".".repeat(BAR - full)));
      b.append(counts(c)).append('\n');
    }
    if (!standing.models().isEmpty()) {
      b.append('\n').append(say("models")).append('\n');
      standing.models().forEach(m -> b.append("- ").append(model(m)).append('\n'));
    }
    b.append('\n').append(say("review")).append('\n');
    reviews().forEach(r -> b.append("- ").append(r).append('\n'));
    return b.toString();
  }

  private String counts(Standing.Chapter c) {
    return say("counts", c.tried(), c.items(), c.now(), c.atOnce());
  }

  private String model(Standing.Met m) {
    String statement =
        Optional.ofNullable(bank.models().get(m.model()))
            .map(Misconception::statement)
            .map(t -> t.in(locale))
            .orElse(m.model());
    return say(m.overcome() ? "overcome" : "met", statement, m.times());
  }

  private List<String> reviews() {
    return standing.reviews().isEmpty()
        ? List.of(say("nothing"))
        : standing.reviews().stream().map(this::review).toList();
  }

  private String review(Standing.Review r) {
    DateTimeFormatter day =
        DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
            .withLocale(locale)
            .withZone(zone);
    String same = r.item() instanceof PredictionItem i && i.hasVariants() ? "" : ".same";
    return r.isDue(now)
        ? say("due" + same, r.item().id())
        : say("later" + same, r.item().id(), day.format(r.due()));
  }

  /** The same as HTML. */
  public String html() {
    StringBuilder b = new StringBuilder("<div class=\"paniclab-progress\"><h4>");
    b.append(escape(say("title"))).append("</h4><table><thead><tr>");
    for (String head : List.of("chapter", "points", "tried", "now", "atonce")) {
      b.append("<th style=\"text-align:left\">").append(escape(say("head." + head)));
      b.append("</th>");
    }
    b.append("</tr></thead><tbody>");
    standing.chapters().forEach(c -> row(b, c));
    b.append("</tbody></table>");
    if (!standing.models().isEmpty()) {
      list(b, say("models"), standing.models().stream().map(this::model).toList());
    }
    list(b, say("review"), reviews());
    return b.append("</div>").toString();
  }

  private static void row(StringBuilder b, Standing.Chapter c) {
    long percent = Math.round(100 * c.share());
    b.append("<tr><td>").append(escape(c.id())).append("</td><td>");
    b.append("<progress max=\"100\" value=\"").append(percent).append("\"></progress> ");
    b.append(percent).append(" %</td><td>").append(c.tried()).append(" / ").append(c.items());
    b.append("</td><td>").append(c.now()).append("</td><td>").append(c.atOnce());
    b.append("</td></tr>");
  }

  private static void list(StringBuilder b, String title, List<String> lines) {
    b.append("<h5>").append(escape(title)).append("</h5><ul>");
    lines.forEach(l -> b.append("<li>").append(escape(l)).append("</li>"));
    b.append("</ul>");
  }

  private static String escape(String s) {
    return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
