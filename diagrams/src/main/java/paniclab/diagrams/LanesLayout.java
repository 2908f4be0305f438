package paniclab.diagrams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Side;
import paniclab.diagrams.Scene.Stroke;
import paniclab.model.trace.Event;

/** Columns are goroutines, rows are events. */
final class LanesLayout {
  private static final double ROW = 34;
  private static final double FIRST_ROW = 54;
  private static final double GAP = 56;

  /** The widest text of an event, by the number of lanes: they stand side by side. */
  private static final int[] COLUMNS = {52, 52, 52, 52, 40, 34, 30, 30, 30};

  private final Lanes d;
  private final Words w;
  private final Layout out;
  private final boolean oneFile;
  private final Map<Integer, Double> x = new LinkedHashMap<>();
  private final Map<Integer, Double> width = new LinkedHashMap<>();

  LanesLayout(Lanes d, Words w) {
    this.d = d;
    this.w = w;
    this.out = Layout.titled(w.get("lanes.title"));
    Set<String> files = new TreeSet<>();
    d.marks().forEach(e -> files.add(e.at().position().file()));
    files.remove("");
    this.oneFile = files.size() <= 1;
  }

  Scene scene() {
    place();
    Map<Integer, String> last = new LinkedHashMap<>();
    Map<Integer, Boolean> waits = new LinkedHashMap<>();
    for (Lanes.Lane lane : d.lanes()) {
      int g = lane.goroutine();
      last.put(g, out.box(at(x, g), 0, at(width, g), head(lane), Look.HEAD));
    }
    List<String> ids = new ArrayList<>();
    for (Event e : d.marks()) {
      double y = row(ids.size());
      int g = e.at().goroutine();
      String id = out.box(at(x, g), y, at(width, g), List.of(text(e)), look(e));
      life(last, waits, g, id);
      waits.put(g, e instanceof Event.Blocked);
      ids.add(id);
    }
    double y = row(ids.size());
    for (Lanes.Lane lane : d.lanes()) {
      if (lane.end() != Lanes.End.OVER) {
        Look look = lane.end() == Lanes.End.WAITING ? Look.WAIT : Look.OVER;
        int g = lane.goroutine();
        String id = out.box(at(x, g), y, at(width, g), List.of(sign(look, end(lane))), look);
        life(last, waits, g, id);
      }
    }
    for (Lanes.Arrow a : d.arrows()) {
      arrow(a, ids);
    }
    out.note(0, y + ROW, w.folded(d.folded()));
    return out.scene();
  }

  /**
   * From the side of one box to the side of another. Over lanes between, it runs in the free space
   * above the target's row, so that it crosses no words.
   */
  private void arrow(Lanes.Arrow a, List<String> ids) {
    int from = lane(a.from());
    int to = lane(a.to());
    boolean right = from < to;
    Side out = right ? Side.RIGHT : Side.LEFT;
    Side in = right ? Side.LEFT : Side.RIGHT;
    String tail = ids.get(a.from());
    if (Math.abs(from - to) > 1) {
      double y = row(a.to()) - ROW / 2;
      String first = this.out.bend(gap(from, right), y);
      String second = this.out.bend(gap(to, !right), y);
      this.out.line(tail, out, first, Side.NEAREST, look(a.kind()), Stroke.SHAFT);
      this.out.line(first, second, look(a.kind()), Stroke.SHAFT);
      this.out.line(second, Side.NEAREST, ids.get(a.to()), in, look(a.kind()), Stroke.ARROW);
    } else {
      this.out.line(tail, out, ids.get(a.to()), in, look(a.kind()), Stroke.ARROW);
    }
  }

  /** The place of a mark's goroutine among the lanes. */
  private int lane(int mark) {
    int g = d.marks().get(mark).at().goroutine();
    for (int i = 0; i < d.lanes().size(); i++) {
      if (d.lanes().get(i).goroutine() == g) {
        return i;
      }
    }
    throw new IllegalArgumentException("no lane for goroutine " + g);
  }

  private static double row(int mark) {
    return FIRST_ROW + mark * ROW;
  }

  /** The middle of the gap beside a lane. */
  private double gap(int lane, boolean right) {
    int g = d.lanes().get(lane).goroutine();
    double half = at(width, g) / 2 + GAP / 2;
    return at(x, g) + (right ? half : -half);
  }

  private void life(Map<Integer, String> last, Map<Integer, Boolean> waits, int g, String id) {
    String before = last.put(g, id);
    if (before != null) {
      Boolean parked = waits.get(g);
      if (parked == null && g != 1) {
        out.line(before, id, Look.PRINT, Stroke.BEFORE);
      } else if (parked != null && parked) {
        out.line(before, id, Look.WAIT, Stroke.PARKED);
      } else {
        out.line(before, id, Look.PLAIN, Stroke.LIFE);
      }
    }
  }

  private static double at(Map<Integer, Double> of, int g) {
    return of.getOrDefault(g, 0.0);
  }

  private void place() {
    double left = 0;
    for (Lanes.Lane lane : d.lanes()) {
      List<String> texts = new ArrayList<>(head(lane));
      for (Event e : d.marks()) {
        if (e.at().goroutine() == lane.goroutine()) {
          texts.add(text(e));
        }
      }
      if (lane.end() != Lanes.End.OVER) {
        texts.add(sign(Look.WAIT, end(lane)));
      }
      double wide = Layout.width(texts, 110);
      x.put(lane.goroutine(), left + wide / 2);
      width.put(lane.goroutine(), wide);
      left += wide + GAP;
    }
  }

  private List<String> head(Lanes.Lane lane) {
    List<String> lines = new ArrayList<>();
    lines.add(d.head(lane.goroutine(), w));
    if (!lane.function().isEmpty()) {
      lines.add(Layout.cut(Texts.clean(lane.function())));
    }
    return lines;
  }

  private String end(Lanes.Lane lane) {
    String reason = lane.blocked().map(b -> b.reason().text()).orElse("");
    return w.get("lanes.end." + lane.end(), reason);
  }

  private String text(Event e) {
    String shown = oneFile ? Words.line(e.at()) : Words.place(e.at());
    return sign(
        look(e),
        Texts.cut(
            (shown.isEmpty() ? "" : shown + "  ") + w.say(e),
            COLUMNS[Math.min(d.lanes().size(), COLUMNS.length - 1)]));
  }

  private static String sign(Look look, String text) {
    return look.sign + " " + text;
  }

  static Look look(Event event) {
    return switch (event) {
      case Event.Spawned _ -> Look.SPAWN;
      case Event.GoroutineEnded _ -> Look.OVER;
      case Event.Blocked _ -> Look.WAIT;
      case Event.Woken _, Event.Scheduled _, Event.TimerFired _ -> Look.WAKE;
      case Event.SignalDelivered s -> s.effect().ends() ? Look.PANIC : Look.SIGNAL;
      case Event.StackGrew _ -> Look.GROW;
      case Event.Sent _, Event.Received _ -> Look.VALUE;
      case Event.Closed _ -> Look.CLOSE;
      case Event.Synced _,
          Event.Crossing _,
          Event.Lifetime _,
          Event.ThreadLocked _,
          Event.ProcsChanged _ ->
          Look.SYNC;
      case Event.DeferPushed _, Event.DeferReturned _ -> Look.DEFER;
      case Event.DeferRan _ -> Look.RAN;
      case Event.PanicRaised _, Event.FatalRaised _, Event.DataRace _ -> Look.PANIC;
      case Event.Recovered _ -> Look.RECOVER;
      case Event.RecoverReturnedNil _ -> Look.VAIN;
      case Event.Goexited _ -> Look.OVER;
      case Event.Printed _ -> Look.PRINT;
      case Event.ProcessEnded e -> e.status() == 0 ? Look.OVER : Look.PANIC;
    };
  }

  private static Look look(Lanes.ArrowKind kind) {
    return switch (kind) {
      case SPAWN -> Look.SPAWN;
      case VALUE -> Look.VALUE;
      case CLOSE -> Look.CLOSE;
      case WAKE -> Look.WAKE;
    };
  }
}
