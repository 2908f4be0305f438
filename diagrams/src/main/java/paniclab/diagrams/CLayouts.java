package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import paniclab.diagrams.Scene.Look;
import paniclab.diagrams.Scene.Stroke;
import paniclab.model.c.CHeap;
import paniclab.model.c.Loader;

/** Pictures of the C side. */
final class CLayouts {
  private CLayouts() {}

  private static final double AIR = 22;

  /** Go on the left, C on the right, time downwards; each box where control arrives. */
  static Scene boundary(CBoundary d, Words w) {
    Layout out = Layout.titled(w.get("cgo.boundary.title"));
    List<String> texts = new ArrayList<>();
    d.steps().forEach(s -> texts.addAll(text(s, w)));
    double wide = Layout.width(texts, 150);
    double go = wide / 2;
    double c = wide * 1.5 + 90;
    out.box(go, 0, wide, List.of(w.get("cgo.side.go"), w.get("cgo.side.go.stack")), Look.HEAD);
    out.box(c, 0, wide, List.of(w.get("cgo.side.c"), w.get("cgo.side.c.stack")), Look.HEAD);
    double y = Layout.height(2) / 2 + AIR;
    String before = "";
    for (CBoundary.Step s : d.steps()) {
      List<String> text = text(s, w);
      double h = Layout.height(text.size());
      String id = out.box(s.kind().inC() ? c : go, y + h / 2, wide, text, look(s.kind()));
      if (!before.isEmpty()) {
        boolean beyond = s.kind() == CBoundary.Kind.RECOVERED_BEYOND;
        out.line(before, id, beyond ? Look.RECOVER : Look.PLAIN, Stroke.ARROW);
      }
      before = id;
      y += h + AIR;
    }
    out.note(0, y + 4, d.steps().isEmpty() ? w.get("cgo.boundary.none") : left(d.left(), w));
    return out.scene();
  }

  private static String left(int n, Words w) {
    return n == 0 ? "" : w.get("cgo.left", n);
  }

  static List<String> text(CBoundary.Step s, Words w) {
    List<String> lines = new ArrayList<>();
    String sign = look(s.kind()).sign;
    lines.add(
        Layout.cut((sign.isEmpty() ? "" : sign + " ") + w.get("cgo.step." + s.kind(), s.text())));
    if (s.dropped() > 0) {
      lines.add(w.get("cgo.dropped"));
    }
    return lines;
  }

  private static Look look(CBoundary.Kind k) {
    return switch (k) {
      case CALL, BACK -> Look.VALUE;
      case RETURN -> Look.PLAIN;
      case CALLBACK -> Look.SPAWN;
      case PANIC, DIED_IN_C -> Look.PANIC;
      case RECOVERED, RECOVERED_BEYOND -> Look.RECOVER;
      case ENDED -> Look.OVER;
    };
  }

  /**
   * Chunks from the lowest address down the page; free lists beside them, the newest block first.
   */
  static Scene heap(CHeapMap d, Words w) {
    Layout out = Layout.titled(w.get("cheap.title"));
    List<String> texts = new ArrayList<>();
    d.chunks().forEach(c -> texts.add(text(c, w)));
    d.lists().forEach(l -> texts.add(l.name()));
    double wide = Layout.width(texts, 200);
    double x = wide * 1.5 + 110;
    double h = Layout.height(1);
    out.box(x, 0, wide, List.of(w.get("cheap.chunks")), Look.HEAD);
    out.box(wide / 2, 0, wide, List.of(w.get("cheap.lists")), Look.HEAD);
    double y = h + 14;
    for (CHeap.Chunk c : d.chunks()) {
      out.box(x, y, wide, List.of(text(c, w)), look(c.state()));
      y += h + 3;
    }
    double z = h + 14;
    for (CHeap.FreeList l : d.lists()) {
      String before = out.box(wide / 2, z, wide, List.of(l.name()), Look.DEFER);
      for (Long block : l.blocks()) {
        z += h + 18;
        String to =
            out.box(wide / 2, z, wide / 2, List.of("0x" + Long.toHexString(block)), Look.WAIT);
        out.line(before, to, Look.PLAIN, Stroke.ARROW);
        before = to;
      }
      z += h + 24;
    }
    if (d.lists().isEmpty()) {
      out.box(wide / 2, z, wide, List.of(w.get("cheap.lists.none")), Look.NOTE);
    }
    out.note(0, Math.max(y, z) + 8, left(d.left(), w));
    return out.scene();
  }

  static String text(CHeap.Chunk c, Words w) {
    return w.get(
        "cheap.chunk", "0x" + Long.toHexString(c.address()), c.size(), w.get("cheap." + c.state()));
  }

  private static Look look(CHeap.State s) {
    return switch (s) {
      case IN_USE -> Look.VALUE;
      case TCACHE, FAST -> Look.WAIT;
      case FREE -> Look.VAIN;
      case TOP -> Look.OVER;
    };
  }

  /** A column for each block, time downwards; a line where something keeps it alive. */
  static Scene lives(Lifetimes d, Words w) {
    Layout out = Layout.titled(w.get("lives.title"));
    double row = Layout.height(1) + AIR;
    double left = 0;
    double low = 0;
    for (Lifetimes.Block b : d.blocks()) {
      List<String> head = head(b, w);
      List<String> texts = new ArrayList<>(head);
      b.marks().forEach(m -> texts.add(text(m, w)));
      double wide = Layout.width(texts, 150);
      double x = left + wide / 2;
      out.box(x, 0, wide, head, Look.HEAD);
      String before = "";
      boolean kept = false;
      for (Lifetimes.Mark m : b.marks()) {
        double y = Layout.height(2) + AIR + row * m.row();
        String id = out.box(x, y, wide, List.of(text(m, w)), look(m.kind()));
        if (!before.isEmpty()) {
          out.line(
              before, id, kept ? Look.RECOVER : Look.PLAIN, kept ? Stroke.LIFE : Stroke.PARKED);
        }
        before = id;
        kept = m.kept();
        low = Math.max(low, y);
      }
      left += wide + 40;
    }
    String note = d.blocks().isEmpty() ? w.get("lives.none") : w.get("lives.legend");
    out.note(0, low + row, d.left() == 0 ? note : note + "  " + left(d.left(), w));
    return out.scene();
  }

  private static List<String> head(Lifetimes.Block b, Words w) {
    return List.of(
        w.get(b.isC() ? "lives.c" : "lives.go"),
        Layout.cut(w.get("lives.block", Texts.clean(b.what()), b.size())));
  }

  private static String text(Lifetimes.Mark m, Words w) {
    String line = Words.line(m.at());
    String where = line.isEmpty() ? "" : line + "  ";
    return Layout.cut(look(m.kind()).sign + " " + where + said(m, w));
  }

  private static String said(Lifetimes.Mark m, Words w) {
    return w.get("lives." + m.kind(), m.function());
  }

  private static Look look(Lifetimes.Kind k) {
    return switch (k) {
      case LENT, PINNED, ALLOCATED -> Look.RECOVER;
      case RETURNED, UNPINNED, FREED -> Look.OVER;
      case GIVEN_UP, COLLECTED -> Look.VAIN;
      case USED_AFTER, LEFT -> Look.PANIC;
    };
  }

  static String plain(Lifetimes d, Words w) {
    StringBuilder b = new StringBuilder(w.get("lives.title")).append('\n');
    for (Lifetimes.Block block : d.blocks()) {
      b.append(String.join(w.get("alt.colon"), head(block, w))).append('\n');
      for (Lifetimes.Mark m : block.marks()) {
        b.append("  ").append(m.row() + 1).append(". ").append(text(m, w)).append('\n');
      }
    }
    String note = d.blocks().isEmpty() ? w.get("lives.none") : left(d.left(), w);
    return note.isEmpty() ? b.toString() : b.append(note).append('\n').toString();
  }

  static String alt(Lifetimes d, Words w) {
    if (d.blocks().isEmpty()) {
      return w.get("lives.none") + w.get("alt.stop");
    }
    List<String> parts = new ArrayList<>();
    for (Lifetimes.Block block : d.blocks()) {
      List<String> marks = block.marks().stream().map(m -> said(m, w)).toList();
      parts.add(
          String.join(" ", head(block, w))
              + w.get("alt.colon")
              + String.join(w.get("alt.join"), marks));
    }
    return String.join(w.get("alt.block"), parts) + w.get("alt.stop");
  }

  /** Stage after stage down the page; those that were not reached are dotted. */
  static Scene loader(LoaderFlow d, Words w) {
    Layout out = Layout.titled(w.get("loader.title"));
    List<List<String>> texts = new ArrayList<>();
    texts.add(List.of(wanted(d, w)));
    d.start().way().forEach(s -> texts.add(text(s, d, w)));
    d.notReached()
        .forEach(
            s -> texts.add(List.of(Look.VAIN.sign + " " + w.get("loader.not", stage(s, d, w)))));
    double wide = Layout.width(texts.stream().flatMap(List::stream).toList(), 200);
    int reached = d.start().way().size();
    double y = 0;
    String before = "";
    for (int i = 0; i < texts.size(); i++) {
      double h = Layout.height(texts.get(i).size());
      Look look = i == 0 ? Look.HEAD : i > reached ? Look.VAIN : look(d.start().way().get(i - 1));
      String id = out.box(wide / 2, y + h / 2, wide, texts.get(i), look);
      if (!before.isEmpty()) {
        out.line(before, id, Look.PLAIN, i > reached ? Stroke.PARKED : Stroke.ARROW);
      }
      before = id;
      y += h + AIR;
    }
    return out.scene();
  }

  private static Look look(Loader.Step s) {
    return s.exit().isPresent()
        ? Look.PANIC
        : s.stage() == Loader.Stage.CALLED
            ? Look.RECOVER
            : s.stderr().isEmpty() ? Look.VALUE : Look.WAIT;
  }

  private static String wanted(LoaderFlow d, Words w) {
    Loader.Symbol s = d.start().wanted();
    return s.version().isEmpty()
        ? w.get("loader.wanted", s.name(), d.start().found())
        : w.get("loader.wanted.version", s.name(), s.version(), d.start().found());
  }

  private static String stage(Loader.Stage s, LoaderFlow d, Words w) {
    return w.get("loader.stage." + s, d.start().wanted().name());
  }

  private static List<String> text(Loader.Step s, LoaderFlow d, Words w) {
    List<String> lines = new ArrayList<>();
    String sign = look(s).sign;
    lines.add(sign + " " + stage(s.stage(), d, w));
    s.stderr().forEach(l -> lines.addAll(Texts.wrap(l, Layout.MAX_COLUMNS)));
    s.exit().ifPresent(e -> lines.add(w.get("loader.exit", e)));
    return lines;
  }

  static String plain(LoaderFlow d, Words w) {
    StringBuilder b = new StringBuilder(w.get("loader.title")).append('\n');
    b.append(wanted(d, w)).append('\n');
    int n = 0;
    for (Loader.Step s : d.start().way()) {
      b.append(++n).append(". ").append(stage(s.stage(), d, w)).append('\n');
      s.stderr().forEach(l -> b.append("   ").append(l).append('\n'));
      s.exit().ifPresent(e -> b.append("   ").append(w.get("loader.exit", e)).append('\n'));
    }
    d.notReached().forEach(s -> b.append(w.get("loader.not", stage(s, d, w))).append('\n'));
    return b.toString();
  }

  static String alt(LoaderFlow d, Words w) {
    Loader.Step last = d.start().way().getLast();
    String end =
        last.exit()
            .map(e -> w.get("loader.alt.exit", stage(last.stage(), d, w), e))
            .orElseGet(() -> w.get("loader.alt.called", d.start().wanted().name()));
    return w.get("loader.alt", wanted(d, w), w.get("loader.alt.main." + d.start().started()), end)
        + w.get("alt.stop");
  }

  static String plain(CBoundary d, Words w) {
    StringBuilder b = new StringBuilder(w.get("cgo.boundary.title")).append('\n');
    for (CBoundary.Step s : d.steps()) {
      String side = w.get(s.kind().inC() ? "cgo.side.c" : "cgo.side.go");
      b.append(Texts.pad(side, 6)).append(String.join(" ", text(s, w))).append('\n');
    }
    String note = d.steps().isEmpty() ? w.get("cgo.boundary.none") : left(d.left(), w);
    return note.isEmpty() ? b.toString() : b.append(note).append('\n').toString();
  }

  static String plain(CHeapMap d, Words w) {
    StringBuilder b = new StringBuilder(w.get("cheap.title")).append('\n');
    d.chunks().forEach(c -> b.append(text(c, w)).append('\n'));
    for (CHeap.FreeList l : d.lists()) {
      b.append(l.name()).append(':');
      l.blocks().forEach(x -> b.append(" 0x").append(Long.toHexString(x)));
      b.append('\n');
    }
    String note = left(d.left(), w);
    return note.isEmpty() ? b.toString() : b.append(note).append('\n').toString();
  }

  static String alt(CBoundary d, Words w) {
    if (d.steps().isEmpty()) {
      return w.get("cgo.boundary.none") + w.get("alt.stop");
    }
    long calls = d.steps().stream().filter(s -> s.kind() == CBoundary.Kind.CALL).count();
    long back = d.steps().stream().filter(s -> s.kind() == CBoundary.Kind.CALLBACK).count();
    CBoundary.Step last = d.steps().getLast();
    return w.get("cgo.boundary.alt", calls, back, w.get("cgo.step." + last.kind(), last.text()))
        + w.get("alt.stop");
  }

  static String alt(CHeapMap d, Words w) {
    long used = d.chunks().stream().filter(c -> c.state() == CHeap.State.IN_USE).count();
    return w.get("cheap.alt", d.chunks().size(), used, d.lists().size()) + w.get("alt.stop");
  }
}
