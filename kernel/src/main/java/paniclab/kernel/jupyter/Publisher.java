package paniclab.kernel.jupyter;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.zeromq.ZMQ;

/**
 * The iopub channel. One thread owns the socket; the others leave messages in a queue that holds so
 * many and then makes them wait, so that a flood is slowed and never lost.
 */
final class Publisher {
  /** Messages in the queue, and in the socket for each slow client; a stream's has 16 KiB. */
  private static final int CAPACITY = 2_000;

  private record Item(Outgoing message, Runnable after) {}

  private static final Runnable NOTHING = () -> {};

  private final BlockingQueue<Item> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Wake wake = new Wake();
  private final Wire wire;
  private final ZMQ.Socket socket;
  private final ZMQ.Poller poller;

  Publisher(Sockets sockets, Wire wire) {
    this.wire = wire;
    socket = sockets.bindPublisher(CAPACITY);
    poller = sockets.poller(2);
    poller.register(socket, ZMQ.Poller.POLLIN);
    poller.register(wake.channel(), ZMQ.Poller.POLLIN);
    Thread t = new Thread(this::serve, "iopub");
    t.setDaemon(true);
    t.start();
  }

  /** Publishes a message, after all that were published before it. */
  void publish(Outgoing message) {
    put(new Item(message, NOTHING));
  }

  /** Publishes a message and does something once it is with the socket. */
  void publish(Outgoing message, Runnable after) {
    put(new Item(message, after));
  }

  private void put(Item item) {
    boolean interrupted = false;
    while (true) {
      try {
        queue.put(item);
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    wake.raise();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve() {
    while (true) {
      try {
        poller.poll(-1);
        wake.lower();
        welcome();
        Item next = queue.poll();
        while (next != null) {
          Sockets.send(socket, wire.encode(next.message()));
          next.after().run();
          next = queue.poll();
        }
      } catch (RuntimeException | Error e) {
        JupyterLog.warn("iopub", e);
      }
    }
  }

  /** Tells each new subscriber that it will miss nothing from here on. */
  private void welcome() {
    byte[] subscription = socket.recv(ZMQ.DONTWAIT);
    while (subscription != null) {
      if (subscription.length > 0 && subscription[0] == 1) {
        JsonObject content = new JsonObject();
        content.addProperty(
            "subscription",
            new String(subscription, 1, subscription.length - 1, StandardCharsets.UTF_8));
        Sockets.send(
            socket, wire.encode(Outgoing.published("iopub_welcome", Outgoing.NO_PARENT, content)));
      }
      subscription = socket.recv(ZMQ.DONTWAIT);
    }
  }
}
