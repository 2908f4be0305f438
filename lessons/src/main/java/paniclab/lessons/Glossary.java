package paniclab.lessons;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;

/** The words of the course, one for each thing, in both languages: {@code glossary.json}. */
public final class Glossary {
  private static final String FILE = "glossary.json";

  private final Map<String, Entry> entries;

  private Glossary(Map<String, Entry> entries) {
    this.entries = entries;
  }

  /**
   * A word and what it means.
   *
   * @param id what lessons call it
   */
  public record Entry(String id, Claim.Text term, Claim.Text says) {}

  /** The glossary that came with the product. */
  public static Glossary builtIn() {
    return Holder.BUILT_IN;
  }

  private static final class Holder {
    static final Glossary BUILT_IN = load();
  }

  private static Glossary load() {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (JsonElement e : JsonParser.parseString(read()).getAsJsonArray()) {
      JsonObject o = e.getAsJsonObject();
      String id = o.get("id").getAsString();
      Entry entry = new Entry(id, text(o.getAsJsonObject("term")), text(o.getAsJsonObject("says")));
      if (entries.put(id, entry) != null) {
        throw new IllegalStateException(FILE + ": " + id + " is there twice; keep one");
      }
    }
    return new Glossary(entries);
  }

  private static String read() {
    try (InputStream in = Glossary.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new MissingResourceException(FILE + " is not in the lessons module", FILE, "");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Claim.Text text(JsonObject o) {
    return new Claim.Text(o.get("en").getAsString(), o.get("zh-CN").getAsString());
  }

  /** All entries, in the order of the file. */
  public List<Entry> all() {
    return List.copyOf(entries.values());
  }

  /** The entry of this id. */
  public Optional<Entry> find(String id) {
    return Optional.ofNullable(entries.get(id));
  }
}
