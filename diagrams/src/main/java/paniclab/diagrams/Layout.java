package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import paniclab.diagrams.Scene.Box;
import paniclab.diagrams.Scene.Line;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Side;
import paniclab.diagrams.Scene.Stroke;

/**
 * Places what a diagram says. Sizes come from {@link Texts#columns}, never from the fonts of a
 * machine, so that a picture is the same everywhere.
 */
final class Layout {
  /** Points a column of text takes at font size {@link Dot#FONT_SIZE}. */
  static final double COLUMN = 6.4;

  static final double LINE = 16;
  static final double PAD = 14;

  /** The longest text of a box, in columns. */
  static final int MAX_COLUMNS = 72;

  private final List<Box> boxes = new ArrayList<>();
  private final List<Line> lines = new ArrayList<>();
  private final String title;
  private double right;
  private int next;

  private Layout(String title) {
    this.title = title;
  }

  static Scene of(Diagram diagram, Locale locale) {
    Words w = Words.of(locale);
    return switch (diagram) {
      case CrashAnatomy d -> new CrashAnatomyLayout(d, w).scene();
      case Lanes d -> new LanesLayout(d, w).scene();
      case CBoundary d -> CLayouts.boundary(d, w);
      case CHeapMap d -> CLayouts.heap(d, w);
      case Lifetimes d -> CLayouts.lives(d, w);
      case LoaderFlow d -> CLayouts.loader(d, w);
      case DeferStack d -> new DeferStackLayout(d, w).scene();
      case RecoverReach d -> new RecoverReachLayout(d, w).scene();
      case SignalFlow d -> new SignalFlowLayout(d, w).scene();
      case SchedulerState d -> new SchedulerStateLayout(d, w).scene();
      case WaitGraph d -> new WaitGraphLayout(d, w).scene();
      case StackDepth d -> StackLayouts.depth(d, w);
      case StackGrowth d -> StackLayouts.growth(d, w);
      case VariableFlow d -> StackLayouts.variable(d, w);
      case ScheduleTree d -> new ScheduleTreeLayout(d, w).scene();
    };
  }

  static Layout titled(String title) {
    return new Layout(title);
  }

  /** The width a text needs in a box. */
  static double width(String text) {
    return Texts.columns(text) * COLUMN + 2 * PAD;
  }

  static double width(List<String> texts, double least) {
    return texts.stream().mapToDouble(Layout::width).reduce(least, Math::max);
  }

  static double height(int lines) {
    return lines * LINE + 8;
  }

  static String cut(String text) {
    return Texts.cut(text, MAX_COLUMNS);
  }

  /** A box around its middle; its id. */
  String box(double x, double y, double w, List<String> text, Look look) {
    return box(x, y, w, height(text.size()), text, look);
  }

  String box(double x, double y, double w, double h, List<String> text, Look look) {
    String id = "n" + next++;
    boxes.add(new Box(id, x, y, w, h, text, look));
    right = Math.max(right, x + w / 2);
    return id;
  }

  /** A panel behind what was drawn from box number {@code first} on. */
  void panelBehind(int first, double x, double y, double w, double h) {
    boxes.add(first, new Box("n" + next++, x, y, w, h, List.of(), Look.PANEL));
    right = Math.max(right, x + w / 2);
  }

  int count() {
    return boxes.size();
  }

  void line(String from, String to, Look look, Stroke stroke) {
    line(from, Side.NEAREST, to, Side.NEAREST, look, stroke);
  }

  void line(String from, Side out, String to, Side in, Look look, Stroke stroke) {
    lines.add(new Line(from, out, to, in, look, stroke));
  }

  /** A point an arrow goes through. */
  String bend(double x, double y) {
    return box(x, y, 0.72, 0.72, List.of(), Look.BEND);
  }

  /** A line of small print on the left, e.g. what was folded. */
  void note(double left, double y, String text) {
    if (!text.isEmpty()) {
      double w = width(text);
      box(left + w / 2, y, w, List.of(text), Look.NOTE);
    }
  }

  double right() {
    return right;
  }

  Scene scene() {
    return new Scene(title, boxes, lines);
  }
}
