package paniclab.diagrams;

import java.util.List;
import java.util.Optional;

/** Draws DOT as SVG with the first engine that can. */
public final class Svg {
  private static final Svg STANDARD = new Svg(List.of());

  private final List<Engine> engines;

  /** Something that turns DOT into SVG. */
  interface Engine {
    /** The SVG. */
    Optional<String> draw(String dot);
  }

  private Svg(List<Engine> engines) {
    this.engines = List.copyOf(engines);
  }

  /** The engines of this machine. */
  public static Svg standard() {
    return STANDARD;
  }

  /** The picture, or nothing where no engine is at hand. */
  public Optional<String> draw(String dot) {
    return engines.stream().flatMap(e -> e.draw(dot).stream()).findFirst();
  }

  /** Readies the engines. */
  public void warm() {
    draw("digraph { a }");
  }
}
