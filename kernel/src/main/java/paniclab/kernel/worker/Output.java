package paniclab.kernel.worker;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import paniclab.kernel.link.Frame;

/**
 * What cells print, gathered and sent every 20 ms or 16 KiB, in the order it was written over both
 * streams and all cells. A character is never cut in two.
 */
final class Output {
  private static final int MOST_BYTES = 16 * 1024;
  private static final long MOST_NANOS = 20_000_000L;

  private final Outbox outbox;
  private final ByteArrayOutputStream gathered = new ByteArrayOutputStream(MOST_BYTES * 2);
  private int cell;
  private boolean stderr;
  private long since;

  Output(Outbox outbox) {
    this.outbox = outbox;
    Thread t = new Thread(this::tickle, "output");
    t.setDaemon(true);
    t.start();
  }

  /** The stream to be System.out or System.err. */
  PrintStream stream(boolean err) {
    return new PrintStream(new Side(err), false, StandardCharsets.UTF_8);
  }

  private final class Side extends OutputStream {
    private final boolean err;

    Side(boolean err) {
      this.err = err;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      gather(Cells.ofThisThread(), err, bytes, from, length);
    }
  }

  private synchronized void gather(int owner, boolean err, byte[] bytes, int from, int length) {
    if (owner != cell || err != stderr) {
      push(true);
      cell = owner;
      stderr = err;
    }
    int at = from;
    int left = length;
    while (left > 0) {
      int n = Math.min(left, MOST_BYTES);
      if (gathered.size() == 0) {
        since = System.nanoTime();
        notifyAll();
      }
      gathered.write(bytes, at, n);
      at += n;
      left -= n;
      if (gathered.size() >= MOST_BYTES) {
        push(false);
      }
    }
  }

  /** Sends everything, even a character that is not whole. */
  synchronized void flush() {
    push(true);
  }

  private void push(boolean everything) {
    if (gathered.size() == 0) {
      return;
    }
    byte[] bytes = gathered.toByteArray();
    int n = everything ? bytes.length : wholeCharacters(bytes);
    if (n == 0) {
      return;
    }
    gathered.reset();
    gathered.write(bytes, n, bytes.length - n);
    since = System.nanoTime();
    outbox.send(new Frame.Stream(cell, stderr, new String(bytes, 0, n, StandardCharsets.UTF_8)));
  }

  /** The length without a last character whose bytes are still coming. */
  static int wholeCharacters(byte[] bytes) {
    int n = bytes.length;
    for (int back = 1; back <= Math.min(3, n); back++) {
      int b = bytes[n - back] & 0xFF;
      if (b < 0x80) {
        return n;
      }
      if (b >= 0xC0) {
        int need = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : 2;
        return need > back ? n - back : n;
      }
    }
    return n;
  }

  private void tickle() {
    try {
      while (true) {
        synchronized (this) {
          while (gathered.size() == 0) {
            wait();
          }
          long rest = MOST_NANOS - (System.nanoTime() - since);
          if (rest > 0) {
            wait(rest / 1_000_000L + 1);
            continue;
          }
          push(false);
          since = System.nanoTime();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(Worker.HEAP_EXHAUSTED);
    }
  }
}
