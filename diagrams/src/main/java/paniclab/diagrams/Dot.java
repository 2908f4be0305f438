package paniclab.diagrams;

import static guru.nidi.graphviz.model.Factory.mutGraph;
import static guru.nidi.graphviz.model.Factory.mutNode;
import static guru.nidi.graphviz.model.Link.to;

import guru.nidi.graphviz.attribute.Label;
import guru.nidi.graphviz.model.Link;
import guru.nidi.graphviz.model.MutableGraph;
import guru.nidi.graphviz.model.MutableNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Diagrams as Graphviz DOT. Every box has its place and size already, so the engine ({@code neato}
 * with pinned nodes) only draws: the picture does not depend on fonts of the machine. No attribute
 * names a file.
 */
public final class Dot {
  /** Points. */
  static final int FONT_SIZE = 12;

  private static final String FONTS =
      "Noto Sans CJK SC, Noto Sans SC, Microsoft YaHei, PingFang SC, sans-serif";

  /** Graphviz measures nodes in inches and draws 72 points to one. */
  private static final double INCH = 72;

  private Dot() {}

  /** The DOT text of a diagram. */
  public static String render(Diagram diagram, Locale locale) {
    return render(Layout.of(diagram, locale));
  }

  private static String render(Scene scene) {
    MutableGraph g = mutGraph("paniclab").setDirected(true);
    g.graphAttrs()
        .add("layout", "neato")
        .graphAttrs()
        .add("inputscale", INCH)
        .graphAttrs()
        .add("splines", "line")
        .graphAttrs()
        .add("outputorder", "nodesfirst")
        .graphAttrs()
        .add("notranslate", "true")
        .graphAttrs()
        .add("bgcolor", "#ffffff")
        .graphAttrs()
        .add("pad", "0.2");
    g.nodeAttrs()
        .add("shape", "box")
        .nodeAttrs()
        .add("fixedsize", "true")
        .nodeAttrs()
        .add("fontname", FONTS)
        .nodeAttrs()
        .add("fontsize", FONT_SIZE)
        .nodeAttrs()
        .add("fontcolor", "#000000");
    Map<String, MutableNode> nodes = new LinkedHashMap<>();
    for (Scene.Box b : scene.boxes()) {
      MutableNode n = node(b);
      nodes.put(b.id(), n);
      g.add(n);
    }
    for (Scene.Line l : scene.lines()) {
      MutableNode from = nodes.get(l.from());
      MutableNode to = nodes.get(l.to());
      if (from == null || to == null) {
        throw new IllegalArgumentException("line from " + l.from() + " to " + l.to());
      }
      from.addLink(line(l, to));
    }
    return g.toString();
  }

  private static MutableNode node(Scene.Box b) {
    Scene.Look look = b.look();
    MutableNode n = mutNode(b.id());
    n.add("pos", number(b.x()) + "," + number(-b.y()) + "!");
    n.add("width", number(b.w() / INCH));
    n.add("height", number(b.h() / INCH));
    n.add(
        Label.lines(
            Label.Justification.LEFT, b.lines().stream().map(Dot::escape).toArray(String[]::new)));
    n.add("color", look.stroke.equals("none") ? "#ffffff00" : look.stroke);
    n.add("fillcolor", look.fill.equals("none") ? "#ffffff00" : look.fill);
    n.add("style", style(look));
    return n;
  }

  private static String style(Scene.Look look) {
    String corners = "filled,rounded";
    return look.style.isEmpty() ? corners : corners + "," + look.style;
  }

  /** A backslash would start one of Graphviz's escapes, an ampersand a reference. */
  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("&", "&amp;");
  }

  private static Link line(Scene.Line l, MutableNode target) {
    Map<String, String> a = new LinkedHashMap<>();
    a.put("color", l.look().stroke);
    a.put("tailport", port(l.out()));
    a.put("headport", port(l.in()));
    switch (l.stroke()) {
      case LIFE -> {
        a.put("arrowhead", "none");
        a.put("penwidth", "2.5");
      }
      case PARKED -> {
        a.put("arrowhead", "none");
        a.put("style", "dashed");
        a.put("penwidth", "1.5");
      }
      case BEFORE -> {
        a.put("arrowhead", "none");
        a.put("style", "dotted");
      }
      case SHAFT -> {
        a.put("arrowhead", "none");
        a.put("penwidth", "1.5");
      }
      case ARROW -> {
        a.put("arrowhead", "normal");
        a.put("penwidth", "1.5");
      }
      case TAKEN -> {
        a.put("arrowhead", "normal");
        a.put("penwidth", "3");
      }
      case BARRED -> {
        a.put("arrowhead", "tee");
        a.put("style", "dotted");
        a.put("penwidth", "1.5");
      }
    }
    Link link = to(target);
    for (Map.Entry<String, String> e : a.entrySet()) {
      link = link.with(e.getKey(), e.getValue());
    }
    return link;
  }

  private static String port(Scene.Side side) {
    return switch (side) {
      case NEAREST -> "_";
      case LEFT -> "w";
      case RIGHT -> "e";
    };
  }

  private static String number(double d) {
    return String.format(Locale.ROOT, "%.3f", d);
  }
}
