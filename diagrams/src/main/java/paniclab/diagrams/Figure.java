package paniclab.diagrams;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A picture in all the forms a front end may want.
 *
 * @param language of the fixed words, as a language tag
 * @param title a few words
 * @param alt the picture in one sentence
 * @param svg absent where no engine is at hand
 * @param mermaid without a fence
 * @param text the same facts as lines
 */
public record Figure(
    String language, String title, String alt, Optional<String> svg, String mermaid, String text) {

  /** The figure of a diagram, drawn by the engine at hand; see {@link Svg#standard()}. */
  public static Figure of(Diagram diagram, Locale locale) {
    return of(diagram, locale, Svg.standard());
  }

  /** The figure of a diagram, drawn by the given engines. */
  public static Figure of(Diagram diagram, Locale locale, Svg engines) {
    return new Figure(
        Words.of(locale).tag(),
        Layout.of(diagram, locale).title(),
        AltText.of(diagram, locale),
        engines.draw(Dot.render(diagram, locale)),
        Mermaid.render(diagram, locale),
        PlainText.render(diagram, locale));
  }

  /** Readies the engine, so that the first figure is quick. Call it from a thread that may wait. */
  public static void warm() {
    Svg.standard().warm();
  }

  /**
   * MIME type to content, the richest first: {@code text/html} with the picture as an image that
   * every front end shows, trusted or not, and {@code text/plain}. Without an engine, a Mermaid
   * fence in {@code text/markdown} stands in for the picture.
   */
  public Map<String, String> bundle() {
    if (svg.isEmpty()) {
      return mermaidBundle();
    }
    Map<String, String> m = new LinkedHashMap<>();
    m.put("text/html", html());
    m.put("text/plain", text);
    return m;
  }

  /** The Mermaid form as an output of its own, to be copied; {@code text/plain} beside it. */
  public Map<String, String> mermaidBundle() {
    Map<String, String> m = new LinkedHashMap<>();
    m.put("text/markdown", "```mermaid\n" + mermaid + "```\n");
    m.put("text/plain", text);
    return m;
  }

  private static final Pattern WIDTH = Pattern.compile("^<svg width=\"([0-9.]+)px\"");

  /** Pixels: a wider picture is not shrunk to the page, it can be moved. */
  private static final double MAX_SHRUNK = 1_300;

  /** An HTML figure; without an engine, the text in it. */
  public String html() {
    String inner = svg.map(this::image).orElseGet(() -> "<pre>" + Texts.html(text) + "</pre>");
    return "<figure lang=\"%s\" style=\"margin:0;overflow-x:auto\"><figcaption><b>%s</b></figcaption>%s</figure>"
        .formatted(language, Texts.html(title), inner);
  }

  private String image(String picture) {
    Matcher m = WIDTH.matcher(picture);
    boolean wide = m.find() && Double.parseDouble(m.group(1)) > MAX_SHRUNK;
    return "<img alt=\"%s\" style=\"max-width:%s;height:auto;background:#ffffff\" src=\"data:image/svg+xml;base64,%s\">"
        .formatted(
            Texts.html(alt),
            wide ? "none" : "100%",
            Base64.getEncoder().encodeToString(picture.getBytes(StandardCharsets.UTF_8)));
  }
}
