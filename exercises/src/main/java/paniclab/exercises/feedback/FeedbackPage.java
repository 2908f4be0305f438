package paniclab.exercises.feedback;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import paniclab.diagrams.Figure;
import paniclab.exercises.Answer;
import paniclab.exercises.AnswerKey;
import paniclab.exercises.DeferSite;
import paniclab.exercises.FixGrade;
import paniclab.exercises.FixText;
import paniclab.exercises.Grade;
import paniclab.exercises.GradeText;
import paniclab.exercises.Messages;
import paniclab.exercises.Posed;
import paniclab.exercises.Question;
import paniclab.exercises.Reason;
import paniclab.exercises.Rule;
import paniclab.exercises.grading.Gradable;
import paniclab.exercises.grading.GradeRow;
import paniclab.exercises.grading.Judged;
import paniclab.exercises.grading.Status;
import paniclab.model.program.Position;
import paniclab.model.program.SourceFile;
import paniclab.model.trace.Trace;

/**
 * A student's page: HTML in one file that needs no network. Pages may be made in several threads; a
 * figure that several students share is drawn once.
 */
public final class FeedbackPage {
  private final String assignment;
  private final Locale locale;
  private final ConcurrentMap<AnswerKey, String> figures = new ConcurrentHashMap<>();

  /** Pages of an assignment in a language. */
  public FeedbackPage(String assignment, Locale locale) {
    this.assignment = assignment;
    this.locale = locale;
  }

  /** The page of a student. */
  public String html(Judged student) {
    GradeRow row = student.row();
    Html h = new Html();
    h.raw("<!DOCTYPE html>\n<html lang=\"" + (Messages.isChinese(locale) ? "zh-CN" : "en") + "\">");
    h.raw("<head><meta charset=\"utf-8\">");
    h.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    h.element("title", "", assignment + " · " + row.studentId());
    h.raw("<style>" + Html.resource("feedback.css") + "</style></head>\n<body><header>");
    h.element("h1", "", assignment);
    h.element("p", "who", name(row));
    h.element("p", "total", score(row.score(), row.maxScore()));
    if (row.status() != Status.OK) {
      h.raw("<div class=\"status\">");
      h.element("p", "", text("feedback.status." + row.status().word()));
      h.list(row.reasons());
      h.raw("</div>");
    }
    contents(h, student);
    h.raw("</header>\n<main>");
    for (Judged.Item item : student.items()) {
      section(h, item);
    }
    h.raw("</main>\n");
    h.element("footer", "", text("feedback.footer"));
    return h.raw("</body></html>\n").toString();
  }

  private static String name(GradeRow row) {
    String name = (row.firstName() + " " + row.lastName()).strip();
    return name.isEmpty() ? row.studentId() : name + " (" + row.studentId() + ")";
  }

  private String score(double score, double max) {
    return Messages.get(locale, "grade.score", GradeText.number(score), GradeText.number(max));
  }

  private void contents(Html h, Judged student) {
    h.raw("<nav><ul>");
    for (Judged.Item i : student.items()) {
      String mark = i.score() >= i.max() ? "right" : i.score() > 0 ? "part" : "none";
      h.raw("<li class=\"" + mark + "\"><a href=\"#" + Html.escape(i.gradable().id()) + "\">");
      h.text(i.gradable().id());
      h.raw("</a> ");
      h.text(GradeText.number(i.score()) + "/" + GradeText.number(i.max()));
      h.raw("</li>");
    }
    h.raw("</ul></nav>");
  }

  private void section(Html h, Judged.Item item) {
    h.raw("<section id=\"" + Html.escape(item.gradable().id()) + "\">");
    h.element("h2", "", item.gradable().id());
    h.element("p", "score", score(item.score(), item.max()));
    switch (item.judgement().detail()) {
      case Gradable.Compared c -> compared(h, c);
      case Gradable.Mended m -> mended(h, m);
    }
    h.raw("</section>\n");
  }

  private void compared(Html h, Gradable.Compared c) {
    Optional<Grade.Difference> first =
        c.grade() instanceof Grade.Differs d ? Optional.of(d.first()) : Optional.empty();
    h.element("p", "prompt", c.posed().item().prompt().in(locale));
    source(h, c.posed(), first);
    switch (c.grade()) {
      case Grade.Right _ -> h.element("p", "verdict right", text("grade.right"));
      case Grade.Unanswered _ -> h.element("p", "verdict", text("feedback.unanswered"));
      case Grade.Differs d -> difference(h, d);
    }
    answers(h, c);
    h.raw(figures.computeIfAbsent(c.key(), this::figure));
    Rule rule = first.map(Grade.Difference::rule).orElse(c.key().rule());
    rule(h, rule);
    if (!c.posed().item().context().isEmpty()) {
      h.element("p", "context", c.posed().item().context().in(locale));
    }
    c.posed()
        .item()
        .contrast()
        .ifPresent(id -> h.element("p", "contrast", Messages.get(locale, "grade.contrast", id)));
  }

  private void mended(Html h, Gradable.Mended m) {
    h.element("p", "prompt", m.item().prompt().in(locale));
    Optional<FixGrade.Failure> failure =
        m.grade() instanceof FixGrade.Checked c ? c.firstFailure() : Optional.empty();
    Position at =
        failure
            .filter(f -> !f.afterwards())
            .flatMap(f -> Figures.end(f.run().trace()))
            .orElse(Position.NONE);
    boolean untouched = m.grade() instanceof FixGrade.Untouched;
    String source = untouched ? m.given().source() : m.source();
    listing(h, source, at.isKnown() ? at.line() : 0, Map.of());
    boolean right = m.grade() instanceof FixGrade.Checked c && c.allHold();
    h.raw(right ? "<div class=\"verdict right\">" : "<div class=\"first\">");
    FixText.said(m.grade(), locale).forEach(line -> h.element("p", "", line));
    h.raw("</div>");
    failure.ifPresent(f -> h.raw(figure(f.run().trace())));
    rule(h, m.item().rule());
    h.element("p", "context", m.item().context().in(locale));
  }

  private void rule(Html h, Rule rule) {
    h.raw("<p class=\"rule\">");
    h.text(Messages.get(locale, "grade.rule", rule.statement(locale)));
    h.raw(" <a href=\"" + Html.escape(rule.link()) + "\">" + Html.escape(rule.link()) + "</a></p>");
  }

  private static void source(Html h, Posed posed, Optional<Grade.Difference> first) {
    for (SourceFile file : posed.program().files()) {
      int here =
          first
              .map(Grade.Difference::position)
              .filter(p -> p.isKnown() && p.file().equals(file.name()))
              .map(Position::line)
              .orElse(0);
      Map<Integer, String> labels = new TreeMap<>();
      DeferSite.of(posed.program().files()).stream()
          .filter(s -> s.file().equals(file.name()))
          .forEach(s -> labels.merge(s.line(), s.label(), (a, b) -> a + " " + b));
      listing(h, file.text(), here, labels);
    }
  }

  /** Go source with its line numbers, one line marked (0 for none), and labels before some. */
  private static void listing(Html h, String source, int here, Map<Integer, String> labels) {
    h.raw("<pre class=\"source\">");
    int number = 0;
    for (String line : source.stripTrailing().lines().toList()) {
      number++;
      String label = labels.getOrDefault(number, "");
      h.raw(number == here ? "<span class=\"line here\">" : "<span class=\"line\">");
      h.raw("<span class=\"number\">" + (label.isEmpty() ? "" : "<b>" + label + "</b>") + number);
      h.raw("</span><span>");
      h.text(line);
      h.raw("</span></span>");
    }
    h.raw("</pre>");
  }

  private void difference(Html h, Grade.Differs d) {
    Grade.Difference first = d.first();
    h.raw("<div class=\"first\"><p>");
    h.text(GradeText.firstStep(first, locale));
    h.raw("</p><p>");
    h.text(GradeText.saidAndDid(first, locale));
    h.raw("</p>");
    d.model()
        .ifPresent(m -> {
          h.element("p", "", Messages.get(locale, "grade.model", m.statement().in(locale)));
          h.element("p", "", m.feedback().in(locale));
        });
    h.raw("</div>");
  }

  private void answers(Html h, Gradable.Compared c) {
    h.raw("<table><thead><tr>");
    for (String key : List.of("question", "said", "did", "points")) {
      h.element("th", "", text("feedback." + key));
    }
    h.raw("</tr></thead><tbody>");
    for (AnswerKey.Part part : c.key().parts()) {
      Question q = part.question();
      Grade.Mark mark =
          c.grade().marks().stream().filter(m -> m.question().equals(q)).findFirst().orElseThrow();
      h.raw("<tr class=\"" + (mark.earned() >= mark.points() ? "right" : "wrong") + "\">");
      h.element("th", "", q.key());
      Answer said = c.prediction().answers().get(q.key());
      h.element("td", "", said == null ? unanswered(c, q) : shown(q, said));
      h.element("td", "", shown(q, right(part, said)));
      h.element(
          "td",
          "points",
          GradeText.number(mark.earned())
              + "/"
              + GradeText.number(mark.points())
              + (mark instanceof Grade.Unfounded ? " " + text("feedback.unfounded") : ""));
      h.raw("</tr>");
    }
    h.raw("</tbody></table>");
  }

  /** What stands where an answer would: why it could not be read, or that there is none. */
  private String unanswered(Gradable.Compared c, Question q) {
    return c.prediction().problems().stream()
        .filter(p -> p.key().equals(q.key()))
        .map(p -> p.text(locale))
        .reduce((first, next) -> first + "\n" + next)
        .orElse(text("feedback.nothing"));
  }

  /** Of several right answers the one the student gave, else the first. */
  private static Answer right(AnswerKey.Part part, @org.jspecify.annotations.Nullable Answer said) {
    return part.accepted().stream()
        .map(AnswerKey.Accepted::answer)
        .filter(a -> a.equals(said))
        .findFirst()
        .orElseGet(() -> part.accepted().getFirst().answer());
  }

  private String shown(Question q, Answer answer) {
    return switch (answer) {
      case Answer.Sequence(List<String> parts) when !parts.isEmpty() -> String.join("\n", parts);
      case Answer.Because(String id) when q instanceof Question.Why(List<Reason> reasons) ->
          reasons.stream()
              .filter(r -> r.id().equals(id))
              .map(r -> r.statement(locale))
              .findFirst()
              .orElse(id);
      case Answer.Possible _,
          Answer.Whether _,
          Answer.Line _,
          Answer.Sequence _,
          Answer.Because _ ->
          answer.show();
    };
  }

  private String figure(AnswerKey key) {
    return figure(key.evidence().runs().getFirst().trace());
  }

  private String figure(Trace trace) {
    return "<div class=\"figure\">" + Figure.of(Figures.telling(trace), locale).html() + "</div>";
  }

  private String text(String key) {
    return Messages.get(locale, key);
  }
}
