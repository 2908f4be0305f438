package paniclab.kernel.jupyter;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import io.github.spencerpark.jupyter.messages.HMACGenerator;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Messages to frames and back: the framing, the signature and the header of the protocol. */
final class Wire {
  /** The version of the protocol that headers and kernel_info say. */
  static final String PROTOCOL = "5.5";

  private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);

  private final Gson gson = new GsonBuilder().serializeNulls().disableHtmlEscaping().create();
  private final HMACGenerator signer;
  private final String session = UUID.randomUUID().toString();

  Wire(KernelConnectionProperties properties) throws GeneralSecurityException {
    signer = properties.createHMACGenerator();
  }

  /** The frames of a message. */
  List<byte[]> encode(Outgoing m) {
    byte[] header = utf8(header(m.type()));
    byte[] metadata = utf8(m.metadata());
    byte[] content = utf8(m.content());
    String signature = signer.calculateSignature(header, m.parentHeader(), metadata, content);
    List<byte[]> frames = new ArrayList<>(m.identities());
    frames.add(DELIMITER);
    frames.add(signature.getBytes(StandardCharsets.US_ASCII));
    frames.addAll(List.of(header, m.parentHeader(), metadata, content));
    frames.addAll(m.buffers());
    return frames;
  }

  private JsonObject header(String type) {
    JsonObject h = new JsonObject();
    h.addProperty("msg_id", UUID.randomUUID().toString());
    h.addProperty("username", "kernel");
    h.addProperty("session", session);
    h.addProperty("date", now());
    h.addProperty("msg_type", type);
    h.addProperty("version", PROTOCOL);
    return h;
  }

  /** The time as headers write it. */
  static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MICROS).toString();
  }

  private byte[] utf8(JsonObject o) {
    return gson.toJson(o).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the frames of a message.
   *
   * @throws BadMessage where the signature or the form is wrong
   */
  Incoming decode(List<byte[]> frames) throws BadMessage {
    int at = 0;
    while (at < frames.size() && !Arrays.equals(frames.get(at), DELIMITER)) {
      at++;
    }
    if (frames.size() < at + 6) {
      throw new BadMessage("a message of " + frames.size() + " frames without all its parts");
    }
    byte[] header = frames.get(at + 2);
    byte[] parent = frames.get(at + 3);
    byte[] metadata = frames.get(at + 4);
    byte[] content = frames.get(at + 5);
    String expected = signer.calculateSignature(header, parent, metadata, content);
    if (!MessageDigest.isEqual(expected.getBytes(StandardCharsets.US_ASCII), frames.get(at + 1))) {
      throw new BadMessage("a message whose signature is wrong");
    }
    JsonObject head = object(header, "header");
    return new Incoming(
        List.copyOf(frames.subList(0, at)),
        header,
        member(head, "msg_type"),
        member(head, "msg_id"),
        Optional.ofNullable(object(parent, "parent header").get("msg_id"))
            .filter(JsonElement::isJsonPrimitive)
            .map(JsonElement::getAsString),
        object(content, "content"),
        object(metadata, "metadata"),
        List.copyOf(frames.subList(at + 6, frames.size())));
  }

  private static String member(JsonObject head, String name) throws BadMessage {
    JsonElement e = head.get(name);
    if (e == null || !e.isJsonPrimitive()) {
      throw new BadMessage("a header without " + name);
    }
    return e.getAsString();
  }

  private static JsonObject object(byte[] json, String what) throws BadMessage {
    try {
      JsonElement e = JsonParser.parseString(new String(json, StandardCharsets.UTF_8));
      if (e.isJsonObject()) {
        return e.getAsJsonObject();
      }
    } catch (JsonParseException e) {
      throw new BadMessage("a " + what + " that is not JSON: " + e.getMessage());
    }
    throw new BadMessage("a " + what + " that is not a JSON object");
  }
}
