package paniclab.kernel.jupyter;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A message of a client.
 *
 * @param identities route the answer back
 * @param rawHeader is every answer's parent header, byte for byte
 * @param parentId the msg_id of its parent header
 * @param buffers binary parts
 */
record Incoming(
    List<byte[]> identities,
    byte[] rawHeader,
    String type,
    String id,
    Optional<String> parentId,
    JsonObject content,
    JsonObject metadata,
    List<byte[]> buffers) {

  /** A text of the content, or the default where it is missing or something else. */
  String text(String name, String otherwise) {
    return primitive(name).map(JsonElement::getAsString).orElse(otherwise);
  }

  /** A number of the content, or the default where it is missing or something else. */
  int number(String name, int otherwise) {
    return primitive(name)
        .filter(e -> e.getAsJsonPrimitive().isNumber())
        .map(JsonElement::getAsInt)
        .orElse(otherwise);
  }

  /** A truth value of the content, or the default where it is missing or something else. */
  boolean flag(String name, boolean otherwise) {
    return primitive(name)
        .filter(e -> e.getAsJsonPrimitive().isBoolean())
        .map(JsonElement::getAsBoolean)
        .orElse(otherwise);
  }

  /** An object of the content, or an empty one. */
  JsonObject object(String name) {
    JsonElement e = content.get(name);
    return e != null && e.isJsonObject() ? e.getAsJsonObject() : new JsonObject();
  }

  private Optional<JsonElement> primitive(String name) {
    return Optional.ofNullable(content.get(name)).filter(JsonElement::isJsonPrimitive);
  }
}
