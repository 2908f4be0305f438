package paniclab.diagrams;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Side;
import paniclab.diagrams.Scene.Stroke;
import paniclab.model.signal.SignalPath.Because;
import paniclab.model.signal.SignalPath.Effect;
import paniclab.model.signal.SignalPath.Node;

/**
 * The way down the middle is that of a signal somebody sent; on the left faults of Go code turn off
 * to become panics; on the right are the ends.
 */
final class SignalFlowLayout {
  private static final double ROW = 66;
  private static final double WIDE = 250;

  /** From the middle of one column to that of the next. */
  private static final double COLUMN = 390;

  private static final double ENTRANCE = 190;
  private static final double LINE_OF_C = 158;

  private final SignalFlow d;
  private final Words w;
  private final Layout out;
  private final Map<Node, String> ids = new EnumMap<>(Node.class);
  private final Map<Node, Double> ys = new EnumMap<>(Node.class);

  SignalFlowLayout(SignalFlow d, Words w) {
    this.d = d;
    this.w = w;
    this.out = Layout.titled(w.get("signals.title"));
  }

  Scene scene() {
    String caption = caption(d, w);
    double wide = Layout.width(caption);
    out.box(-COLUMN - WIDE / 2 + wide / 2, -38, wide, List.of(caption), Look.TITLE);
    entrances();
    box(Node.KERNEL, 0, 2);
    kernelEnds();
    box(Node.SIGHANDLER, 0, 3);
    box(Node.PREPARE_PANIC, -1, 3);
    box(Node.SIGPANIC, -1, 4.5);
    box(Node.GOPANIC, -1, 6);
    box(Node.THROW, -1, 7);
    box(Node.SIGSEND, 0, 4);
    box(Node.CHANNEL, 1, 4);
    box(Node.SIGNAL_IGNORED, 0, 5);
    box(Node.RETURN, 1, 5);
    box(Node.FLAGS, 0, 6);
    box(Node.DIE_FROM_SIGNAL, 1, 6);
    box(Node.FATALSIGNAL, 0, 7);
    box(Node.TRACEBACK, 0, 8);
    box(Node.EXIT, 1, 8);
    box(Node.CRASH, 1, 9);
    lines();
    return out.scene();
  }

  /** What came, and what became of it. */
  static String caption(SignalFlow d, Words w) {
    return d.drawn().map(way -> say(way, w)).orElse(w.get("signals.none"));
  }

  static String say(SignalFlow.Way way, Words w) {
    return w.get(
        "event.signal",
        way.signal(),
        w.get("signal.origin." + way.origin()),
        w.get("signal.effect." + way.effect()));
  }

  private void entrances() {
    double gap = ENTRANCE + 16;
    out.box(-1.5 * gap + gap / 2, 0, 2 * ENTRANCE, List.of(w.get("signals.fault")), Look.HEAD);
    out.box(1.5 * gap - gap / 2, 0, 2 * ENTRANCE, List.of(w.get("signals.sent")), Look.HEAD);
    Node[] nodes = {Node.GO_FAULT, Node.C_FAULT, Node.SENT, Node.KEY};
    for (int i = 0; i < nodes.length; i++) {
      Node n = nodes[i];
      ids.put(n, out.box((i - 1.5) * gap, ROW * 0.75, ENTRANCE, text(n), look(n)));
      ys.put(n, ROW * 0.75);
    }
  }

  /** One box for all that the kernel does by itself: they differ in a word. */
  private void kernelEnds() {
    Node[] nodes = {Node.KERNEL_KILLS, Node.KERNEL_STOPS, Node.KERNEL_CONTINUES, Node.KERNEL_DROPS};
    Optional<Node> taken = Optional.empty();
    for (Node n : nodes) {
      taken = d.passes(n) ? Optional.of(n) : taken;
    }
    List<String> text =
        taken.map(this::text).orElse(List.of(w.get("signals.kernel"), w.get("signals.kernel.any")));
    String id = out.box(COLUMN, 2 * ROW, WIDE, text, taken.map(this::look).orElse(Look.PLAIN));
    for (Node n : nodes) {
      ids.put(n, id);
      ys.put(n, 2 * ROW);
    }
  }

  private void box(Node n, int column, double row) {
    ids.put(n, out.box(column * COLUMN, row * ROW, WIDE, text(n), look(n)));
    ys.put(n, row * ROW);
  }

  private List<String> text(Node n) {
    List<String> lines = new ArrayList<>();
    String sign = look(n).sign;
    lines.add((sign.isEmpty() ? "" : sign + " ") + name(n, w));
    String more = w.get("signal.node." + n);
    if (!more.isEmpty()) {
      lines.add(more);
    }
    return lines;
  }

  /** A function by its name in Go; what is none, in words. */
  static String name(Node n, Words w) {
    return switch (n) {
      case GO_FAULT,
          C_FAULT,
          KEY,
          KERNEL,
          KERNEL_KILLS,
          KERNEL_STOPS,
          KERNEL_CONTINUES,
          KERNEL_DROPS ->
          w.get("signal.name." + n);
      case SENT,
          SIGHANDLER,
          PREPARE_PANIC,
          SIGPANIC,
          GOPANIC,
          THROW,
          SIGSEND,
          CHANNEL,
          SIGNAL_IGNORED,
          FLAGS,
          RETURN,
          DIE_FROM_SIGNAL,
          FATALSIGNAL,
          TRACEBACK,
          EXIT,
          CRASH ->
          n.goName();
    };
  }

  private Look look(Node n) {
    if (!d.passes(n)) {
      return Look.PLAIN;
    }
    if (!n.isEnd()) {
      return Look.SIGNAL;
    }
    Effect e = d.drawn().orElseThrow().effect();
    return e.ends() || e == Effect.PANIC ? Look.PANIC : Look.RECOVER;
  }

  // ---- lines

  private void lines() {
    for (boolean taken : new boolean[] {false, true}) {
      List<String> drawn = new ArrayList<>();
      for (SignalFlow.Edge e : SignalFlow.EDGES) {
        String key = id(e.from()) + " " + id(e.to());
        boolean isTaken = d.taken(e).isPresent();
        boolean rare = e.because() == Because.PROF || e.because() == Because.PER_THREAD;
        if (rare && !isTaken) {
          continue;
        }
        if (isTaken == taken && !drawn.contains(key) && (taken || !takenBetween(e))) {
          drawn.add(key);
          line(e, taken);
        }
      }
    }
  }

  /** Whether another reason leads the same way. */
  private boolean takenBetween(SignalFlow.Edge e) {
    return SignalFlow.EDGES.stream()
        .anyMatch(o ->
            id(o.from()).equals(id(e.from()))
                && id(o.to()).equals(id(e.to()))
                && d.taken(o).isPresent());
  }

  private String id(Node n) {
    return ids.getOrDefault(n, "");
  }

  private double y(Node n) {
    return ys.getOrDefault(n, 0.0);
  }

  private void line(SignalFlow.Edge e, boolean taken) {
    Look look = taken ? Look.SIGNAL : Look.PRINT;
    Stroke stroke = taken ? Stroke.TAKEN : Stroke.ARROW;
    String from = id(e.from());
    String to = id(e.to());
    if (e.because() == Because.FAULT_ELSEWHERE) {
      around(e, -LINE_OF_C, Side.NEAREST, look, stroke);
      return;
    }
    if (e.to() == Node.THROW) {
      around(e, -COLUMN - LINE_OF_C, Side.LEFT, look, stroke);
      return;
    }
    Optional<Side> side = side(e);
    if (side.isEmpty()) {
      out.line(from, to, look, stroke);
    } else {
      Side in = side.get() == Side.LEFT ? Side.RIGHT : Side.LEFT;
      out.line(from, side.get(), to, in, look, stroke);
    }
    label(e, side);
  }

  /** A line that goes around boxes on their left, with its reason beside it. */
  private void around(SignalFlow.Edge e, double x, Side from, Look look, Stroke stroke) {
    double top = y(e.from()) + (from == Side.LEFT ? 0 : ROW * 0.55);
    double bottom = y(e.to());
    String first = out.bend(x, top);
    String second = out.bend(x, bottom);
    Stroke shaft = stroke == Stroke.TAKEN ? Stroke.LIFE : Stroke.SHAFT;
    out.line(id(e.from()), from, first, Side.NEAREST, look, shaft);
    out.line(first, second, look, shaft);
    out.line(second, Side.NEAREST, id(e.to()), Side.LEFT, look, stroke);
    String text = w.get("signal.because." + e.because());
    put(x - Layout.width(text) / 2 + 8, (top + bottom) / 2, text);
  }

  /** On which side a line leaves its box; none for one that goes down. */
  private static Optional<Side> side(SignalFlow.Edge e) {
    return switch (e.to()) {
      case PREPARE_PANIC -> Optional.of(Side.LEFT);
      case KERNEL_KILLS,
          KERNEL_STOPS,
          KERNEL_CONTINUES,
          KERNEL_DROPS,
          CHANNEL,
          RETURN,
          DIE_FROM_SIGNAL,
          EXIT,
          CRASH ->
          Optional.of(Side.RIGHT);
      case GO_FAULT,
          C_FAULT,
          SENT,
          KEY,
          KERNEL,
          SIGHANDLER,
          SIGPANIC,
          GOPANIC,
          THROW,
          SIGSEND,
          SIGNAL_IGNORED,
          FLAGS,
          FATALSIGNAL,
          TRACEBACK ->
          Optional.empty();
    };
  }

  private void label(SignalFlow.Edge e, Optional<Side> side) {
    if (e.because() == Because.ALWAYS) {
      return;
    }
    String text = w.get("signal.because." + e.because());
    if (side.isEmpty()) {
      double x = e.from() == Node.SIGPANIC ? -COLUMN : 0;
      put(x + Layout.width(text) / 2 - 6, (y(e.from()) + y(e.to())) / 2, text);
    } else {
      double x = side.get() == Side.LEFT ? -COLUMN / 2 : COLUMN / 2;
      double middle = (y(e.from()) + y(e.to())) / 2;
      switch (e.because()) {
        case NO_FLAG -> put(x + 32, middle + 11, text);
        case FLAG_KILL -> put(x, middle + 9, text);
        case LEVEL_CRASH -> put(x - 36, middle + 30, text);
        case ALWAYS,
            HANDLER_GO,
            HANDLER_DEFAULT,
            HANDLER_IGNORE,
            FAULT_IN_GO,
            NOT_A_FAULT,
            FAULT_ELSEWHERE,
            PROF,
            PER_THREAD,
            WANTED,
            NOT_WANTED,
            NOT_ASKED,
            IGNORED,
            NOT_IGNORED,
            FLAG_THROW,
            NIL_PAGE,
            PANIC_ON_FAULT,
            DIVISION,
            FAR_ADDRESS,
            LEVEL_OTHER ->
            put(x, middle - 9, text);
      }
    }
  }

  private void put(double x, double y, String text) {
    out.box(x, y, Layout.width(text) - Layout.PAD, Layout.LINE, List.of(text), Look.NOTE);
  }
}
