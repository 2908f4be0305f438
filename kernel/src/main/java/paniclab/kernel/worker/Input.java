package paniclab.kernel.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import paniclab.kernel.link.Frame;

/** System.in of the cells: asks the learner for a line whenever it has none left. */
final class Input extends InputStream {
  private final Outbox outbox;
  private final Output output;
  private final AtomicInteger asks = new AtomicInteger();
  private final Map<Integer, CompletableFuture<Frame.Input>> pending = new ConcurrentHashMap<>();
  private byte[] line = new byte[0];
  private int next;

  Input(Outbox outbox, Output output) {
    this.outbox = outbox;
    this.output = output;
  }

  /** An answer came. */
  void answer(Frame.Input input) {
    CompletableFuture<Frame.Input> asked = pending.remove(input.ask());
    if (asked != null) {
      asked.complete(input);
    }
  }

  /**
   * Asks the learner for a line.
   *
   * @return without its newline
   * @throws InputRefused where the front end takes no input
   * @throws InterruptedIOException when the cell is interrupted
   */
  String ask(String prompt, boolean password) throws InterruptedIOException {
    output.flush();
    int ask = asks.incrementAndGet();
    CompletableFuture<Frame.Input> answer = new CompletableFuture<>();
    pending.put(ask, answer);
    outbox.send(new Frame.Ask(ask, Cells.ofThisThread(), prompt, password));
    try {
      Frame.Input input = answer.get();
      return switch (input.status()) {
        case LINE -> input.text();
        case REFUSED -> throw new InputRefused(input.text());
        case INTERRUPTED -> throw new InterruptedIOException("the cell was interrupted");
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the cell was interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      pending.remove(ask);
    }
  }

  private void fill() throws IOException {
    line = (ask("", false) + "\n").getBytes(StandardCharsets.UTF_8);
    next = 0;
  }

  @Override
  public synchronized int read() throws IOException {
    if (next >= line.length) {
      fill();
    }
    return line[next++] & 0xFF;
  }

  @Override
  public synchronized int read(byte[] to, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (next >= line.length) {
      fill();
    }
    int n = Math.min(length, line.length - next);
    System.arraycopy(line, next, to, from, n);
    next += n;
    return n;
  }

  @Override
  public synchronized int available() {
    return line.length - next;
  }
}
