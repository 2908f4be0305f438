package paniclab.kernel.worker;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.link.Link;
import paniclab.kernel.link.Signals;
import paniclab.kernel.link.Thrown;

/** The worker: runs what the front sends, and dies without harm to it. */
public final class Worker {
  /** The exit status that says the heap was full and stayed full. */
  public static final int HEAP_EXHAUSTED = 78;

  /** The share of the heap that must be free again after it was exhausted. */
  private static final double FREE_AFTER = 0.25;

  private static volatile @Nullable Worker running;

  private final Link link;
  private final Outbox outbox;
  private final Output output;
  private final Input input;
  private final Comms comms;
  private final CellLoader loader = new CellLoader(Worker.class.getClassLoader());
  private final Tasks tasks = new Tasks();
  private volatile @Nullable Object last;

  private Worker(Link link) {
    this.link = link;
    outbox = new Outbox(link);
    output = new Output(outbox);
    input = new Input(outbox, output);
    comms = new Comms(outbox, output);
  }

  /**
   * Connects to the front and serves it until it is gone.
   *
   * @param args the path of the front's socket
   */
  public static void main(String[] args) throws IOException {
    Signals.ignoreInterrupt();
    try (Link link = new Link(SocketChannel.open(UnixDomainSocketAddress.of(args[0])))) {
      Worker worker = new Worker(link);
      running = worker;
      System.setOut(worker.output.stream(false));
      System.setErr(worker.output.stream(true));
      System.setIn(worker.input);
      Thread.setDefaultUncaughtExceptionHandler(
          (t, e) -> Cells.uncaught(Cells.ofThisThread(), t, e));
      worker.warm();
      worker.outbox.send(
          new Frame.Ready(ProcessHandle.current().pid(), Runtime.getRuntime().maxMemory()));
      worker.serve();
    }
  }

  /** The worker of this JVM. */
  static Worker current() {
    Worker w = running;
    if (w == null) {
      throw new IllegalStateException("this is not a worker: cells run in a JVM of their own");
    }
    return w;
  }

  Input input() {
    return input;
  }

  Comms comms() {
    return comms;
  }

  void send(Frame frame) {
    System.out.flush();
    System.err.flush();
    output.flush();
    outbox.send(frame);
  }

  void show(Display display, boolean update) {
    send(new Frame.Shown(Cells.ofThisThread(), display, update));
  }

  /** Does once, before it counts, what every first cell does. */
  private void warm() {
    Renderer.shared().render(2);
  }

  private void serve() throws IOException {
    while (true) {
      Frame frame;
      try {
        frame = link.read();
      } catch (java.io.EOFException frontIsGone) {
        Runtime.getRuntime().halt(0);
        return;
      } catch (OutOfMemoryError e) {
        Runtime.getRuntime().halt(HEAP_EXHAUSTED);
        return;
      }
      take(frame);
    }
  }

  private void take(Frame frame) {
    switch (frame) {
      case Frame.Load f -> answer(f.call(), () -> load(f.classes()));
      case Frame.AddPath f -> answer(f.call(), () -> addPath(f.path()));
      case Frame.ReadVariable f ->
          answer(f.call(), () -> new Reply.Text(Renderer.text(read(f.className(), f.field()))));
      case Frame.Invoke f ->
          inCell(
              f.cell(), f.call(), () -> unlessStopped(f.cell(), invoke(f.className(), f.method())));
      case Frame.Show f ->
          inCell(f.cell(), f.call(), () -> new Reply.Result(Renderer.shared().render(last)));
      case Frame.Task f -> inCell(f.cell(), f.call(), () -> task(f));
      case Frame.Comm f -> inCell(f.cell(), f.call(), () -> comm(f));
      case Frame.Stop f -> Cells.stop(f.cell());
      case Frame.Input f -> input.answer(f);
      case Frame.End _ -> end();
      case Frame.Ready _, Frame.Done _, Frame.Stream _, Frame.Shown _, Frame.Clear _, Frame.Ask _ ->
          throw new IllegalStateException("a worker's own frame came from the front: " + frame);
    }
  }

  private static void end() {
    // A training run must end in order: it leaves its cache at exit.
    if (Boolean.getBoolean("paniclab.training")) {
      System.exit(0);
    }
    Runtime.getRuntime().halt(0);
  }

  private interface Work {
    Reply run() throws Throwable;
  }

  private void answer(int call, Work work) {
    Reply reply;
    try {
      reply = work.run();
    } catch (Throwable t) {
      reply = new Reply.Fault(Thrown.of(t));
    }
    outbox.send(new Frame.Done(call, reply));
  }

  private void inCell(int cell, int call, Work work) {
    try {
      Cells.start(cell, () -> finish(cell, call, work));
    } catch (OutOfMemoryError noThread) {
      answer(call, () -> new Reply.Threw(Thrown.of(noThread)));
    }
  }

  /** A cell whose other threads were stopped first, so that its join came back, was stopped too. */
  private static Reply unlessStopped(int cell, Reply reply) {
    return Cells.isStopped(cell) ? new Reply.Stopped() : reply;
  }

  private void finish(int cell, int call, Work work) {
    try {
      Reply reply = attempt(cell, work);
      Thread.interrupted();
      Cells.over();
      send(new Frame.Done(call, reply));
    } catch (CellStopped late) {
      outbox.send(new Frame.Done(call, new Reply.Stopped()));
    } catch (OutOfMemoryError still) {
      Runtime.getRuntime().halt(HEAP_EXHAUSTED);
    }
  }

  private Reply attempt(int cell, Work work) {
    try {
      return work.run();
    } catch (OutOfMemoryError e) {
      last = null;
      return afterExhaustion(e);
    } catch (Throwable t) {
      if (t instanceof CellStopped || Cells.isStopped(cell)) {
        return new Reply.Stopped();
      }
      return JShellFaults.unresolved(t).orElseGet(() -> new Reply.Threw(Thrown.of(t)));
    }
  }

  private static Reply afterExhaustion(OutOfMemoryError e) {
    System.gc();
    Runtime r = Runtime.getRuntime();
    long used = r.totalMemory() - r.freeMemory();
    if (used > r.maxMemory() * (1 - FREE_AFTER)) {
      r.halt(HEAP_EXHAUSTED);
    }
    return new Reply.Threw(Thrown.of(e));
  }

  private Reply load(List<Frame.ClassFile> classes) {
    for (Frame.ClassFile c : classes) {
      loader.add(c.name(), c.bytes());
    }
    return new Reply.Nothing();
  }

  private Reply addPath(String path) {
    loader.addPath(path);
    return new Reply.Nothing();
  }

  private @Nullable Object read(String className, String field)
      throws ReflectiveOperationException {
    Field f = loader.loadClass(className).getDeclaredField(field);
    f.setAccessible(true);
    return f.get(null);
  }

  private Reply invoke(String className, String method) throws Throwable {
    Thread.currentThread().setContextClassLoader(loader);
    Method m = loader.loadClass(className).getDeclaredMethod(method);
    m.setAccessible(true);
    try {
      last = m.invoke(null);
      return new Reply.Nothing();
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }

  private Reply comm(Frame.Comm f) {
    comms.receive(f);
    return new Reply.Nothing();
  }

  private Reply task(Frame.Task f) throws Exception {
    return tasks
        .find(f.name())
        .run(
            new Task.Cell() {
              @Override
              public BooleanSupplier stop() {
                return () -> Cells.isStopped(f.cell());
              }

              @Override
              public void show(Display display) {
                Worker.this.show(display, false);
              }

              @Override
              public void update(Display display) {
                Worker.this.show(display, true);
              }
            },
            Map.copyOf(f.arguments()));
  }
}
