package paniclab.kernel.worker;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import paniclab.kernel.link.Frame;
import paniclab.kernel.link.Frame.CommKind;

/** All open comms of the worker. */
final class Comms {
  private final Outbox outbox;
  private final Output output;
  private final Map<String, Comm> open = new ConcurrentHashMap<>();
  private final Map<String, BiConsumer<Comm, String>> targets = new ConcurrentHashMap<>();

  Comms(Outbox outbox, Output output) {
    this.outbox = outbox;
    this.output = output;
  }

  Comm open(String target, String data, String metadata, List<byte[]> buffers) {
    Comm comm = new Comm(this, UUID.randomUUID().toString());
    open.put(comm.id(), comm);
    send(CommKind.OPEN, comm.id(), target, data, metadata, buffers);
    return comm;
  }

  void target(String name, BiConsumer<Comm, String> opened) {
    targets.put(name, opened);
  }

  void close(String id) {
    if (open.remove(id) != null) {
      send(CommKind.CLOSE, id, "", "{}", "{}", List.of());
    }
  }

  void send(
      CommKind kind, String id, String target, String data, String metadata, List<byte[]> buffers) {
    output.flush();
    outbox.send(new Frame.Comm(0, Cells.ofThisThread(), kind, id, target, data, metadata, buffers));
  }

  /** A message of the front end; runs the learner's handler in the calling thread. */
  void receive(Frame.Comm f) {
    switch (f.kind()) {
      case OPEN -> {
        BiConsumer<Comm, String> target = targets.get(f.target());
        if (target == null) {
          send(CommKind.CLOSE, f.id(), "", "{}", "{}", List.of());
        } else {
          Comm comm = new Comm(this, f.id());
          open.put(f.id(), comm);
          target.accept(comm, f.data());
        }
      }
      case MESSAGE -> tell(open.get(f.id()), f, false);
      case CLOSE -> tell(open.remove(f.id()), f, true);
    }
  }

  private static void tell(
      @org.jspecify.annotations.Nullable Comm comm, Frame.Comm f, boolean last) {
    if (comm != null) {
      comm.receive(new Comm.Message(f.data(), f.buffers(), last));
    }
  }
}
