package paniclab.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import paniclab.kernel.link.Frame;

/** The worker in use and the one that waits to take its place. */
final class Workers implements AutoCloseable {
  /** How long an interrupted cell may take to stop before its worker is ended. */
  static final long MILLIS_TO_STOP = 1_500;

  private final WorkerCommand command;
  private final Consumer<Frame> events;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(r -> {
        Thread t = new Thread(r, "interrupts");
        t.setDaemon(true);
        return t;
      });
  private WorkerProcess current;
  private @Nullable WorkerProcess spare;
  private volatile int cell;
  private volatile boolean running;
  private volatile int interrupted;

  Workers(WorkerCommand command, Consumer<Frame> events) {
    this.command = command;
    this.events = events;
    current = start();
  }

  private WorkerProcess start() {
    try {
      return new WorkerProcess(command, events);
    } catch (IOException e) {
      throw new UncheckedIOException("a worker JVM cannot be started", e);
    }
  }

  synchronized WorkerProcess current() {
    return current;
  }

  /** Puts a living worker in the place of the dead one. */
  synchronized WorkerProcess replace() {
    current.close();
    WorkerProcess next = spare;
    spare = null;
    current = next == null || next.isDead() ? start() : next;
    return current;
  }

  /** Says something in the place of a worker. */
  void publish(Frame frame) {
    events.accept(frame);
  }

  /** The most heap a worker may use. */
  int heapMegabytes() {
    return command.heapMegabytes();
  }

  /** Starts the spare, unless there is one. */
  synchronized void keepSpare() {
    if (WorkerCommand.isTraining()) {
      // Its cache, of a worker that did nothing, would take the place of the other's.
      return;
    }
    if (spare == null || spare.isDead()) {
      spare = start();
    }
  }

  /** The number of the cell that runs, or that ran last. */
  int cell() {
    return cell;
  }

  /** A cell begins. */
  void begin(int number) {
    cell = number;
    running = true;
  }

  /** The cell is over. */
  void end() {
    running = false;
  }

  /** Whether this cell was interrupted. */
  boolean isInterrupted(int number) {
    return interrupted == number;
  }

  /** Stops the cell that runs; where it does not stop, its worker is ended. */
  void interrupt() {
    if (!running) {
      return;
    }
    int stopped = cell;
    interrupted = stopped;
    WorkerProcess worker = current();
    worker.tell(new Frame.Stop(stopped));
    var unused =
        timer.schedule(
            () -> {
              if (running && cell == stopped && worker == current()) {
                worker.kill();
              }
            },
            MILLIS_TO_STOP,
            TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void close() {
    timer.shutdownNow();
    current.close();
    if (spare != null) {
      spare.close();
    }
  }
}
