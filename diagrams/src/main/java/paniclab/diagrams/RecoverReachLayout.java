package paniclab.diagrams;

import java.util.List;
import paniclab.diagrams.RecoverReach.Call;
import paniclab.diagrams.RecoverReach.Death;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Side;
import paniclab.diagrams.Scene.Stroke;

/** A death on the left, the deferred calls that were pending on the right, one panel each. */
final class RecoverReachLayout {
  private static final double GAP = 70;
  private static final double AIR = 12;

  private final RecoverReach d;
  private final Words w;
  private final Layout out;

  RecoverReachLayout(RecoverReach d, Words w) {
    this.d = d;
    this.w = w;
    this.out = Layout.titled(w.get("reach.title"));
  }

  Scene scene() {
    double deathWidth =
        d.deaths().stream().mapToDouble(x -> Layout.width(head(x), 150)).max().orElse(150);
    double callWidth =
        d.deaths().stream()
            .flatMap(x -> x.calls().stream())
            .mapToDouble(c -> Layout.width(text(c), 150))
            .reduce(Layout.width(w.get("reach.nobody")), Math::max);
    double y = 0;
    for (Death death : d.deaths()) {
      y = panel(death, deathWidth, callWidth, y) + 16;
    }
    out.note(0, y + 6, d.deaths().isEmpty() ? w.get("reach.none") : w.folded(d.folded()));
    return out.scene();
  }

  private double panel(Death death, double deathWidth, double callWidth, double top) {
    int first = out.count();
    double one = Layout.height(2);
    int rows = Math.max(1, death.calls().size());
    double high = Math.max(rows * (one + AIR) + AIR, Layout.height(3) + 2 * AIR);
    double middle = top + high / 2;
    double left = AIR;
    Look look = death.fate() == RecoverReach.Fate.RECOVERED ? Look.RECOVER : Look.PANIC;
    String id = out.box(left + deathWidth / 2, middle, deathWidth, head(death), look);
    double x = left + deathWidth + GAP + callWidth / 2;
    double y = middle - (rows * (one + AIR) - AIR) / 2 + one / 2;
    if (death.calls().isEmpty()) {
      out.box(x, y, callWidth, List.of(w.get("reach.nobody")), Look.NOTE);
    }
    for (Call c : death.calls()) {
      String call = out.box(x, y, callWidth, text(c), look(c.reach()));
      out.line(call, Side.LEFT, id, Side.RIGHT, look(c.reach()), stroke(c.reach()));
      y += one + AIR;
    }
    double wide = left + deathWidth + GAP + callWidth + AIR;
    out.panelBehind(first, wide / 2, middle, wide, high);
    return top + high;
  }

  private List<String> head(Death death) {
    Look look = death.fate() == RecoverReach.Fate.RECOVERED ? Look.RECOVER : Look.PANIC;
    return List.of(
        Layout.cut(
            w.get("reach.death." + death.kind(), w.goroutine(death.goroutine()), death.text())),
        Words.place(death.at()),
        look.sign + " " + w.get("reach.fate." + death.fate()));
  }

  private List<String> text(Call c) {
    String place = Words.place(c.pushed());
    return List.of(
        Layout.cut(w.goroutine(c.goroutine()) + "  defer " + Texts.clean(c.function())),
        look(c.reach()).sign
            + " "
            + Layout.cut((place.isEmpty() ? "" : place + "  ") + verdict(c, w)));
  }

  /** Whether a call reaches a death, in words. */
  static String verdict(Call c, Words w) {
    return w.get("reach." + c.reach(), c.why().map(n -> w.get("nil." + n)).orElse(""));
  }

  private static Look look(RecoverReach.Reach reach) {
    return switch (reach) {
      case RECOVERED -> Look.RECOVER;
      case COULD -> Look.RAN;
      case GAVE_NIL -> Look.VAIN;
      case NOT_NEEDED, NOT_RUN -> Look.DEFER;
      case OTHER_GOROUTINE, FATAL -> Look.CANNOT;
    };
  }

  private static Stroke stroke(RecoverReach.Reach reach) {
    return switch (reach) {
      case RECOVERED, COULD -> Stroke.ARROW;
      case GAVE_NIL, NOT_NEEDED, NOT_RUN -> Stroke.PARKED;
      case OTHER_GOROUTINE, FATAL -> Stroke.BARRED;
    };
  }
}
