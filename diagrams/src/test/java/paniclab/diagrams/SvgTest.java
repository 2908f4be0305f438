package paniclab.diagrams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import guru.nidi.graphviz.engine.Engine;
import guru.nidi.graphviz.engine.Format;
import guru.nidi.graphviz.engine.GraphvizException;
import guru.nidi.graphviz.engine.Options;
import guru.nidi.graphviz.engine.Rasterizer;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import paniclab.diagrams.internal.DotProcess;
import paniclab.diagrams.internal.WasmGraphviz;

/** The engines, and what happens without them. */
class SvgTest {
  private static final Options SVG = Options.create().engine(Engine.NEATO).format(Format.SVG);

  @Test
  void everyPictureIsXmlAndNamesNoFile() throws Exception {
    Svg engine = Svg.builtIn();
    for (Map.Entry<String, Diagram> e : Samples.all().entrySet()) {
      for (Locale l : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
        String dot = Dot.render(e.getValue(), l);
        assertFalse(dot.matches("(?s).*\"(image|shapefile|fontpath)\"=.*"), e.getKey());
        String svg = engine.draw(dot).orElseThrow();
        var doc =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)));
        assertEquals("svg", doc.getDocumentElement().getTagName());
        assertEquals(0, doc.getElementsByTagName("image").getLength(), e.getKey());
        assertEquals(0, doc.getElementsByTagName("script").getLength(), e.getKey());
      }
    }
  }

  @Test
  void learnersWordsArriveAsTheyAre() {
    String svg =
        Svg.builtIn().draw(Dot.render(Lanes.of(Samples.hostile()), Locale.ENGLISH)).orElseThrow();
    String shown = svg.replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">");
    shown = shown.replace("&#45;", "-").replace("&#160;", " ").replace("&amp;", "&");
    assertTrue(shown.contains("main.\"];x[label=<b>&\\N"), svg);
    assertTrue(shown.contains("main.</script>\\u202e`{}|#;"), svg);
  }

  @Test
  void noPictureHasMoreBoxesThanTheLimit() {
    for (Map.Entry<String, Diagram> e : Samples.all().entrySet()) {
      long boxes =
          Layout.of(e.getValue(), Locale.ENGLISH).boxes().stream()
              .filter(b -> !b.lines().isEmpty())
              .count();
      assertTrue(boxes <= Diagram.MAX_NODES + 1, e.getKey() + ": " + boxes);
    }
  }

  @Test
  void aBrokenGraphIsAnExceptionAndTheNextOneIsDrawn() {
    WasmGraphviz engine = new WasmGraphviz();
    assertThrowsGraphviz(() -> engine.execute("digraph {", SVG, Rasterizer.NONE));
    assertTrue(engine.execute("digraph { a }", SVG, Rasterizer.NONE).toString().length() > 0);
  }

  @Test
  void withoutAnEngineMermaidAndTextStandIn() {
    Figure f = Figure.of(Lanes.of(Samples.leak()), Locale.ENGLISH, Svg.none());
    assertEquals(List.of("text/markdown", "text/plain"), List.copyOf(f.bundle().keySet()));
    assertTrue(
        f.bundle().getOrDefault("text/markdown", "").startsWith("```mermaid\nsequenceDiagram\n"));
    assertTrue(f.html().contains("<pre>"));
  }

  @Test
  void theBundleHasHtmlFirstWithAnAltText() {
    Figure f = Figure.of(RecoverReach.of(Samples.childPanics()), Locale.ENGLISH, Svg.builtIn());
    assertEquals(List.of("text/html", "text/plain"), List.copyOf(f.bundle().keySet()));
    String html = f.bundle().getOrDefault("text/html", "");
    assertTrue(html.contains("src=\"data:image/svg+xml;base64,"), html);
    assertTrue(
        html.contains(
            "alt=\"Who may recover whom: panic boom in goroutine 2: ended the process.\""),
        html);
  }

  @Test
  void aMissingDotIsNotThere() {
    assertFalse(new DotProcess("no-such-graphviz", Duration.ofSeconds(1)).isThere());
  }

  @Test
  void aDotThatHangsOrFailsIsGivenUp(@TempDir Path dir) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(Path.of("/bin/sh")), "needs a shell to play the part of dot");
    Path hangs = script(dir, "hangs", "exec sleep 30");
    long start = System.nanoTime();
    assertThrowsGraphviz(() ->
        new DotProcess(hangs.toString(), Duration.ofMillis(300))
            .execute("digraph {}", SVG, Rasterizer.NONE));
    assertTrue(System.nanoTime() - start < 20_000_000_000L, "waited for the hanging dot");
    Path fails = script(dir, "fails", "exit 3");
    DotProcess failing = new DotProcess(fails.toString(), Duration.ofSeconds(5));
    assertThrowsGraphviz(() -> failing.execute("digraph {}", SVG, Rasterizer.NONE));
    assertTrue(Svg.of(failing, new WasmGraphviz()).draw("digraph { a }").isPresent());
    assertTrue(Svg.of(failing).draw("digraph { a }").isEmpty());
  }

  private static Path script(Path dir, String name, String body) throws IOException {
    Path f = Files.writeString(dir.resolve(name), "#!/bin/sh\n" + body + "\n");
    assertTrue(f.toFile().setExecutable(true));
    return f;
  }

  private static void assertThrowsGraphviz(Runnable r) {
    Assertions.assertThrows(GraphvizException.class, r::run);
  }
}
