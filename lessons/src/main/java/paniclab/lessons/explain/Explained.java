package paniclab.lessons.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import paniclab.lessons.Language;
import paniclab.model.crash.Crash;
import paniclab.model.crash.Crash.TracedFrame;
import paniclab.model.crash.Crash.TracedGoroutine;
import paniclab.model.crash.Crash.WaitGroup;
import paniclab.model.crash.CrashKind;
import paniclab.model.crash.Explanation;
import paniclab.model.crash.Explanation.Recoverable;
import paniclab.model.outcome.Outcome.Family;

/**
 * A crash explained in a language.
 *
 * @param input the name of what was read
 * @param title the first line of the crash
 * @param rows what is said, in order; the text may hold spans of code between backticks
 */
public record Explained(String input, String title, List<Row> rows) {
  public Explained {
    rows = List.copyOf(rows);
  }

  /** The most groups of goroutines that are told one by one. */
  static final int GROUPS = 8;

  /** From so many goroutines at one place on, it is called a leak. */
  static final int LEAK = 10;

  /** The most functions that are named. */
  private static final int FUNCTIONS = 8;

  private static final List<String> LOCKS =
      List.of("sync.Mutex.Lock", "sync.RWMutex.Lock", "sync.RWMutex.RLock", "semacquire");

  /**
   * One thing that is said.
   *
   * @param key what it is about, for machines
   * @param label what it is about, for people
   */
  public record Row(String key, String label, List<String> texts) {
    public Row {
      texts = List.copyOf(texts);
    }
  }

  /** Explains a crash. */
  public static Explained of(Crash crash, String input, Language language) {
    return new Maker(Explanation.of(crash), ExplainWords.of(language)).make(input);
  }

  /** The words of one explanation. */
  private record Maker(Explanation e, ExplainWords w) {
    Explained make(String input) {
      List<Row> rows = new ArrayList<>();
      row(rows, "what", List.of(family(), w.plain("kind." + e.kind().name())));
      row(rows, "chain", chain());
      row(rows, "where", where());
      row(rows, "recover", List.of(recover()));
      row(rows, "defers", List.of(defers()));
      row(rows, "exit", List.of(exit()));
      row(rows, "others", others());
      row(rows, "next", next());
      row(rows, "lesson", List.of(lesson()));
      row(rows, "read", read());
      Crash.Lines l = e.crash().lines();
      String at =
          l.first() == l.last()
              ? w.get("lines", input, l.first())
              : w.get("lines.more", input, l.first(), l.last());
      return new Explained(at, e.crash().firstLine(), rows);
    }

    private void row(List<Row> rows, String key, List<String> texts) {
      if (!texts.isEmpty()) {
        rows.add(new Row(key, w.plain("label." + key), texts));
      }
    }

    private Crash crash() {
      return e.crash();
    }

    private String family() {
      List<Crash.PanicEntry> chain = crash().cause().chain();
      if (e.recoverable() == Recoverable.WAS_RECOVERED
          && crash().cause() instanceof Crash.Panicked) {
        boolean same =
            chain.getLast().mark() != Crash.Mark.NONE
                || chain.size() > 1
                    && chain.getLast().value().equals(chain.get(chain.size() - 2).value());
        return w.plain(same ? "family.again" : "family.followed");
      }
      if (crash().cause() instanceof Crash.Served) {
        return w.plain("family.served");
      }
      return w.plain("family." + crash().family().word());
    }

    private List<String> chain() {
      List<Crash.PanicEntry> chain = crash().cause().chain();
      boolean fatal = crash().family() != Family.PANIC;
      if (chain.isEmpty() || chain.size() == 1 && !fatal) {
        return List.of();
      }
      List<String> said = new ArrayList<>();
      for (int i = 0; i < chain.size(); i++) {
        Crash.PanicEntry p = chain.get(i);
        boolean last = i == chain.size() - 1 && !fatal;
        String key =
            switch (p.mark()) {
              case RECOVERED -> "chain.recovered";
              case REPANICKED -> "chain.repanicked";
              case NONE -> last ? "chain.entry" : "chain.open";
            };
        said.add(w.get(key, code(p.value().lines().findFirst().orElse(""))));
      }
      return said;
    }

    private List<String> where() {
      Optional<TracedGoroutine> died = crash().first();
      if (died.isEmpty()) {
        return List.of(w.plain("where.none"));
      }
      TracedGoroutine g = died.get();
      List<String> said = new ArrayList<>();
      Optional<TracedFrame> f = e.where();
      if (e.kind() == CrashKind.DEADLOCK && f.isPresent()) {
        said.add(
            w.get(
                "where.deadlock",
                g.id(),
                g.state(),
                code(f.get().function()),
                code(f.get().place())));
      } else if (crash().cause() instanceof Crash.Signalled s && !s.inC() && f.isEmpty()) {
        said.add(w.get("where.signal", g.id(), g.state()));
      } else if (f.isPresent() && g.id() == 0) {
        said.add(
            w.get(
                "where.unnamed", code(f.get().function()), code(f.get().place()), f.get().line()));
      } else if (f.isPresent()) {
        said.add(
            w.get(
                "where.frame",
                g.id(),
                g.state(),
                code(f.get().function()),
                code(f.get().place()),
                f.get().line()));
      } else {
        said.add(w.get("where.noframe", g.id(), g.state()));
      }
      if (crash().cause() instanceof Crash.Signalled s && s.inC()) {
        said.add(
            e.calledC().isPresent() && f.isPresent()
                ? w.get(
                    "where.c",
                    code(e.calledC().get()),
                    code(f.get().function()),
                    code(f.get().place()))
                : w.plain("where.c.unknown"));
      }
      if (e.kind() != CrashKind.DEADLOCK) {
        g.createdBy()
            .ifPresent(c -> said.add(w.get("where.created", code(c.function()), code(c.place()))));
      }
      return said;
    }

    private String recover() {
      String special = "recover." + e.kind().name();
      if (w.has(special)) {
        return w.plain(special);
      }
      if (e.recoverable() == Recoverable.NO) {
        return w.plain("recover." + crash().family().word());
      }
      List<String> names =
          e.reach().stream()
              .limit(FUNCTIONS)
              .map(f -> code(f.function()) + " (" + code(f.place()) + ")")
              .toList();
      String in = w.list(names) + (e.reach().size() > FUNCTIONS ? ", …" : "");
      boolean traced = !crash().first().map(TracedGoroutine::frames).orElse(List.of()).isEmpty();
      if (crash().cause() instanceof Crash.Served) {
        return names.isEmpty() ? w.plain("recover.served.unknown") : w.get("recover.served", in);
      }
      if (e.recoverable() == Recoverable.WAS_RECOVERED) {
        return names.isEmpty() ? w.plain("recover.was.unknown") : w.get("recover.was", in);
      }
      if (names.isEmpty()) {
        boolean init =
            crash().first().stream()
                .flatMap(g -> g.frames().stream())
                .anyMatch(f -> f.function().endsWith(".init"));
        return w.plain(
            !traced ? "recover.yes.unknown" : init ? "recover.yes.init" : "recover.yes.nowhere");
      }
      return crash().first().flatMap(TracedGoroutine::createdBy).isEmpty()
          ? w.get("recover.yes.main", in)
          : w.get("recover.yes", in, w.plain("recover.other"));
    }

    private String defers() {
      String special = "defers." + e.kind().name();
      if (w.has(special)) {
        return w.plain(special);
      }
      if (crash().cause() instanceof Crash.Served) {
        return w.plain("defers.served");
      }
      return w.plain(e.defersRan() ? "defers.panic" : "defers.no");
    }

    private String exit() {
      if (e.exit().isEmpty()) {
        return w.plain("exit.none");
      }
      int status = e.exit().getAsInt();
      if (crash().threadDumps() > 0) {
        return w.get("exit.crash", status);
      }
      if (e.exitSaid()) {
        return w.get("exit.said", status);
      }
      return crash().exit().isPresent()
          ? w.get("exit.run", status, crash().exit().get().text())
          : w.get("exit.go", status);
    }

    private List<String> others() {
      if (crash().first().isEmpty()) {
        return List.of();
      }
      long died = e.kind() == CrashKind.DEADLOCK ? 0 : crash().goroutines().getFirst().id();
      List<WaitGroup> groups =
          e.waiting().stream().filter(g -> g.count() > 1 || !g.ids().contains(died)).toList();
      if (groups.isEmpty()) {
        return List.of(w.plain(crash().goroutineCount() == 1 ? "others.single" : "others.none"));
      }
      List<String> said = new ArrayList<>();
      for (WaitGroup g : groups.subList(0, Math.min(GROUPS, groups.size()))) {
        said.add(group(g));
      }
      if (groups.size() > GROUPS) {
        said.add(w.get("others.more", groups.size() - GROUPS));
      }
      if (groups.stream().anyMatch(g -> g.count() >= LEAK && !g.state().startsWith("runn"))) {
        said.add(w.get("others.leak", LEAK - 1));
      }
      if (groups.stream().anyMatch(g -> LOCKS.contains(g.state()))) {
        said.add(w.plain(crash().goroutineCount() == 1 ? "others.self" : "others.lock"));
      }
      return said;
    }

    private String group(WaitGroup g) {
      String at =
          g.place().map(f -> w.get("others.at", code(f.function()), code(f.place()))).orElse("");
      String by =
          g.createdBy()
              .map(c -> w.get("others.by", code(c.function()), code(c.place())))
              .orElse("");
      String wait = g.minutes() > 0 ? w.get("others.long", g.minutes()) : "";
      return w.get("others.group", g.count(), g.state(), at, by, wait);
    }

    private List<String> next() {
      List<String> said = new ArrayList<>();
      said.add(w.plain("do." + e.kind().name()));
      // A deadlock's report has all goroutines at every level but none.
      boolean one =
          crash().goroutineCount() <= 1
              && crash().family() != Family.THROW
              && !(e.kind() == CrashKind.DEADLOCK && crash().goroutineCount() == 1);
      if (one && crash().family() != Family.SIGNAL && !(crash().cause() instanceof Crash.Served)) {
        said.add(w.get("next.all", "`GOTRACEBACK=all ./program 2> crash.txt`"));
      }
      return said;
    }

    private String lesson() {
      LessonLinks.Link l = LessonLinks.of(e.kind().claims(), w.language());
      String name =
          l.lesson().startsWith("ch")
              ? w.get("lesson.chapter", l.lesson().substring(2))
              : w.plain("lesson.lookup");
      String title = l.title().isEmpty() ? name : w.get("lesson.link", name, l.title());
      return title + " (" + code(l.id()) + ")";
    }

    private List<String> read() {
      List<String> said = new ArrayList<>();
      if (crash().notUnderstoodCount() > 0) {
        said.add(w.get("read.lines", crash().notUnderstoodCount()));
      }
      if (crash().goroutineCount() > crash().goroutines().size()) {
        said.add(w.get("read.grouped", crash().goroutineCount(), crash().goroutines().size()));
      }
      if (crash().cut()) {
        said.add(w.plain("read.cut"));
      }
      return said;
    }

    private static String code(String text) {
      return text.isEmpty() ? "" : "`" + text.replace('`', '\'') + "`";
    }
  }

  /** As text for a terminal. */
  public String text() {
    StringBuilder b = new StringBuilder();
    b.append(title).append('\n').append("  ").append(input).append('\n');
    for (Row r : rows) {
      b.append('\n').append(r.label()).append('\n');
      for (String t : r.texts()) {
        b.append("  ").append(t.replace("`", "")).append('\n');
      }
    }
    return b.toString();
  }

  /** As HTML that needs no style sheet and no script. */
  public String html() {
    StringBuilder b = new StringBuilder();
    b.append("<div class=\"paniclab-explain\"><p style=\"margin:0.3em 0\"><code><b>")
        .append(html(title))
        .append("</b></code><br><small>")
        .append(html(input))
        .append("</small></p><table style=\"border-collapse:collapse;text-align:left\">");
    for (Row r : rows) {
      b.append("<tr><th style=\"text-align:left;vertical-align:top;white-space:nowrap;")
          .append("padding:0.25em 1em 0.25em 0\">")
          .append(html(r.label()))
          .append("</th><td style=\"text-align:left;padding:0.25em 0;white-space:normal\">")
          .append(String.join("<br>", r.texts().stream().map(Explained::spans).toList()))
          .append("</td></tr>");
    }
    return b.append("</table></div>").toString();
  }

  /** Text with its code spans. */
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
