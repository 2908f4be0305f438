package paniclab.kernel.jupyter;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** The stdin channel: one question at a time, and only the answer to it counts. */
final class StdinChannel {
  private record Question(
      Incoming cell, String prompt, boolean password, Consumer<String> answer) {}

  private final Queue<Optional<Question>> queue = new ConcurrentLinkedQueue<>();
  private final Wake wake = new Wake();
  private final Wire wire;
  private final ZMQ.Socket socket;
  private final ZMQ.Poller poller;
  private Optional<Question> open = Optional.empty();
  private String openId = "";

  StdinChannel(Sockets sockets, Wire wire) {
    this.wire = wire;
    socket = sockets.bind(SocketType.ROUTER, sockets.properties().getStdinPort());
    poller = sockets.poller(2);
    poller.register(socket, ZMQ.Poller.POLLIN);
    poller.register(wake.channel(), ZMQ.Poller.POLLIN);
    Thread t = new Thread(this::serve, "stdin");
    t.setDaemon(true);
    t.start();
  }

  /**
   * Asks the client of a cell.
   *
   * @param answer takes the line, in another thread; never called if the cell is over first
   */
  void ask(Incoming cell, String prompt, boolean password, Consumer<String> answer) {
    queue.add(Optional.of(new Question(cell, prompt, password, answer)));
    wake.raise();
  }

  /** Forgets the open question: its cell is over. */
  void forget() {
    queue.add(Optional.empty());
    wake.raise();
  }

  private void serve() {
    while (true) {
      try {
        poller.poll(-1);
        wake.lower();
        // Answers first: what came before a question cannot be its answer.
        while ((socket.getEvents() & ZMQ.Poller.POLLIN) != 0) {
          take(wire.decode(Sockets.receive(socket)));
        }
        Optional<Question> next = queue.poll();
        while (next != null) {
          open = next;
          next.ifPresent(this::send);
          next = queue.poll();
        }
      } catch (BadMessage e) {
        JupyterLog.note("stdin: dropped " + e.getMessage());
      } catch (RuntimeException | Error e) {
        JupyterLog.warn("stdin", e);
      }
    }
  }

  private void send(Question q) {
    JsonObject content = new JsonObject();
    content.addProperty("prompt", q.prompt());
    content.addProperty("password", q.password());
    List<byte[]> frames =
        wire.encode(
            new Outgoing(
                q.cell().identities(),
                "input_request",
                q.cell().rawHeader(),
                content,
                new JsonObject(),
                List.of()));
    openId = idOf(frames, q.cell().identities().size());
    Sockets.send(socket, frames);
  }

  private static String idOf(List<byte[]> frames, int identities) {
    return com.google.gson.JsonParser.parseString(
            new String(frames.get(identities + 2), java.nio.charset.StandardCharsets.UTF_8))
        .getAsJsonObject()
        .get("msg_id")
        .getAsString();
  }

  private void take(Incoming reply) {
    boolean ours =
        reply.type().equals("input_reply")
            && reply.parentId().map(p -> p.equals(openId)).orElse(true);
    if (open.isEmpty() || !ours) {
      JupyterLog.note("stdin: an answer to no open question was dropped");
      return;
    }
    Question q = open.get();
    open = Optional.empty();
    q.answer().accept(reply.text("value", ""));
  }
}
