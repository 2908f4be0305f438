package paniclab.kernel.jupyter;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Carries a Unix-domain socket to a TCP port of this machine. JeroMQ's own ipc is TCP under another
 * name, which no other ZeroMQ can reach; the bytes of both transports are the same (ZMTP 3.1).
 */
final class IpcRelay {
  private IpcRelay() {}

  /**
   * Listens at a path for as long as the process lives.
   *
   * @throws IOException when the path cannot be bound
   */
  static void start(Path path, int port) throws IOException {
    Files.deleteIfExists(path);
    ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(path));
    path.toFile().deleteOnExit();
    daemon("ipc " + path.getFileName(), () -> accept(server, port));
  }

  private static void daemon(String name, Runnable work) {
    Thread t = new Thread(work, name);
    t.setDaemon(true);
    t.start();
  }

  private static void accept(ServerSocketChannel server, int port) {
    try {
      while (true) {
        SocketChannel client = server.accept();
        SocketChannel own =
            SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        own.setOption(java.net.StandardSocketOptions.TCP_NODELAY, true);
        daemon("ipc in", () -> copy(client, own));
        daemon("ipc out", () -> copy(own, client));
      }
    } catch (IOException e) {
      JupyterLog.warn("ipc", e);
    }
  }

  private static void copy(SocketChannel from, SocketChannel to) {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    try (from;
        to) {
      while (from.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          to.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      JupyterLog.note("ipc: a client is gone");
    }
  }
}
