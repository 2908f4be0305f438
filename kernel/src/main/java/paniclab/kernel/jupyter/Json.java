package paniclab.kernel.jupyter;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Map;
import paniclab.kernel.link.Display;

/** Content of messages. */
final class Json {
  static final Gson GSON = new Gson();

  private Json() {}

  /** The content of a reply that went well. */
  static JsonObject ok() {
    JsonObject o = new JsonObject();
    o.addProperty("status", "ok");
    return o;
  }

  static JsonObject of(String name, String value) {
    JsonObject o = new JsonObject();
    o.addProperty(name, value);
    return o;
  }

  static JsonArray array(List<String> texts) {
    JsonArray a = new JsonArray();
    texts.forEach(a::add);
    return a;
  }

  /** JSON text, or the text itself as a JSON string where it is none. */
  static JsonElement parse(String json) {
    try {
      return JsonParser.parseString(json);
    } catch (JsonParseException e) {
      return new JsonPrimitive(json);
    }
  }

  /** The data and metadata of a bundle, and its id where it has one. */
  static JsonObject bundle(Display d) {
    JsonObject o = new JsonObject();
    o.add("data", forms(d.data()));
    JsonObject metadata = new JsonObject();
    d.metadata().forEach((mime, json) -> metadata.add(mime, parse(json)));
    o.add("metadata", metadata);
    d.id().ifPresent(id -> o.add("transient", of("display_id", id)));
    return o;
  }

  private static JsonObject forms(Map<String, String> data) {
    JsonObject o = new JsonObject();
    data.forEach(
        (mime, text) -> o.add(mime, mime.endsWith("json") ? parse(text) : new JsonPrimitive(text)));
    return o;
  }
}
