package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import paniclab.model.signal.SignalPath;
import paniclab.model.trace.Event;

/** Diagrams as text: for terminals, screen readers and diffs; the same facts as the picture. */
public final class PlainText {
  private PlainText() {}

  /** The text of a diagram; every line ends in a newline. */
  public static String render(Diagram diagram, Locale locale) {
    Words w = Words.of(locale);
    return switch (diagram) {
      case CrashAnatomy d -> anatomy(d, w);
      case Lanes d -> lanes(d, w);
      case CBoundary d -> CLayouts.plain(d, w);
      case CHeapMap d -> CLayouts.plain(d, w);
      case Lifetimes d -> CLayouts.plain(d, w);
      case LoaderFlow d -> CLayouts.plain(d, w);
      case DeferStack d -> defers(d, w);
      case RecoverReach d -> reach(d, w);
      case SignalFlow d -> signals(d, w);
      case SchedulerState d -> SchedulerStateText.render(d, w);
      case WaitGraph d -> WaitGraphText.render(d, w);
      case StackDepth d -> StackTexts.depth(d, w);
      case StackGrowth d -> StackTexts.growth(d, w);
      case VariableFlow d -> StackTexts.variable(d, w);
      case ScheduleTree d -> tree(d, w);
    };
  }

  private static String lanes(Lanes d, Words w) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(
        List.of(w.get("table.no"), w.get("table.who"), w.get("table.where"), w.get("table.what")));
    int n = 0;
    for (Event e : d.marks()) {
      rows.add(
          List.of(
              String.valueOf(++n),
              String.valueOf(e.at().goroutine()),
              Words.place(e.at()),
              w.say(e)));
    }
    for (Lanes.Lane lane : d.lanes()) {
      if (lane.end() != Lanes.End.OVER) {
        String reason = lane.blocked().map(b -> b.reason().text()).orElse("");
        rows.add(
            List.of(
                "",
                String.valueOf(lane.goroutine()),
                "",
                w.get("lanes.end." + lane.end(), reason)));
      }
    }
    return w.get("lanes.title") + "\n" + table(rows) + note(w, d.folded());
  }

  static String table(List<List<String>> rows) {
    int last = rows.getFirst().size() - 1;
    int[] width = new int[last + 1];
    for (List<String> row : rows) {
      for (int i = 0; i < last; i++) {
        width[i] = Math.max(width[i], Texts.columns(row.get(i)));
      }
    }
    StringBuilder b = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < last; i++) {
        line.append(Texts.pad(row.get(i), width[i] + 2));
      }
      b.append(line.append(row.get(last)).toString().stripTrailing()).append('\n');
    }
    return b.toString();
  }

  private static String defers(DeferStack d, Words w) {
    StringBuilder b = new StringBuilder(w.get("defer.title")).append('\n');
    if (d.peaks().isEmpty()) {
      b.append(w.get("defer.none")).append('\n');
    }
    for (DeferStack.Peak p : d.peaks()) {
      b.append(DeferStackLayout.head(p, d.isCut(), w)).append('\n');
      List<List<String>> rows = new ArrayList<>();
      for (int i = 0; i < p.entries().size(); i++) {
        DeferStack.Entry e = p.entries().get(i);
        if (p.hidden() > 0 && i == p.gap()) {
          rows.add(List.of("  " + w.get("defer.hidden", p.hidden()), "", ""));
        }
        rows.add(
            List.of(
                "  defer " + Texts.clean(e.function()),
                Words.place(e.pushed()),
                String.join(w.get("alt.join"), DeferStackLayout.fate(e, d.isCut(), w))));
      }
      b.append(rows.isEmpty() ? "" : table(rows));
    }
    return b.append(note(w, d.folded())).toString();
  }

  private static String reach(RecoverReach d, Words w) {
    StringBuilder b = new StringBuilder(w.get("reach.title")).append('\n');
    if (d.deaths().isEmpty()) {
      b.append(w.get("reach.none")).append('\n');
    }
    for (RecoverReach.Death x : d.deaths()) {
      b.append(w.get("reach.death." + x.kind(), w.goroutine(x.goroutine()), x.text()))
          .append("  ")
          .append(Words.place(x.at()))
          .append("  ")
          .append(w.get("reach.fate." + x.fate()))
          .append('\n');
      if (x.calls().isEmpty()) {
        b.append("  ").append(w.get("reach.nobody")).append('\n');
      }
      List<List<String>> rows = new ArrayList<>();
      for (RecoverReach.Call c : x.calls()) {
        rows.add(
            List.of(
                "  " + w.goroutine(c.goroutine()) + "  defer " + Texts.clean(c.function()),
                Words.place(c.pushed()),
                RecoverReachLayout.verdict(c, w)));
      }
      b.append(rows.isEmpty() ? "" : table(rows));
    }
    return b.append(note(w, d.folded())).toString();
  }

  private static String signals(SignalFlow d, Words w) {
    StringBuilder b = new StringBuilder(w.get("signals.title")).append('\n');
    if (d.ways().isEmpty()) {
      b.append(w.get("signals.none")).append('\n');
    }
    for (SignalFlow.Way way : d.ways().stream().limit(SignalFlow.MAX_LISTED).toList()) {
      b.append(way.at().map(Words::place).filter(p -> !p.isEmpty()).map(p -> p + "  ").orElse(""))
          .append(SignalFlowLayout.say(way, w))
          .append('\n');
      for (SignalPath.Step s : way.steps()) {
        String why =
            s.because() == SignalPath.Because.ALWAYS
                ? ""
                : "  " + w.get("signal.because." + s.because());
        b.append("  ").append(SignalFlowLayout.name(s.node(), w)).append(why).append('\n');
      }
    }
    int more = d.ways().size() - SignalFlow.MAX_LISTED;
    return b.append(more > 0 ? w.get("folded.events", more) + "\n" : "").toString();
  }

  private static String tree(ScheduleTree d, Words w) {
    StringBuilder b = new StringBuilder(w.get("tree.title")).append('\n');
    ScheduleTreeLayout layout = new ScheduleTreeLayout(d, w);
    layout.root().forEach(l -> b.append(l).append('\n'));
    for (var leaf : d.leaves()) {
      List<String> lines = layout.leaf(leaf);
      for (int i = 0; i < lines.size(); i++) {
        b.append(i == 0 ? "  " : "      ").append(lines.get(i)).append('\n');
      }
    }
    return b.append(note(w, d.folded())).toString();
  }

  private static String anatomy(CrashAnatomy d, Words w) {
    StringBuilder b = new StringBuilder(w.get("anatomy.title")).append('\n');
    for (CrashAnatomy.Part p : d.parts()) {
      p.text().forEach(l -> b.append("  | ").append(Texts.clean(l)).append('\n'));
      b.append(CrashAnatomyLayout.says(p, w)).append('\n');
    }
    return b.toString();
  }

  private static String note(Words w, Folded f) {
    return f.nothing() ? "" : w.folded(f) + "\n";
  }
}
