package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Side;
import paniclab.diagrams.Scene.Stroke;
import paniclab.diagrams.WaitGraph.Knot;
import paniclab.diagrams.WaitGraph.Row;
import paniclab.diagrams.WaitGraph.Waiting;
import paniclab.model.trace.Wait;

/** Goroutines on the left, what they wait for on the right, and back to those who could end it. */
final class WaitGraphLayout {
  private static final double GAP = 150;
  private static final double AIR = 20;

  private final WaitGraph d;
  private final Words w;
  private final Layout out;

  WaitGraphLayout(WaitGraph d, Words w) {
    this.d = d;
    this.w = w;
    this.out = Layout.titled(w.get("waits.title"));
  }

  Scene scene() {
    double left = d.rows().stream().mapToDouble(r -> Layout.width(who(r, w), 110)).max().orElse(0);
    double right =
        d.rows().stream()
            .flatMap(r -> r.waits().stream().map(x -> what(d, r, x, w)))
            .mapToDouble(t -> Layout.width(t, 110))
            .max()
            .orElse(0);
    double high = Layout.height(3);
    List<String> boxes = new ArrayList<>();
    double y = high / 2;
    for (Row r : d.rows()) {
      Look look = r.waits().isEmpty() ? Look.WAKE : r.knot() == Knot.NONE ? Look.WAIT : Look.PANIC;
      boxes.add(out.box(left / 2, y, left, high, who(r, w), look));
      y += high + AIR;
    }
    y = high / 2;
    for (int i = 0; i < d.rows().size(); i++) {
      Row r = d.rows().get(i);
      for (Waiting x : r.waits()) {
        Look look = r.knot() == Knot.NONE ? Look.WAIT : Look.PANIC;
        double middle = left + GAP + right / 2;
        String box = out.box(middle, y, right, high, what(d, r, x, w), look);
        out.line(boxes.get(i), Side.RIGHT, box, Side.LEFT, look, Stroke.SHAFT);
        peers(i, x, boxes, box);
      }
      y += high + AIR;
    }
    String note = d.rows().isEmpty() ? w.get("waits.none") : w.folded(d.folded());
    out.note(0, y - high / 2 + 8, note);
    return out.scene();
  }

  private void peers(int row, Waiting x, List<String> boxes, String box) {
    int n = 0;
    for (Map.Entry<Integer, Wait.Role> p : x.peers().entrySet()) {
      if (p.getKey() == row || n++ >= WaitGraph.MAX_PEERS) {
        continue; // to itself no line is drawn: its box says so
      }
      boolean knows = p.getValue() == Wait.Role.REACHES;
      Look look = knows ? Look.VALUE : Look.SYNC;
      out.line(box, Side.LEFT, boxes.get(p.getKey()), Side.RIGHT, look, Stroke.ARROW);
    }
  }

  static List<String> who(Row r, Words w) {
    int first = r.goroutines().getFirst();
    int more = r.goroutines().size() - 1;
    return List.of(
        w.goroutine(first) + (more == 0 ? "" : " " + w.get("waits.more", more)),
        Layout.cut(Texts.clean(r.function())),
        w.get(r.waits().isEmpty() ? "waits.goes" : "waits.knot." + r.knot()));
  }

  static List<String> what(WaitGraph d, Row r, Waiting x, Words w) {
    String object = x.object().isEmpty() ? "" : "  " + x.object();
    return List.of(
        Layout.cut(Look.WAIT.sign + " [" + x.reason().text() + "]" + object),
        Words.place(x.at()),
        Layout.cut(peers(d, r, x, w)));
  }

  /** Who could end the wait, in words. */
  private static String peers(WaitGraph d, Row r, Waiting x, Words w) {
    if (x.peers().isEmpty()) {
      return r.knot() == Knot.NONE ? "" : w.get("waits.nobody");
    }
    Wait.Role role = x.peers().values().iterator().next();
    String names =
        x.peers().keySet().stream()
            .limit(WaitGraph.MAX_PEERS)
            .map(i -> w.goroutine(d.rows().get(i).goroutines().getFirst()))
            .collect(Collectors.joining(", "));
    int more = x.peers().size() - WaitGraph.MAX_PEERS;
    String all = more > 0 ? names + " " + w.get("sched.more", more) : names;
    return w.get("waits.role." + role, all);
  }
}
