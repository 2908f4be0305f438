package paniclab.kernel;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame;

/**
 * A notebook's session: text in, display out, no sockets. Cells run one after the other; interrupts
 * and answers to questions come from other threads.
 */
public final class Session implements AutoCloseable {
  private final Messages messages;
  private final Workers workers;
  private final CompletableFuture<JavaCells> java;

  /**
   * Opens a session; it begins to start what it needs and returns at once.
   *
   * @param events takes streams, displays, questions and comm messages as they come, from other
   *     threads
   */
  public Session(WorkerCommand command, Messages messages, Consumer<Frame> events) {
    this.messages = messages;
    workers = new Workers(command, events);
    java = new CompletableFuture<>();
    Thread t =
        new Thread(
            () -> {
              try {
                java.complete(new JavaCells(workers, messages, command.classPath()));
              } catch (Throwable e) {
                java.completeExceptionally(e);
              }
            },
            "jshell");
    t.setDaemon(true);
    t.start();
  }

  /**
   * Runs a cell.
   *
   * @param cell a number of the caller's; what the cell puts out carries it
   * @param label the number that tracebacks give the cell
   */
  public CellResult execute(int cell, int label, String code) {
    workers.begin(cell);
    try {
      return java.join().run(cell, label, code, 0);
    } finally {
      workers.end();
    }
  }

  /** What could stand at the cursor, in UTF-16 units. */
  public Completion complete(String code, int cursor) {
    return help().complete(code, cursor);
  }

  /** What is known of the name at the cursor. */
  public Optional<Display> inspect(String code, int cursor, boolean detail) {
    return help().inspect(code, cursor, detail);
  }

  /** Whether a cell is whole. */
  public Completeness isComplete(String code) {
    return help().isComplete(code);
  }

  private JavaHelp help() {
    return new JavaHelp(java.join());
  }

  /** Takes a comm message to the worker and waits until it is dealt with. */
  public void comm(Frame.Comm m) {
    workers.begin(m.cell());
    try {
      java.join()
          .remote()
          .call(n ->
              new Frame.Comm(
                  n, m.cell(), m.kind(), m.id(), m.target(), m.data(), m.metadata(), m.buffers()));
    } catch (WorkerEnded e) {
      throw new IllegalStateException("the worker ended while it took a comm message", e);
    } finally {
      workers.end();
    }
  }

  /** Starts the worker that waits to take over. */
  public void keepSpare() {
    workers.keepSpare();
  }

  /** Stops the cell that runs, if one does. */
  public void interrupt() {
    workers.interrupt();
  }

  /** Answers a question of a cell. */
  public void answer(Frame.Input input) {
    workers.current().tell(input);
  }

  /** What the learner reads. */
  public Messages messages() {
    return messages;
  }

  @Override
  public void close() {
    java.thenAccept(JavaCells::close);
    workers.close();
  }
}
