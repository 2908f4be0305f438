package paniclab.kernel.worker;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import paniclab.kernel.link.Frame;
import paniclab.kernel.link.Link;

/**
 * Frames on their way to the front. Learner threads never touch the socket: an interrupt would
 * close it. When the front is slow the box is full and the writer waits.
 */
final class Outbox {
  /** Frames that may wait, of at most about 16 KiB each. */
  private static final int CAPACITY = 256;

  private final BlockingQueue<Frame> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final Link link;

  Outbox(Link link) {
    this.link = link;
    Thread t = new Thread(this::drain, "outbox");
    t.setDaemon(true);
    t.start();
  }

  private void drain() {
    try {
      while (true) {
        Frame next = queue.take();
        while (next != null) {
          link.write(next);
          next = queue.poll();
        }
        link.flush();
      }
    } catch (IOException | InterruptedException frontIsGone) {
      Runtime.getRuntime().halt(0);
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(Worker.HEAP_EXHAUSTED);
    }
  }

  /**
   * Sends a frame, waiting while the box is full.
   *
   * @throws CellStopped when the cell of the calling thread is stopped while it waits
   */
  void send(Frame frame) {
    boolean interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          if (queue.offer(frame, 50, TimeUnit.MILLISECONDS)) {
            return;
          }
          Tick.tick();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
