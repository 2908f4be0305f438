package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Side;
import paniclab.diagrams.Scene.Stroke;
import paniclab.model.stack.Growth;
import paniclab.model.stack.VariableHome;
import paniclab.model.stack.VariableHome.Question;

/** The pictures of stacks. */
final class StackLayouts {
  private StackLayouts() {}

  private static final double GAP = 60;
  private static final double AIR = 14;

  // ---- copies

  /** A row for each copy: the old stack on the left, the new one on the right. */
  static Scene growth(StackGrowth d, Words w) {
    Layout out = Layout.titled(w.get("stack.title"));
    double left = 190;
    double right = 190;
    for (Growth g : d.copies()) {
      left = Math.max(left, width(g, w, true));
      right = Math.max(right, width(g, w, false));
    }
    double y = 0;
    for (int i = 0; i < d.copies().size(); i++) {
      if (d.hidden() > 0 && i == d.gap()) {
        out.note(0, y + 8, w.get("stack.hidden", d.hidden()));
        y += 30;
      }
      Growth g = d.copies().get(i);
      List<String> before = block(out, g, w, true, left / 2, left, y);
      List<String> after = block(out, g, w, false, left + GAP + right / 2, right, y);
      out.line(before.getFirst(), Side.RIGHT, after.getFirst(), Side.LEFT, Look.GROW, Stroke.ARROW);
      y += high(g, w) + AIR;
    }
    if (d.overflow()) {
      List<String> text = overflow(d.last(), w);
      double wide = Layout.width(text, left + GAP + right);
      out.box(wide / 2, y + Layout.height(2) / 2, wide, text, Look.PANIC);
      y += Layout.height(2) + AIR;
    }
    out.note(0, y + 8, d.copies().isEmpty() ? w.get("stack.none") : estimated(d.exact(), w));
    return out.scene();
  }

  static List<String> overflow(long last, Words w) {
    return List.of(
        Look.PANIC.sign + " " + w.get("stack.overflow", Words.bytes(2 * last)),
        w.get("stack.overflow.why"));
  }

  private static String estimated(boolean exact, Words w) {
    return exact ? "" : w.get("stack.estimated");
  }

  private static double width(Growth g, Words w, boolean before) {
    double wide = Layout.width(head(g, w, before), 190);
    for (Growth.Moved v : g.variables()) {
      wide = Math.max(wide, Layout.width(variable(g, v, w, before)));
    }
    return wide;
  }

  private static double high(Growth g, Words w) {
    return Layout.height(head(g, w, true).size()) + g.variables().size() * (Layout.height(1) + 4);
  }

  /** The stack's head, and below it its variables; all ids, the head's first. */
  private static List<String> block(
      Layout out, Growth g, Words w, boolean before, double x, double wide, double top) {
    List<String> ids = new ArrayList<>();
    List<String> head = head(g, w, before);
    double y = top;
    ids.add(
        out.box(x, y + Layout.height(head.size()) / 2, wide, head, before ? Look.HEAD : Look.GROW));
    y += Layout.height(head.size()) + 4;
    for (Growth.Moved v : g.variables()) {
      Look look =
          before
              ? Look.PLAIN
              : v.pointer() && adjusted(v) ? Look.RECOVER : stale(g, v) ? Look.VAIN : Look.PLAIN;
      ids.add(out.box(x, y + Layout.height(1) / 2, wide, List.of(variable(g, v, w, before)), look));
      y += Layout.height(1) + 4;
    }
    return ids;
  }

  private static boolean adjusted(Growth.Moved v) {
    return v.valueBefore() != v.valueAfter();
  }

  /** A number that was an address of the old stack, and still is. */
  private static boolean stale(Growth g, Growth.Moved v) {
    return !v.pointer() && v.valueAfter() >= g.oldLow() && v.valueAfter() < g.oldLow() + g.from();
  }

  static List<String> head(Growth g, Words w, boolean before) {
    long size = before ? g.from() : g.to();
    long low = before ? g.oldLow() : g.newLow();
    String range = low == 0 ? "" : "  [0x%x, 0x%x)".formatted(low, low + size);
    return List.of(
        Words.bytes(size) + range,
        Layout.cut(
            before
                ? w.get("stack.no-room", g.function(), count(g.depth()))
                : w.get("stack.copied")));
  }

  static String variable(Growth g, Growth.Moved v, Words w, boolean before) {
    long at = before ? v.addressBefore() : v.addressAfter();
    long value = before ? v.valueBefore() : v.valueAfter();
    String holds = v.pointer() || stale(g, v) ? "0x%x".formatted(value) : String.valueOf(value);
    String text = "0x%x  %s = %s".formatted(at, v.name(), holds);
    return before
        ? text
        : v.pointer() && adjusted(v)
            ? text + "  " + Look.RECOVER.sign + " " + w.get("stack.adjusted")
            : stale(g, v) ? text + "  " + Look.VAIN.sign + " " + w.get("stack.number") : text;
  }

  /** A number with its thousands apart, as everybody reads it. */
  static String count(long n) {
    return String.format(java.util.Locale.ROOT, "%,d", n);
  }

  // ---- depth

  private static final double STEP = 17;

  /** A bar for each size, longer by the same for each doubling. */
  static Scene depth(StackDepth d, Words w) {
    Layout out = Layout.titled(w.get("depth.title"));
    double y = 0;
    double label = 90;
    double row = Layout.height(1) + 4;
    for (StackDepth.Level l : d.levels()) {
      double wide = STEP * (Long.numberOfTrailingZeros(l.size()) - 9);
      out.box(label / 2, y + row / 2, label, List.of(Words.bytes(l.size())), Look.NOTE);
      boolean last = l.depth() < 0;
      out.box(
          label + wide / 2,
          y + row / 2,
          wide,
          List.of(),
          last && d.overflow() ? Look.PANIC : last ? Look.RECOVER : Look.GROW);
      out.note(label + wide, y + row / 2, Layout.cut(level(d, l, w)));
      y += row;
    }
    if (d.overflow()) {
      List<String> text = overflow(d.levels().getLast().size(), w);
      double wide = Layout.width(text, 200);
      out.box(label + wide / 2, y + 6 + Layout.height(2) / 2, wide, text, Look.PANIC);
      y += Layout.height(2) + AIR;
    }
    out.note(0, y + 10, estimated(d.exact(), w));
    return out.scene();
  }

  static String level(StackDepth d, StackDepth.Level l, Words w) {
    return l.depth() < 0
        ? w.get(d.overflow() ? "depth.over" : "depth.last")
        : w.get("depth.level", count(l.depth()), l.function());
  }

  // ---- variables

  /** From question to question. */
  private static final double ROW = 60;

  /** Questions downwards, homes on the right. */
  static Scene variable(VariableFlow d, Words w) {
    Layout out = Layout.titled(variableTitle(d, w));
    VariableHome.Kind kind = d.decision().kind();
    double wide = 0;
    for (Question q : Question.values()) {
      wide = Math.max(wide, Layout.width(question(q, kind, w)));
    }
    List<String> homes = new ArrayList<>();
    double homeWide = 0;
    for (VariableHome h : VariableHome.values()) {
      homeWide = Math.max(homeWide, Layout.width(home(h, w), 150));
    }
    String[] questions = new String[Question.values().length];
    for (Question q : Question.values()) {
      questions[q.ordinal()] =
          out.box(
              wide / 2,
              ROW * q.ordinal(),
              wide,
              List.of(question(q, kind, w)),
              d.asked(q) ? Look.HEAD : Look.PLAIN);
    }
    double x = wide + 150 + homeWide / 2;
    double[] at = {ROW * 2.2, ROW * 0.4, ROW * 3.4};
    out.note(0, -40, variableTitle(d, w));
    for (VariableHome h : VariableHome.values()) {
      homes.add(out.box(x, at[h.ordinal()], homeWide, home(h, w), look(h, d)));
    }
    Flow f = new Flow(out, d, w, questions, wide);
    f.to(Question.ESCAPES, true, homes.get(VariableHome.HEAP.ordinal()));
    f.down(Question.ESCAPES, false, Question.PARAMETER);
    f.down(Question.PARAMETER, false, Question.OVER_LIMIT);
    f.to(Question.OVER_LIMIT, true, homes.get(VariableHome.HEAP.ordinal()));
    f.to(Question.OVER_LIMIT, false, homes.get(VariableHome.STACK.ordinal()));
    f.skip(Question.PARAMETER, Question.FRAME_OVER_1_GB);
    f.to(Question.FRAME_OVER_1_GB, false, homes.get(VariableHome.STACK.ordinal()));
    f.to(Question.FRAME_OVER_1_GB, true, homes.get(VariableHome.REJECTED.ordinal()));
    return out.scene();
  }

  static String variableTitle(VariableFlow d, Words w) {
    return w.get(
        "variable.title",
        w.get("variable.kind." + d.decision().kind()),
        Words.bytes(d.decision().bytes()));
  }

  static String question(Question q, VariableHome.Kind kind, Words w) {
    long limit =
        kind == VariableHome.Kind.IMPLICIT
            ? VariableHome.MAX_IMPLICIT_STACK_VAR_SIZE
            : VariableHome.MAX_STACK_VAR_SIZE;
    return w.get("variable.ask." + q, Words.bytes(limit));
  }

  static List<String> home(VariableHome h, Words w) {
    return List.of(w.get("variable.home." + h), w.get("variable.says." + h));
  }

  private static Look look(VariableHome h, VariableFlow d) {
    if (h != d.decision().home()) {
      return Look.PLAIN;
    }
    return switch (h) {
      case STACK -> Look.RECOVER;
      case HEAP -> Look.VALUE;
      case REJECTED -> Look.PANIC;
    };
  }

  /** The arrows of the flow; those on the way are drawn through. */
  private record Flow(Layout out, VariableFlow d, Words w, String[] questions, double wide) {
    void to(Question q, boolean yes, String home) {
      word(wide + 34, ROW * q.ordinal() + (yes == up(q) ? -11 : 11), yes);
      arrow(questions[q.ordinal()], Side.RIGHT, home, Side.LEFT, d.answered(q, yes));
    }

    /** Whether the arrow for yes leaves above the one for no. */
    private static boolean up(Question q) {
      return q != Question.FRAME_OVER_1_GB;
    }

    void down(Question q, boolean yes, Question next) {
      word(wide / 2 + 24, ROW * (q.ordinal() + 0.5), yes);
      arrow(
          questions[q.ordinal()],
          Side.NEAREST,
          questions[next.ordinal()],
          Side.NEAREST,
          d.answered(q, yes));
    }

    /** To a question that is not the next one: past the one between, on the left. */
    void skip(Question q, Question next) {
      boolean taken = d.answered(q, true);
      String leave = out.bend(-30, ROW * q.ordinal());
      String enter = out.bend(-30, ROW * next.ordinal());
      Stroke shaft = taken ? Stroke.SHAFT : Stroke.PARKED;
      out.line(questions[q.ordinal()], Side.LEFT, leave, Side.NEAREST, look(taken), shaft);
      out.line(leave, enter, look(taken), shaft);
      arrow(enter, Side.NEAREST, questions[next.ordinal()], Side.LEFT, taken);
      word(-52, ROW * (q.ordinal() + next.ordinal()) / 2, true);
    }

    private void arrow(String from, Side leave, String to, Side enter, boolean taken) {
      out.line(from, leave, to, enter, look(taken), taken ? Stroke.ARROW : Stroke.PARKED);
    }

    private static Look look(boolean taken) {
      return taken ? Look.RECOVER : Look.PLAIN;
    }

    /** The word on an arrow. */
    private void word(double x, double y, boolean yes) {
      String text = w.get(yes ? "variable.yes" : "variable.no");
      out.box(x, y, Layout.width(text), 18, List.of(text), Look.LABEL);
    }
  }
}
