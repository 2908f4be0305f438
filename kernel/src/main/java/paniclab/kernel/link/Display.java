package paniclab.kernel.link;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A MIME bundle: the same thing in several forms, of which a front end shows the richest it knows.
 *
 * @param data text by MIME type; where the type ends in {@code json} the text is JSON
 * @param metadata JSON text by MIME type; empty for most
 * @param id under which it can be updated later
 */
public record Display(Map<String, String> data, Map<String, String> metadata, Optional<String> id) {
  /** The form every front end can show. */
  public static final String TEXT = "text/plain";

  /** HTML. */
  public static final String HTML = "text/html";

  public Display {
    data = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(data));
    metadata = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /** Plain text alone. */
  public static Display text(String text) {
    return of(TEXT, text);
  }

  /** One form alone. */
  public static Display of(String mime, String text) {
    return new Display(Map.of(mime, text), Map.of(), Optional.empty());
  }

  /** The same with one more form, after those it has. */
  public Display and(String mime, String text) {
    Map<String, String> more = new LinkedHashMap<>(data);
    more.put(mime, text);
    return new Display(more, metadata, id);
  }

  /** The same under an id. */
  public Display withId(String name) {
    return new Display(data, metadata, Optional.of(name));
  }

  /** The plain text, or the empty string. */
  public String text() {
    return data.getOrDefault(TEXT, "");
  }
}
