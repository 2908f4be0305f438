package paniclab.kernel.jupyter;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/** The sockets of a connection file. */
final class Sockets {
  private final KernelConnectionProperties properties;
  private final ZMQ.Context context = ZMQ.context(1);

  Sockets(KernelConnectionProperties properties) {
    this.properties = properties;
  }

  /** A socket bound to a port: the number is a file's suffix where the transport is ipc. */
  ZMQ.Socket bind(SocketType type, int port) {
    ZMQ.Socket socket = context.socket(type);
    socket.setLinger(500);
    socket.setSndHWM(0);
    socket.setRcvHWM(0);
    bind(socket, port);
    return socket;
  }

  private void bind(ZMQ.Socket socket, int port) {
    if (!properties.getTransport().equals("ipc")) {
      socket.bind(properties.getTransport() + "://" + properties.getIp() + ":" + port);
      return;
    }
    int own = socket.bindToRandomPort("tcp://127.0.0.1");
    try {
      IpcRelay.start(Path.of(properties.getIp() + "-" + port), own);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "the socket " + properties.getIp() + "-" + port + " cannot be bound", e);
    }
  }

  /** The iopub socket: it waits, and drops nothing, where a client is slow. */
  ZMQ.Socket bindPublisher(int highWaterMark) {
    ZMQ.Socket socket = context.socket(SocketType.XPUB);
    socket.setLinger(500);
    socket.setSndHWM(highWaterMark);
    socket.setXpubNoDrop(true);
    socket.setXpubVerbose(true);
    bind(socket, properties.getIopubPort());
    return socket;
  }

  KernelConnectionProperties properties() {
    return properties;
  }

  ZMQ.Poller poller(int size) {
    return context.poller(size);
  }

  /** All frames of the next message. */
  static List<byte[]> receive(ZMQ.Socket socket) {
    List<byte[]> frames = new ArrayList<>();
    do {
      byte[] frame = socket.recv(0);
      if (frame == null) {
        return List.of();
      }
      frames.add(frame);
    } while (socket.hasReceiveMore());
    return frames;
  }

  static void send(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i < frames.size() - 1 ? ZMQ.SNDMORE : 0);
    }
  }
}
