package paniclab.diagrams;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Side;
import paniclab.diagrams.Scene.Stroke;
import paniclab.diagrams.SchedulerState.Move;
import paniclab.diagrams.SchedulerState.Seat;
import paniclab.model.sched.GStatus;
import paniclab.model.sched.MState;
import paniclab.model.sched.Snapshot.MView;
import paniclab.model.sched.Snapshot.PView;

/**
 * Above, columns of goroutine, thread and processor; below, the statuses of goroutines with the
 * moves between them, the functions that made them standing on the arrows.
 */
final class SchedulerStateLayout {
  private static final double AIR = 14;
  private static final double DOWN = 26;

  /** Where a row of seats ends and the next begins. */
  private static final double MOST = 880;

  private final SchedulerState d;
  private final Words w;
  private final Layout out;

  SchedulerStateLayout(SchedulerState d, Words w) {
    this.d = d;
    this.w = w;
    this.out = Layout.titled(w.get("sched.title"));
  }

  Scene scene() {
    double y = seats();
    y = queues(y + 10);
    if (!d.moves().isEmpty()) {
      y = statuses(y + 34);
    }
    if (d.died().isPresent()) {
      List<String> lines = d.died().get().lines().map(l -> Look.PANIC.sign + " " + l).toList();
      double wide = Layout.width(lines, 200);
      out.box(wide / 2, y + 16, wide, lines, Look.PANIC);
      y += Layout.height(lines.size()) + 16;
    }
    out.note(0, y + 14, hidden(d, w));
    return out.scene();
  }

  static String hidden(SchedulerState d, Words w) {
    return d.folded().events() == 0 ? "" : w.get("sched.folded", d.folded().events());
  }

  // ---- G on M on P

  private double seats() {
    double y = 0;
    List<Seat> row = new ArrayList<>();
    double x = 0;
    for (Seat s : d.seats()) {
      if (!row.isEmpty() && x + wide(s) > MOST) {
        y = row(row, y) + AIR;
        row.clear();
        x = 0;
      }
      row.add(s);
      x += wide(s) + AIR;
    }
    return row.isEmpty() ? y : row(row, y);
  }

  private double wide(Seat s) {
    return Layout.width(
        s.m().map(v -> thread(v, w)).orElse(List.of()),
        Layout.width(s.p().map(v -> processor(v, w)).orElse(List.of()), 90));
  }

  /** Draws some seats side by side from {@code top} on; where they end. */
  private double row(List<Seat> seats, double top) {
    double high = Layout.height(2);
    boolean runs = seats.stream().anyMatch(s -> s.m().filter(m -> m.curg() > 0).isPresent());
    double mY = top + (runs ? high + DOWN : 0) + high / 2;
    boolean processors = seats.stream().anyMatch(s -> s.p().isPresent());
    double pHigh = processors ? Layout.height(3) : 0;
    double pY = mY + high / 2 + (processors ? DOWN : 0) + pHigh / 2;
    double x = 0;
    for (Seat s : seats) {
      double wide = wide(s);
      double middle = x + wide / 2;
      List<String> boxes = new ArrayList<>();
      s.m()
          .filter(m -> m.curg() > 0)
          .ifPresent(m -> boxes.add(out.box(middle, top + high / 2, wide, goroutine(m), look(m))));
      s.m().ifPresent(m -> boxes.add(out.box(middle, mY, wide, high, thread(m, w), look(m))));
      s.p()
          .ifPresent(p ->
              boxes.add(
                  out.box(
                      middle,
                      pY,
                      wide,
                      pHigh,
                      processor(p, w),
                      s.m().isPresent() ? Look.VALUE : Look.PLAIN)));
      for (int i = 1; i < boxes.size(); i++) {
        out.line(boxes.get(i - 1), boxes.get(i), Look.VALUE, Stroke.SHAFT);
      }
      x += wide + AIR;
    }
    return pY + pHigh / 2;
  }

  private static Look look(MView m) {
    if (m.locks() != 0) {
      return Look.PANIC;
    }
    return switch (m.state()) {
      case RUNNING -> Look.WAKE;
      case SCHEDULING, SPINNING -> Look.SYNC;
      case SYSCALL, LOCKED_IDLE -> Look.WAIT;
      case IDLE, SYSMON, TEMPLATE, EXTRA, DEAD -> Look.PLAIN;
    };
  }

  static List<String> goroutine(MView m) {
    GStatus status = m.state() == MState.SYSCALL ? GStatus.SYSCALL : GStatus.RUNNING;
    return List.of("G" + m.curg(), status.goName());
  }

  static List<String> thread(MView m, Words w) {
    String locks = m.locks() == 0 ? "" : ", m.locks = " + m.locks();
    String locked = m.lockedG() == 0 ? "" : w.get("sched.locked", "G" + m.lockedG());
    return List.of(
        "M" + m.id() + "  " + w.get("sched.m." + m.state()) + locks,
        m.p() < 0 ? join(w, locked, w.get("sched.nop")) : locked);
  }

  private static String join(Words w, String a, String b) {
    return a.isEmpty() ? b : a + w.get("alt.join") + b;
  }

  static List<String> processor(PView p, Words w) {
    List<String> lines = new ArrayList<>();
    lines.add("P" + p.id() + "  " + p.status().goName());
    lines.add("runnext: " + (p.runnext() == 0 ? "–" : "G" + p.runnext()));
    lines.add(w.get("sched.queue", names(p.queue(), w)));
    return lines;
  }

  static String names(List<Integer> gs, Words w) {
    if (gs.isEmpty()) {
      return "–";
    }
    String some =
        gs.stream()
            .limit(SchedulerState.MAX_NAMES)
            .map(g -> "G" + g)
            .collect(Collectors.joining(" "));
    int more = gs.size() - SchedulerState.MAX_NAMES;
    return more <= 0 ? some : some + " " + w.get("sched.more", more);
  }

  private double queues(double top) {
    List<String> lines = new ArrayList<>();
    lines.add(w.get("sched.global", names(d.globalQueue(), w)));
    d.waiting()
        .forEach((reason, gs) ->
            lines.add(Look.WAIT.sign + " _Gwaiting [" + reason + "]: " + names(gs, w)));
    if (d.dead() > 0) {
      lines.add(Look.OVER.sign + " " + w.get("sched.dead", d.dead()));
    }
    double y = top;
    for (String l : lines) {
      double wide = Layout.width(l);
      Look look = l.startsWith(Look.WAIT.sign) ? Look.WAIT : Look.PLAIN;
      out.box(wide / 2, y + Layout.height(1) / 2, wide, List.of(l), look);
      y += Layout.height(1) + 6;
    }
    return y;
  }

  // ---- the statuses

  private record Point(double x, double y) {}

  private double statuses(double top) {
    Map<GStatus, String> boxes = new EnumMap<>(GStatus.class);
    for (Move m : d.moves()) {
      move(m, box(boxes, m.from(), top), box(boxes, m.to(), top), top);
    }
    return top + 230;
  }

  private String box(Map<GStatus, String> boxes, GStatus s, double top) {
    return boxes.computeIfAbsent(
        s,
        x -> {
          Point at = place(x, top);
          double wide = Layout.width(x.goName());
          return out.box(at.x, at.y, wide, List.of(x.goName()), Look.HEAD);
        });
  }

  private static Point place(GStatus s, double top) {
    return switch (s) {
      case IDLE -> new Point(50, top + 60);
      case RUNNABLE -> new Point(300, top + 60);
      case RUNNING -> new Point(590, top + 60);
      case DEAD -> new Point(830, top + 60);
      case WAITING -> new Point(445, top + 200);
      case SYSCALL -> new Point(740, top + 200);
    };
  }

  private void move(Move m, String fromBox, String toBox, double top) {
    Point from = place(m.from(), top);
    Point to = place(m.to(), top);
    List<String> lines = by(m);
    double wide = Layout.width(lines, 30);
    double x = (from.x + to.x) / 2;
    double y = (from.y + to.y) / 2;
    boolean both = d.moves().stream().anyMatch(o -> o.from() == m.to() && o.to() == m.from());
    if (both && from.y == to.y) {
      y += from.x < to.x ? -34 : 34; // two ways between the same boxes run side by side
    } else if (both) {
      x += from.y < to.y ? -62 : 62;
    }
    String label = out.box(x, y, wide, lines, Look.NOTE);
    out.line(fromBox, Side.NEAREST, label, Side.NEAREST, Look.SPAWN, Stroke.SHAFT);
    out.line(label, Side.NEAREST, toBox, Side.NEAREST, Look.SPAWN, Stroke.ARROW);
  }

  static List<String> by(Move m) {
    return m.by().entrySet().stream().map(e -> e.getKey() + " ×" + e.getValue()).toList();
  }
}
