package paniclab.kernel.jupyter;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message of ours.
 *
 * @param identities route it; a topic on iopub
 * @param parentHeader of what it answers; {@code {}} for nothing
 */
record Outgoing(
    List<byte[]> identities,
    String type,
    byte[] parentHeader,
    JsonObject content,
    JsonObject metadata,
    List<byte[]> buffers) {
  static final byte[] NO_PARENT = "{}".getBytes(StandardCharsets.UTF_8);

  /** A message on iopub. */
  static Outgoing published(String type, byte[] parent, JsonObject content) {
    return new Outgoing(
        List.of(type.getBytes(StandardCharsets.UTF_8)),
        type,
        parent,
        content,
        new JsonObject(),
        List.of());
  }
}
