package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import paniclab.diagrams.CrashAnatomy.Kind;
import paniclab.diagrams.CrashAnatomy.Part;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Side;
import paniclab.diagrams.Scene.Stroke;

/** The text on the left, on one sheet, from top to bottom; what each part says on the right. */
final class CrashAnatomyLayout {
  private static final double GAP = 50;
  private static final double AIR = 10;

  /** The longest line of what a part says, in columns. */
  private static final int SAYS_COLUMNS = 52;

  private final CrashAnatomy d;
  private final Words w;
  private final Layout out;

  CrashAnatomyLayout(CrashAnatomy d, Words w) {
    this.d = d;
    this.w = w;
    this.out = Layout.titled(w.get("anatomy.title"));
  }

  Scene scene() {
    double textWidth = 200;
    double saysWidth = 200;
    for (Part p : d.parts()) {
      textWidth = Math.max(textWidth, Layout.width(text(p), 200));
      saysWidth = Math.max(saysWidth, Layout.width(said(p), 200));
    }
    double x = AIR + textWidth / 2;
    double says = 2 * AIR + textWidth + GAP + saysWidth / 2;
    int first = out.count();
    double y = AIR;
    List<Double> middles = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (Part p : d.parts()) {
      double high = Math.max(Layout.height(text(p).size()), Layout.height(said(p).size()));
      middles.add(y + high / 2);
      ids.add(out.box(x, y + high / 2, textWidth, Layout.height(text(p).size()), text(p), look(p)));
      y += high + AIR;
    }
    out.panelBehind(first, x, y / 2, textWidth + 2 * AIR, y);
    for (int i = 0; i < d.parts().size(); i++) {
      Part p = d.parts().get(i);
      String id = out.box(says, middles.get(i), saysWidth, said(p), Look.NOTE);
      out.line(ids.get(i), Side.RIGHT, id, Side.LEFT, look(p), Stroke.PARKED);
    }
    return out.scene();
  }

  private List<String> text(Part p) {
    if (p.text().isEmpty()) {
      return List.of(
          p.kind() == Kind.LIVES
              ? w.get("anatomy.on")
              : w.get("anatomy.exit", p.arguments().getFirst()));
    }
    return p.text().stream().map(t -> Layout.cut(Texts.clean(t))).toList();
  }

  private List<String> said(Part p) {
    return Texts.wrap(says(p, w), SAYS_COLUMNS);
  }

  /** What a part says, in one sentence. */
  static String says(Part p, Words w) {
    return w.get("anatomy." + p.kind().name(), p.arguments().toArray());
  }

  /** Whether a part is of the header. */
  static boolean isHeader(Kind kind) {
    return switch (kind) {
      case NOTE, PANIC, RECOVERED, REPANICKED, OLDER, SERVED, FATAL, THROW, SIGNAL -> true;
      case SIGNAL_LINE,
          IN_C,
          GOROUTINE,
          TOP,
          LIBRARY,
          PANIC_FRAME,
          CALLERS,
          STACK,
          CREATED,
          OTHERS,
          REGISTERS,
          EXIT,
          UNWOUND,
          LIVES ->
          false;
    };
  }

  private static Look look(Part p) {
    return switch (p.kind()) {
      case PANIC, FATAL, THROW, SIGNAL -> Look.PANIC;
      case RECOVERED, REPANICKED, SERVED -> Look.RECOVER;
      case NOTE, OLDER, SIGNAL_LINE, IN_C -> Look.VAIN;
      case GOROUTINE -> Look.HEAD;
      case TOP -> Look.RAN;
      case PANIC_FRAME -> Look.CANNOT;
      case LIBRARY, CALLERS, STACK -> Look.PLAIN;
      case CREATED -> Look.SPAWN;
      case OTHERS -> Look.WAIT;
      case REGISTERS -> Look.PRINT;
      case EXIT, UNWOUND, LIVES -> Look.OVER;
    };
  }
}
