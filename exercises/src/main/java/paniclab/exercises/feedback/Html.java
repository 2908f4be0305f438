package paniclab.exercises.feedback;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes HTML. All text is escaped: what a student wrote is shown, never interpreted. */
final class Html {
  private final StringBuilder b = new StringBuilder();

  Html raw(String html) {
    b.append(html);
    return this;
  }

  void text(String text) {
    b.append(escape(text));
  }

  /** An element with text in it; {@code classes} may be empty. */
  void element(String name, String classes, String text) {
    b.append('<').append(name);
    if (!classes.isEmpty()) {
      b.append(" class=\"").append(classes).append('"');
    }
    b.append('>').append(escape(text)).append("</").append(name).append('>');
  }

  void list(List<String> lines) {
    if (!lines.isEmpty()) {
      raw("<ul>");
      lines.forEach(l -> element("li", "", l));
      raw("</ul>");
    }
  }

  static String escape(String s) {
    return s.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  static String resource(String name) {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing in the exercises module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return b.toString();
  }
}
