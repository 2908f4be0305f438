package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import paniclab.diagrams.DeferStack.Entry;
import paniclab.diagrams.DeferStack.Peak;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Stroke;

/** One tower for each peak: what emptied it on top, the last pushed call below, and so on down. */
final class DeferStackLayout {
  private static final double GAP = 40;
  private static final double AIR = 18;

  private final DeferStack d;
  private final Words w;
  private final Layout out;

  DeferStackLayout(DeferStack d, Words w) {
    this.d = d;
    this.w = w;
    this.out = Layout.titled(w.get("defer.title"));
  }

  Scene scene() {
    double left = 0;
    double bottom = 0;
    for (Peak p : d.peaks()) {
      double wide = width(p);
      bottom = Math.max(bottom, tower(p, left + wide / 2, wide));
      left += wide + GAP;
    }
    out.note(0, bottom + 10, d.peaks().isEmpty() ? w.get("defer.none") : w.folded(d.folded()));
    return out.scene();
  }

  private double width(Peak p) {
    List<String> texts = new ArrayList<>(head(p));
    p.entries().forEach(e -> texts.addAll(text(e)));
    return Layout.width(texts, 150);
  }

  /** Its lower edge. */
  private double tower(Peak p, double x, double wide) {
    Look look =
        switch (p.trigger()) {
          case PANIC -> Look.PANIC;
          case GOEXIT, NEVER -> Look.OVER;
          case RETURN -> Look.HEAD;
        };
    List<String> head = head(p);
    String before = out.box(x, 0, wide, head, look);
    double y = Layout.height(head.size()) / 2 + AIR;
    for (int i = 0; i < p.entries().size(); i++) {
      Entry e = p.entries().get(i);
      if (p.hidden() > 0 && i == p.gap()) {
        before = out.box(x, y + 8, wide, List.of(w.get("defer.hidden", p.hidden())), Look.NOTE);
        y += 34;
      }
      List<String> text = text(e);
      double h = Layout.height(text.size());
      String id = out.box(x, y + h / 2, wide, text, look(e));
      if (p.trigger() != DeferStack.Trigger.NEVER && e.order() > 0) {
        out.line(before, id, e.recovered().isPresent() ? Look.RECOVER : Look.PLAIN, Stroke.ARROW);
      }
      before = id;
      y += h + AIR;
    }
    return y;
  }

  private List<String> head(Peak p) {
    return List.of(
        sign(
            p.trigger() == DeferStack.Trigger.PANIC ? Look.PANIC : Look.PLAIN,
            Layout.cut(head(p, d.isCut(), w))),
        w.get("defer.top"));
  }

  private List<String> text(Entry e) {
    String place = Words.place(e.pushed());
    List<String> lines = new ArrayList<>();
    lines.add(
        sign(
            look(e),
            Layout.cut("defer " + Texts.clean(e.function()))
                + (place.isEmpty() ? "" : "  " + place)));
    fate(e, d.isCut(), w).forEach(l -> lines.add(Layout.cut(l)));
    return lines;
  }

  /** Whose stack it is, and why it began to empty. */
  static String head(Peak p, boolean cut, Words w) {
    String why = cut && p.trigger() == DeferStack.Trigger.NEVER ? "CUT" : p.trigger().name();
    return w.get("defer.head." + why, w.goroutine(p.goroutine()), p.why());
  }

  /** What became of a call, in one or two lines. */
  static List<String> fate(Entry e, boolean cut, Words w) {
    String not = cut ? "defer.entry.cut" : "defer.entry.never";
    List<String> lines = new ArrayList<>();
    lines.add(
        e.order() > 0
            ? w.get("defer.entry.ran." + e.cause().orElseThrow(), e.order())
            : w.get(e.later() ? "defer.entry.later" : not));
    e.recovered().ifPresent(v -> lines.add(w.get("defer.entry.recovered", v)));
    if (e.recovered().isEmpty()) {
      e.failed().ifPresent(n -> lines.add(w.get("defer.entry.failed", w.get("nil." + n))));
    }
    return lines;
  }

  private static Look look(Entry e) {
    if (e.recovered().isPresent()) {
      return Look.RECOVER;
    }
    if (e.failed().isPresent()) {
      return Look.VAIN;
    }
    return e.order() > 0 ? Look.RAN : e.later() ? Look.DEFER : Look.WAIT;
  }

  private static String sign(Look look, String text) {
    return look.sign.isEmpty() ? text : look.sign + " " + text;
  }
}
