package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Stroke;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;

/** The search on the left, its endings below one another on the right. */
final class ScheduleTreeLayout {
  private static final double GAP = 80;
  private static final double AIR = 14;

  private final ScheduleTree d;
  private final Words w;
  private final Layout out;

  ScheduleTreeLayout(ScheduleTree d, Words w) {
    this.d = d;
    this.w = w;
    this.out = Layout.titled(w.get("tree.title"));
  }

  Scene scene() {
    List<String> root = root();
    double rootWidth = Layout.width(root, 150);
    List<List<String>> texts = d.leaves().stream().map(this::leaf).toList();
    double wide = texts.stream().mapToDouble(t -> Layout.width(t, 150)).max().orElse(150);
    double total = texts.stream().mapToDouble(t -> Layout.height(t.size()) + AIR).sum();
    String id = out.box(rootWidth / 2, Math.max(total, 40) / 2, rootWidth, root, Look.HEAD);
    double y = AIR / 2;
    for (int i = 0; i < texts.size(); i++) {
      double h = Layout.height(texts.get(i).size());
      Look look = look(d.leaves().get(i).ending().outcome());
      String leaf = out.box(rootWidth + GAP + wide / 2, y + h / 2, wide, texts.get(i), look);
      out.line(id, leaf, Look.PLAIN, Stroke.ARROW);
      y += h + AIR;
    }
    out.note(0, Math.max(y, 60) + 10, w.folded(d.folded()));
    return out.scene();
  }

  List<String> root() {
    List<String> lines = new ArrayList<>();
    lines.add(
        d.complete()
            ? w.get("tree.root", d.executions())
            : Layout.cut(w.get("tree.root.bounded", d.executions(), d.limit())));
    if (d.dataRace()) {
      lines.add("! " + w.get("tree.race"));
    }
    if (d.leaves().isEmpty()) {
      lines.add(w.get("tree.none"));
    }
    return lines;
  }

  List<String> leaf(Verdict.Witness witness) {
    List<String> lines = new ArrayList<>();
    Outcome o = witness.ending().outcome();
    lines.add(look(o).sign + " " + ending(w, o));
    String stderr = witness.ending().firstStderrLine();
    if (!stderr.isEmpty()) {
      lines.add(Layout.cut(Texts.clean(stderr)));
    }
    String stdout = witness.ending().stdout().toString();
    if (!stdout.isEmpty()) {
      lines.add(Layout.cut(w.get("tree.stdout", "\"" + stdout + "\"")));
    }
    lines.add(Layout.cut(w.get("tree.schedule", witness.schedule().toString())));
    return lines;
  }

  /** The ending in words; the exit status only where the process has one of its own. */
  static String ending(Words w, Outcome o) {
    String word = w.get("outcome." + o.word());
    return switch (o) {
      case Outcome.Exited _,
          Outcome.Panicked _,
          Outcome.Fatal _,
          Outcome.Thrown _,
          Outcome.Signalled _ ->
          w.get("tree.leaf", word, o.exitStatus());
      case Outcome.Hung _, Outcome.Unfinished _, Outcome.OutOfModel _ -> word;
    };
  }

  private static Look look(Outcome o) {
    return switch (o) {
      case Outcome.Exited e -> e.status() == 0 ? Look.RECOVER : Look.OVER;
      case Outcome.Panicked _, Outcome.Fatal _, Outcome.Thrown _, Outcome.Signalled _ -> Look.PANIC;
      case Outcome.Hung _ -> Look.WAIT;
      case Outcome.Unfinished _, Outcome.OutOfModel _ -> Look.VAIN;
    };
  }
}
