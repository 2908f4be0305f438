package paniclab.diagrams;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import paniclab.model.signal.SignalPath;
import paniclab.model.trace.Event;

/**
 * Diagrams as Mermaid text, within its limits (50,000 characters, 500 edges): lanes as a sequence
 * diagram, the others as flow charts.
 */
public final class Mermaid {
  private Mermaid() {}

  /** The Mermaid text of a diagram, without a fence. */
  public static String render(Diagram diagram, Locale locale) {
    return switch (diagram) {
      case CrashAnatomy d -> flow(Layout.of(d, locale), "LR");
      case Lanes d -> sequence(d, Words.of(locale));
      case CBoundary d -> flow(Layout.of(d, locale), "TB");
      case CHeapMap d -> flow(Layout.of(d, locale), "LR");
      case Lifetimes d -> flow(Layout.of(d, locale), "TB");
      case LoaderFlow d -> flow(Layout.of(d, locale), "TB");
      case DeferStack d -> flow(Layout.of(d, locale), "TB");
      case RecoverReach d -> flow(Layout.of(d, locale), "LR");
      case SignalFlow d -> signals(d, Words.of(locale));
      case SchedulerState d -> flow(Layout.of(d, locale), "TB");
      case WaitGraph d -> flow(Layout.of(d, locale), "LR");
      case StackDepth d -> StackMermaid.depth(d, Words.of(locale));
      case StackGrowth d -> flow(Layout.of(d, locale), "LR");
      case VariableFlow d -> StackMermaid.variable(d, Words.of(locale));
      case ScheduleTree d -> flow(Layout.of(d, locale), "LR");
    };
  }

  /** The same between the fences that make it a picture in Markdown. */
  public static String fence(Diagram diagram, Locale locale) {
    return "```mermaid\n" + render(diagram, locale) + "```\n";
  }

  private static String sequence(Lanes d, Words w) {
    StringBuilder b = new StringBuilder("sequenceDiagram\n");
    for (Lanes.Lane lane : d.lanes()) {
      String function = lane.function().isEmpty() ? "" : "<br/>" + escape(lane.function());
      b.append(
          "  participant G%d as %s%s\n"
              .formatted(lane.goroutine(), escape(d.head(lane.goroutine(), w)), function));
    }
    Map<Integer, List<Lanes.Arrow>> into =
        d.arrows().stream()
            .collect(Collectors.groupingBy(Lanes.Arrow::to, HashMap::new, Collectors.toList()));
    for (int i = 0; i < d.marks().size(); i++) {
      Event e = d.marks().get(i);
      int g = e.at().goroutine();
      for (Lanes.Arrow a : into.getOrDefault(i, List.of())) {
        b.append(
            "  G%d%sG%d: %s\n"
                .formatted(
                    d.marks().get(a.from()).at().goroutine(), head(a.kind()), g, text(a, e, w)));
      }
      b.append("  Note over G%d: %s\n".formatted(g, mark(e, w)));
    }
    for (Lanes.Lane lane : d.lanes()) {
      if (lane.end() != Lanes.End.OVER) {
        String reason = lane.blocked().map(x -> x.reason().text()).orElse("");
        b.append(
            "  Note over G%d: %s\n"
                .formatted(lane.goroutine(), escape(w.get("lanes.end." + lane.end(), reason))));
      }
    }
    String folded = w.folded(d.folded());
    if (!folded.isEmpty() && !d.lanes().isEmpty()) {
      b.append("  Note over G%d: %s\n".formatted(d.lanes().getFirst().goroutine(), escape(folded)));
    }
    return b.toString();
  }

  private static String mark(Event e, Words w) {
    String place = Words.place(e.at());
    return LanesLayout.look(e).sign
        + " "
        + escape(Layout.cut(w.say(e)))
        + (place.isEmpty() ? "" : "<br/>" + escape(place));
  }

  private static String text(Lanes.Arrow a, Event target, Words w) {
    return switch (a.kind()) {
      case SPAWN -> "go";
      case VALUE -> escape(Layout.cut(Texts.clean(a.value())));
      case CLOSE -> "close";
      case WAKE -> escape(w.get("mermaid.wakes", target.at().goroutine()));
    };
  }

  private static String head(Lanes.ArrowKind kind) {
    return switch (kind) {
      case SPAWN, VALUE, CLOSE -> "->>";
      case WAKE -> "-->>";
    };
  }

  private static String flow(Scene scene, String direction) {
    StringBuilder b = new StringBuilder("flowchart ").append(direction).append('\n');
    for (Scene.Box box : scene.boxes()) {
      if (box.lines().isEmpty()) {
        continue;
      }
      String text = box.lines().stream().map(Mermaid::escape).collect(Collectors.joining("<br/>"));
      b.append("  %s[\"%s\"]\n".formatted(box.id(), text));
      String fill = box.look().fill.equals("none") ? "#ffffff" : box.look().fill;
      String stroke = box.look().stroke.equals("none") ? "#ffffff" : box.look().stroke;
      b.append(
          "  style %s fill:%s,stroke:%s,color:#000000%s\n"
              .formatted(box.id(), fill, stroke, dash(box.look())));
    }
    for (Scene.Line l : scene.lines()) {
      b.append("  %s %s %s\n".formatted(l.from(), arrow(l.stroke()), l.to()));
    }
    return b.toString();
  }

  private static String signals(SignalFlow d, Words w) {
    StringBuilder b = new StringBuilder("flowchart TB\n");
    for (SignalPath.Node n : SignalPath.Node.values()) {
      String more = w.get("signal.node." + n);
      String text =
          escape(SignalFlowLayout.name(n, w)) + (more.isEmpty() ? "" : "<br/>" + escape(more));
      b.append("  %s[\"%s\"]\n".formatted(n, text));
      if (d.passes(n)) {
        boolean deadly = n.isEnd() && d.drawn().stream().anyMatch(x -> x.effect().ends());
        Scene.Look look = deadly ? Scene.Look.PANIC : Scene.Look.SIGNAL;
        b.append(
            "  style %s fill:%s,stroke:%s,color:#000000%s\n"
                .formatted(n, look.fill, look.stroke, dash(look)));
      }
    }
    for (SignalFlow.Edge e : SignalFlow.EDGES) {
      String label =
          e.because() == SignalPath.Because.ALWAYS
              ? ""
              : "|\"" + escape(w.get("signal.because." + e.because())) + "\"|";
      String arrow = d.taken(e).isPresent() ? "==>" : "-->";
      b.append("  %s %s%s %s\n".formatted(e.from(), arrow, label, e.to()));
    }
    return b.toString();
  }

  private static String dash(Scene.Look look) {
    return switch (look.style) {
      case "dashed" -> ",stroke-dasharray:5 3";
      case "dotted" -> ",stroke-dasharray:2 3";
      case "bold" -> ",stroke-width:2px";
      default -> "";
    };
  }

  private static String arrow(Scene.Stroke stroke) {
    return switch (stroke) {
      case LIFE, SHAFT -> "---";
      case PARKED, BEFORE -> "-.-";
      case ARROW -> "-->";
      case TAKEN -> "==>";
      case BARRED -> "--x";
    };
  }

  /**
   * Whatever could end a label, begin a tag, or be read by Mermaid or by Markdown, as one of
   * Mermaid's numbered characters.
   */
  static String escape(String text) {
    StringBuilder b = new StringBuilder();
    Texts.clean(text)
        .codePoints()
        .forEach(c -> {
          if (c < 0x80 && "\"#;<>&`%{}[]()|\\".indexOf(c) >= 0) {
            b.append('#').append(c).append(';');
          } else {
            b.appendCodePoint(c);
          }
        });
    return b.toString();
  }
}
