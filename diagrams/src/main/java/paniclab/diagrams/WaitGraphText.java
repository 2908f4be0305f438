package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import paniclab.diagrams.WaitGraph.Knot;
import paniclab.diagrams.WaitGraph.Row;
import paniclab.diagrams.WaitGraph.Waiting;

/** {@link WaitGraph} in words. */
final class WaitGraphText {
  private WaitGraphText() {}

  static String render(WaitGraph d, Words w) {
    StringBuilder b = new StringBuilder(w.get("waits.title")).append('\n');
    if (d.rows().isEmpty()) {
      b.append(w.get("waits.none")).append('\n');
    }
    List<List<String>> rows = new ArrayList<>();
    for (Row r : d.rows()) {
      List<String> line = new ArrayList<>();
      line.add(String.join("  ", WaitGraphLayout.who(r, w)));
      for (Waiting x : r.waits()) {
        line.add(String.join("  ", WaitGraphLayout.what(d, r, x, w)));
      }
      if (r.waits().isEmpty()) {
        line.add("");
      }
      rows.add(line);
    }
    b.append(rows.isEmpty() ? "" : PlainText.table(rows));
    String folded = w.folded(d.folded());
    return b.append(folded.isEmpty() ? "" : folded + "\n").toString();
  }

  static String alt(WaitGraph d, Words w) {
    if (d.rows().isEmpty()) {
      return w.get("waits.none") + w.get("alt.stop");
    }
    List<String> parts = new ArrayList<>();
    int waiting =
        d.rows().stream()
            .filter(r -> !r.waits().isEmpty())
            .mapToInt(r -> r.goroutines().size())
            .sum();
    parts.add(w.get("waits.alt", waiting));
    String cycle = named(d, Knot.CYCLE, w);
    if (!cycle.isEmpty()) {
      parts.add(w.get("waits.alt.cycle", cycle));
    }
    String nobody = named(d, Knot.NOBODY, w);
    if (!nobody.isEmpty()) {
      parts.add(w.get("waits.alt.nobody", nobody));
    }
    return AltText.sentence(w, parts);
  }

  private static String named(WaitGraph d, Knot knot, Words w) {
    return d.rows().stream()
        .filter(r -> r.knot() == knot)
        .limit(5)
        .map(r -> w.goroutine(r.goroutines().getFirst()))
        .collect(Collectors.joining(w.get("waits.and")));
  }
}
