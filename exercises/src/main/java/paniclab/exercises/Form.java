package paniclab.exercises;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The HTML form of an item. It only writes the lines of a prediction: into the cell it stands under
 * where the page lets it, and always into a box to copy from. Where scripts are stripped the form
 * is of no use and the lines are typed by hand.
 */
public final class Form {
  private static final String SCRIPT = "form.js";

  private Form() {}

  /** The form, with the lines filled in that the cell has already. */
  public static String html(
      PredictionItem item, List<Question> questions, Prediction now, Locale locale) {
    StringBuilder b = new StringBuilder();
    // Ids of HTML are not needed: the script finds its form as the one before it.
    b.append("<form class=\"paniclab-predict\" data-item=\"")
        .append(escape(item.id()))
        .append("\" onsubmit=\"return false\">");
    b.append("<p><strong>").append(text(locale, "form.title")).append("</strong> ");
    b.append("<code>").append(escape(item.id())).append("</code></p>");
    for (Question q : questions) {
      fieldset(b, q, now.answers().get(q.key()), locale);
    }
    b.append("<p><button type=\"button\">").append(text(locale, "form.apply")).append("</button> ");
    b.append("<span role=\"status\" hidden>").append(text(locale, "form.applied"));
    b.append("</span></p><p>").append(text(locale, "form.copy")).append("</p>");
    b.append("<textarea readonly rows=\"").append(questions.size() + 2).append("\" cols=\"60\">");
    b.append(escape(Prediction.write(item.id(), now.answers(), questions)));
    b.append("</textarea><p><small>").append(text(locale, "form.bypass")).append("</small></p>");
    return b.append("</form><script>").append(script()).append("</script>").toString();
  }

  private static void fieldset(StringBuilder b, Question q, @Nullable Answer said, Locale locale) {
    String now = shown(said);
    b.append("<fieldset data-key=\"").append(q.key()).append("\" data-kind=\"");
    b.append(kind(q)).append("\"><legend>").append(text(locale, "ask." + q.key()));
    b.append("</legend>");
    switch (q) {
      case Question.Outcome() ->
          choices(b, "checkbox", q.key(), Words.canonical(Words.OUTCOMES), now);
      case Question.Recovered() ->
          choices(b, "radio", q.key(), Words.canonical(Words.WHETHER), now);
      case Question.Schedules() ->
          choices(b, "radio", q.key(), Words.canonical(Words.SCHEDULES), now);
      case Question.Why(List<Reason> reasons) -> reasons(b, reasons, now, locale);
      case Question.Defers(List<DeferSite> sites) -> {
        sites.forEach(s ->
            b.append("<div><code>" + s.label() + "</code> ")
                .append(escape(Messages.get(locale, "form.line", String.valueOf(s.line()))))
                .append(" <code>" + escape(s.text()) + "</code></div>"));
        input(b, now);
      }
      case Question.Prints() -> {
        // A line feed right behind the tag is not part of the text.
        b.append("<textarea rows=\"4\" cols=\"60\">\n").append(escape(lines(said)));
        b.append("</textarea>").append(nothing(said, locale));
      }
      case Question.Stderr() -> {
        input(b, said instanceof Answer.Line(String line) ? line : "");
        b.append(nothing(said, locale));
      }
      case Question.Exit() -> input(b, now);
    }
    b.append("</fieldset>");
  }

  private static String kind(Question q) {
    return switch (q) {
      case Question.Prints() -> "lines";
      case Question.Stderr() -> "text";
      case Question.Outcome(),
          Question.Recovered(),
          Question.Defers _,
          Question.Exit(),
          Question.Schedules(),
          Question.Why _ ->
          "words";
    };
  }

  private static String nothing(@Nullable Answer said, Locale locale) {
    return " <label><input type=\"checkbox\" data-none"
        + (said != null && said.show().equals(Words.NONE) ? " checked" : "")
        + "> "
        + text(locale, "form.none")
        + "</label>";
  }

  private static String lines(@Nullable Answer said) {
    return said instanceof Answer.Sequence(List<String> parts) ? String.join("\n", parts) : "";
  }

  private static void input(StringBuilder b, String now) {
    b.append("<input type=\"text\" size=\"60\" value=\"").append(escape(now)).append("\">");
  }

  private static void choices(
      StringBuilder b, String type, String name, List<String> words, String now) {
    List<String> chosen = List.of(now.split(", "));
    for (String w : words) {
      b.append("<label><input type=\"").append(type).append("\" name=\"").append(name);
      b.append("\" value=\"").append(w).append(chosen.contains(w) ? "\" checked> " : "\"> ");
      b.append(w).append("</label> ");
    }
  }

  private static void reasons(StringBuilder b, List<Reason> reasons, String now, Locale locale) {
    for (Reason r : reasons) {
      b.append("<div><label><input type=\"radio\" name=\"why\" value=\"").append(r.id());
      b.append(r.id().equals(now) ? "\" checked> " : "\"> ");
      b.append(escape(r.statement(locale))).append("</label></div>");
    }
  }

  private static String shown(@Nullable Answer said) {
    return switch (said) {
      case null -> "";
      case Answer.Sequence(List<String> parts) when !parts.isEmpty() -> String.join(", ", parts);
      default -> said.show();
    };
  }

  private static String text(Locale locale, String key) {
    return escape(Messages.get(locale, key));
  }

  private static String escape(String s) {
    return s.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String script() {
    try (InputStream in = Form.class.getResourceAsStream(SCRIPT)) {
      if (in == null) {
        throw new IllegalStateException(SCRIPT + " is missing in the exercises module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
