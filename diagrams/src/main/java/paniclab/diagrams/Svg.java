package paniclab.diagrams;

import guru.nidi.graphviz.engine.Engine;
import guru.nidi.graphviz.engine.Format;
import guru.nidi.graphviz.engine.GraphvizEngine;
import guru.nidi.graphviz.engine.GraphvizException;
import guru.nidi.graphviz.engine.Options;
import guru.nidi.graphviz.engine.Rasterizer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import paniclab.diagrams.internal.DotProcess;
import paniclab.diagrams.internal.WasmGraphviz;

/**
 * Draws DOT as SVG with the first engine that can, and remembers what it drew. Any thread may draw;
 * one does at a time.
 */
public final class Svg {
  /** How many pictures are remembered. */
  public static final int MAX_REMEMBERED = 256;

  private static final Options OPTIONS = Options.create().engine(Engine.NEATO).format(Format.SVG);

  private static final Svg STANDARD = new Svg(Svg::findStandard);

  /** The size of the whole picture, which Graphviz gives in points of a page. */
  private static final Pattern SIZE =
      Pattern.compile("width=\"([0-9.]+)pt\" height=\"([0-9.]+)pt\"");

  private final Supplier<List<GraphvizEngine>> find;
  private Optional<List<GraphvizEngine>> engines = Optional.empty();
  private final Map<String, String> drawn = new LinkedHashMap<>(16, 0.75f, true);

  private Svg(Supplier<List<GraphvizEngine>> find) {
    this.find = find;
  }

  /**
   * The engines of this machine: the installed {@code dot} where there is one, then the built-in
   * Graphviz. Looked for when first needed.
   */
  public static Svg standard() {
    return STANDARD;
  }

  /** The built-in Graphviz alone: the same bytes on every machine. */
  public static Svg builtIn() {
    return new Svg(() -> List.of(new WasmGraphviz()));
  }

  /** No engine at all: figures fall back to Mermaid and text. */
  public static Svg none() {
    return new Svg(List::of);
  }

  /** The given engines, tried in order. */
  static Svg of(GraphvizEngine... engines) {
    return new Svg(() -> List.of(engines));
  }

  private static List<GraphvizEngine> findStandard() {
    DotProcess dot = new DotProcess("dot", DotProcess.TIMEOUT);
    return dot.isThere() ? List.of(dot, new WasmGraphviz()) : List.of(new WasmGraphviz());
  }

  /** The picture, or nothing where no engine could draw it. */
  public synchronized Optional<String> draw(String dot) {
    String key = hash(dot);
    String known = drawn.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    if (engines.isEmpty()) {
      engines = Optional.of(find.get());
    }
    for (GraphvizEngine e : engines.get()) {
      Optional<String> svg = draw(e, dot);
      if (svg.isPresent()) {
        remember(key, svg.get());
        return svg;
      }
    }
    return Optional.empty();
  }

  /** Readies the engines, so that the first picture is quick. Call it where waiting is fine. */
  public void warm() {
    draw("digraph { a }");
  }

  private static Optional<String> draw(GraphvizEngine engine, String dot) {
    try {
      return Optional.of(tidy(engine.execute(dot, OPTIONS, Rasterizer.NONE).asString()));
    } catch (GraphvizException | IOException e) {
      return Optional.empty();
    }
  }

  private void remember(String key, String svg) {
    drawn.put(key, svg);
    if (drawn.size() > MAX_REMEMBERED) {
      drawn.remove(drawn.keySet().iterator().next());
    }
  }

  /** Only the picture: no prologue, no comment with the engine's version, sizes in pixels. */
  private static String tidy(String svg) {
    String s = svg.substring(Math.max(0, svg.indexOf("<svg")));
    s = s.replaceAll("(?s)<!--.*?-->\\R?", "").replace("\r\n", "\n");
    Matcher m = SIZE.matcher(s);
    return m.replaceFirst("width=\"$1px\" height=\"$2px\"");
  }

  private static String hash(String dot) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(dot.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
