package paniclab.kernel.worker;

import java.util.List;
import java.util.function.Consumer;
import paniclab.kernel.link.Frame.CommKind;

/** One side of a line to the front end, as widgets use it. Data are JSON texts of objects. */
public final class Comm {
  private static final Consumer<Message> NOBODY = _ -> {};

  private final Comms comms;
  private final String id;
  private volatile Consumer<Message> receiver = NOBODY;

  Comm(Comms comms, String id) {
    this.comms = comms;
    this.id = id;
  }

  /** What came over a comm. */
  public record Message(String data, List<byte[]> buffers, boolean last) {}

  /** The comm's id. */
  public String id() {
    return id;
  }

  /** Says who takes what the front end sends. */
  public Comm onMessage(Consumer<Message> taker) {
    receiver = taker;
    return this;
  }

  /** Sends a JSON object. */
  public void send(String data) {
    send(data, List.of());
  }

  /** Sends a JSON object and binary parts. */
  public void send(String data, List<byte[]> buffers) {
    comms.send(CommKind.MESSAGE, id, "", data, "{}", buffers);
  }

  /** Ends the line. */
  public void close() {
    comms.close(id);
  }

  void receive(Message message) {
    receiver.accept(message);
  }
}
