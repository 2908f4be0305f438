package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import paniclab.model.stack.Growth;
import paniclab.model.stack.VariableHome;

/** Stacks in words: as text, and as one sentence for those who do not see the picture. */
final class StackTexts {
  private StackTexts() {}

  static String growth(StackGrowth d, Words w) {
    StringBuilder b = new StringBuilder(w.get("stack.title")).append('\n');
    if (d.copies().isEmpty()) {
      b.append(w.get("stack.none")).append('\n');
    }
    for (int i = 0; i < d.copies().size(); i++) {
      if (d.hidden() > 0 && i == d.gap()) {
        b.append("  ").append(w.get("stack.hidden", d.hidden())).append('\n');
      }
      Growth g = d.copies().get(i);
      lines(b, g, w, true);
      lines(b, g, w, false);
    }
    return end(b, d.overflow(), d.last(), d.exact(), w);
  }

  private static void lines(StringBuilder b, Growth g, Words w, boolean before) {
    b.append(before ? "  " : "    -> ");
    b.append(String.join("  ", StackLayouts.head(g, w, before))).append('\n');
    for (Growth.Moved v : g.variables()) {
      b.append("       ").append(StackLayouts.variable(g, v, w, before)).append('\n');
    }
  }

  static String depth(StackDepth d, Words w) {
    StringBuilder b = new StringBuilder(w.get("depth.title")).append('\n');
    for (StackDepth.Level l : d.levels()) {
      b.append("  ").append(Texts.pad(Words.bytes(l.size()), 10));
      b.append(StackLayouts.level(d, l, w)).append('\n');
    }
    return end(b, d.overflow(), d.levels().getLast().size(), d.exact(), w);
  }

  private static String end(StringBuilder b, boolean overflow, long last, boolean exact, Words w) {
    if (overflow) {
      b.append("  ").append(String.join("  ", StackLayouts.overflow(last, w))).append('\n');
    }
    if (!exact) {
      b.append(w.get("stack.estimated")).append('\n');
    }
    return b.toString();
  }

  static String variable(VariableFlow d, Words w) {
    StringBuilder b = new StringBuilder(StackLayouts.variableTitle(d, w)).append('\n');
    for (VariableHome.Answer a : d.decision().way()) {
      b.append("  ")
          .append(StackLayouts.question(a.question(), d.decision().kind(), w))
          .append("  ")
          .append(w.get(a.yes() ? "variable.yes" : "variable.no"))
          .append('\n');
    }
    b.append("  -> ").append(String.join("  ", StackLayouts.home(d.decision().home(), w)));
    return b.append('\n').toString();
  }

  static String altGrowth(StackGrowth d, Words w) {
    if (d.copies().isEmpty()) {
      return w.get("stack.none") + w.get("alt.stop");
    }
    List<String> parts = new ArrayList<>();
    int copies = d.copies().size() + d.hidden();
    parts.add(
        w.get(
            copies == 1 ? "stack.alt.1" : "stack.alt",
            copies,
            Words.bytes(d.copies().getFirst().from()),
            Words.bytes(d.last())));
    long pointers =
        d.copies().stream()
            .flatMap(g -> g.variables().stream())
            .filter(v -> v.pointer() && v.valueBefore() != v.valueAfter())
            .count();
    if (pointers > 0) {
      parts.add(w.get(pointers == 1 ? "stack.alt.adjusted.1" : "stack.alt.adjusted", pointers));
    }
    if (d.overflow()) {
      parts.add(w.get("stack.alt.overflow"));
    }
    return String.join(w.get("alt.join"), parts) + w.get("alt.stop");
  }

  static String altDepth(StackDepth d, Words w) {
    List<String> parts = new ArrayList<>();
    StackDepth.Level last = d.levels().getLast();
    parts.add(w.get("depth.alt", d.levels().size(), Words.bytes(last.size())));
    if (d.levels().size() > 1) {
      StackDepth.Level full = d.levels().get(d.levels().size() - 2);
      parts.add(
          w.get("depth.alt.full", Words.bytes(full.size()), StackLayouts.count(full.depth())));
    }
    if (d.overflow()) {
      parts.add(w.get("stack.alt.overflow"));
    }
    return String.join(w.get("alt.join"), parts) + w.get("alt.stop");
  }

  static String altVariable(VariableFlow d, Words w) {
    return w.get(
            "variable.alt",
            StackLayouts.variableTitle(d, w),
            w.get("variable.home." + d.decision().home()))
        + w.get("alt.stop");
  }
}
