package paniclab.kernel.jupyter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.atomic.AtomicBoolean;

/** Wakes a thread out of a poll, from any other. */
final class Wake {
  private final Pipe pipe;
  private final AtomicBoolean raised = new AtomicBoolean();

  Wake() {
    try {
      pipe = Pipe.open();
      pipe.source().configureBlocking(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** To be polled for reading. */
  Pipe.SourceChannel channel() {
    return pipe.source();
  }

  /** Wakes the poll, or keeps the next one from sleeping. */
  void raise() {
    if (raised.compareAndSet(false, true)) {
      try {
        pipe.sink().write(ByteBuffer.allocate(1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** To be called by the woken thread before it looks at what there is to do. */
  void lower() {
    try {
      if (pipe.source().read(ByteBuffer.allocate(16)) > 0) {
        raised.set(false);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
