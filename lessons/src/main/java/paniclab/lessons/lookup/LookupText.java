package paniclab.lessons.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import paniclab.lessons.Language;
import paniclab.lessons.explain.Advice;
import paniclab.lessons.lookup.LookupTable.Row;
import paniclab.model.outcome.Outcome.Family;

/** The look-up table in words: as Markdown, as HTML with a filter, and as plain text. */
public final class LookupText {
  private static final List<String> COLUMNS =
      List.of("name", "family", "first", "exit", "defers", "recover", "do");

  /** The groups, in the order of the table. */
  public static final List<String> GROUPS = List.of("end", "panic", "fatal", "throw", "signal");

  private LookupText() {}

  /** A row in words, in the order of the columns. Text between backticks is code. */
  static List<String> cells(Row r, Language language) {
    Advice w = Advice.of(language);
    String where = String.join(", ", r.where().stream().map(f -> "`" + f + "`").toList());
    return List.of(
        r.name().in(language) + " (`" + r.program() + "`)",
        w.get("lookup.family." + r.family().word()),
        r.firstLine().isEmpty() ? "–" : "`" + r.firstLine().replace('`', '\'') + "`",
        r.lives()
            ? w.get("lookup.lives")
            : r.exit().map(String::valueOf).orElse(w.get("lookup.running")),
        w.get(r.deferred() ? r.other() ? "lookup.defers.child" : "lookup.yes" : "lookup.no"),
        recover(r, w, where),
        w.has("lookup.do." + r.program())
            ? w.get("lookup.do." + r.program())
            : r.crash().map(w::toDo).orElse(""));
  }

  private static String recover(Row r, Advice w, String where) {
    if (r.family() == Family.NONE) {
      return "–";
    }
    if (r.before()) {
      return w.get("lookup.recover.before");
    }
    if (!r.recover()) {
      return w.get("lookup.no");
    }
    if (where.isEmpty()) {
      return w.get("lookup.yes");
    }
    return w.get(r.other() ? "lookup.recover.child" : "lookup.recover", where);
  }

  private static List<String> heads(Language language) {
    Advice w = Advice.of(language);
    return COLUMNS.stream().map(c -> w.get("lookup.column." + c)).toList();
  }

  /** Everything a row says, in both languages and small letters, for filters. */
  static String all(Row r) {
    List<String> all = new ArrayList<>(cells(r, Language.EN));
    all.addAll(cells(r, Language.ZH_CN));
    all.add(r.group());
    return String.join(" ", all).toLowerCase(Locale.ROOT);
  }

  /** A table of Markdown. */
  public static String markdown(LookupTable table, Language language) {
    StringBuilder b = new StringBuilder();
    b.append("| ").append(String.join(" | ", heads(language))).append(" |\n");
    b.append("|").append(" --- |".repeat(COLUMNS.size())).append('\n');
    for (Row r : table.rows()) {
      b.append("| ")
          .append(
              String.join(
                  " | ", cells(r, language).stream().map(c -> c.replace("|", "\\|")).toList()))
          .append(" |\n");
    }
    return b.toString();
  }

  /** The page of the documentation. */
  public static String page(LookupTable table, Language language) {
    Advice w = Advice.of(language);
    StringBuilder b = new StringBuilder();
    b.append("# ").append(w.get("lookup.title")).append("\n\n");
    b.append(w.get("lookup.page", LookupMeasured.version())).append("\n");
    for (String g : GROUPS) {
      b.append("\n## ").append(w.get("lookup.group." + g)).append("\n\n");
      b.append(w.get("lookup.about." + g)).append("\n\n");
      b.append(markdown(table.group(g), language));
    }
    return b.toString();
  }

  /** As text, a row in a few lines. */
  public static String text(LookupTable table, Language language) {
    List<String> heads = heads(language);
    StringBuilder b = new StringBuilder();
    for (Row r : table.rows()) {
      List<String> cells = cells(r, language);
      b.append(cells.getFirst().replace("`", "")).append('\n');
      for (int i = 1; i < cells.size(); i++) {
        b.append("    ")
            .append(heads.get(i))
            .append(": ")
            .append(cells.get(i).replace("`", ""))
            .append('\n');
      }
    }
    if (table.rows().isEmpty()) {
      b.append(Advice.of(language).get("lookup.nothing")).append('\n');
    }
    return b.toString();
  }

  /**
   * As HTML: a field that filters while one types, where scripts may run; without them the whole
   * table.
   *
   * @param id unique in the page; letters and digits
   */
  public static String html(LookupTable table, Language language, String id) {
    Advice w = Advice.of(language);
    StringBuilder b = new StringBuilder();
    b.append("<div id=\"").append(id).append("\" lang=\"").append(language.tag()).append("\">");
    b.append("<p hidden><label>")
        .append(html(w.get("lookup.filter")))
        .append(" <input type=\"search\" size=\"30\"></label> <small></small></p>");
    b.append("<div style=\"overflow-x:auto\"><table style=\"text-align:left\"><thead><tr>");
    heads(language)
        .forEach(h -> b.append("<th style=\"text-align:left\">").append(html(h)).append("</th>"));
    b.append("</tr></thead><tbody>");
    for (Row r : table.rows()) {
      b.append("<tr data-all=\"").append(html(all(r))).append("\">");
      for (String c : cells(r, language)) {
        b.append("<td style=\"text-align:left;vertical-align:top;white-space:normal\">")
            .append(spans(c))
            .append("</td>");
      }
      b.append("</tr>");
    }
    if (table.rows().isEmpty()) {
      b.append("<tr><td>").append(html(w.get("lookup.nothing"))).append("</td></tr>");
    }
    b.append("</tbody></table></div>");
    return b.append(script(id)).append("</div>").toString();
  }

  private static String script(String id) {
    return """
    <script>(() => {
    const box = document.getElementById("%s");
    if (!box) return;
    const input = box.querySelector("input"), count = box.querySelector("small");
    const rows = [...box.querySelectorAll("tbody tr[data-all]")];
    const filter = () => {
      const words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
      let n = 0;
      for (const r of rows) {
        const hit = words.every(w => r.dataset.all.includes(w));
        r.style.display = hit ? "" : "none";
        n += hit;
      }
      count.textContent = n + " / " + rows.length;
    };
    input.addEventListener("input", filter);
    input.addEventListener("keydown", e => e.stopPropagation());
    box.querySelector("p").hidden = false;
    filter();
    })();</script>\
    """
        .formatted(id);
  }

  private static String spans(String text) {
    StringBuilder b = new StringBuilder();
    boolean code = false;
    for (String part : text.split("`", -1)) {
      b.append(code ? "<code>" + html(part) + "</code>" : html(part));
      code = !code;
    }
    return b.toString();
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
