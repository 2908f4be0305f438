package paniclab.diagrams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Stroke;
import paniclab.model.trace.Event;

/** Columns are goroutines, rows are events. */
final class LanesLayout {
  private static final double ROW = 34;
  private static final double GAP = 36;

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
    double y = 20;
    for (Event e : d.marks()) {
      y += ROW;
      int g = e.at().goroutine();
      String id = out.box(at(x, g), y, at(width, g), List.of(text(e)), look(e));
      life(last, waits, g, id);
      waits.put(g, e instanceof Event.Blocked);
      ids.add(id);
    }
    y += ROW;
    for (Lanes.Lane lane : d.lanes()) {
      if (lane.end() != Lanes.End.OVER) {
        Look look = lane.end() == Lanes.End.WAITING ? Look.WAIT : Look.OVER;
        int g = lane.goroutine();
        String id = out.box(at(x, g), y, at(width, g), List.of(sign(look, end(lane))), look);
        life(last, waits, g, id);
      }
    }
    for (Lanes.Arrow a : d.arrows()) {
      out.line(ids.get(a.from()), ids.get(a.to()), look(a.kind()), Stroke.ARROW);
    }
    out.note(0, y + ROW, w.folded(d.folded()));
    return out.scene();
  }

  private void life(Map<Integer, String> last, Map<Integer, Boolean> waits, int g, String id) {
    String before = last.put(g, id);
    if (before != null) {
      boolean parked = waits.getOrDefault(g, false);
      out.line(before, id, parked ? Look.WAIT : Look.PLAIN, parked ? Stroke.PARKED : Stroke.LIFE);
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
    lines.add(w.goroutine(lane.goroutine()));
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
    String place = Words.place(e.at());
    String shown = oneFile ? place.substring(place.lastIndexOf(':') + 1) : place;
    return sign(look(e), Layout.cut((shown.isEmpty() ? "" : shown + "  ") + w.say(e)));
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
      case Event.Sent _, Event.Received _ -> Look.VALUE;
      case Event.Closed _ -> Look.CLOSE;
      case Event.Synced _ -> Look.SYNC;
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
