package paniclab.kernel;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import paniclab.kernel.link.Frame;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.link.Link;
import paniclab.kernel.worker.Worker;

/** A worker JVM as the front sees it. It starts at once; calls wait until it is ready. */
final class WorkerProcess implements AutoCloseable {
  private static final Pattern SIGNAL = Pattern.compile("^#\\s+(SIG[A-Z]+) \\(");

  /** How long a worker that ended its connection may take to end itself. */
  private static final long SECONDS_TO_DIE = 5;

  private final WorkerCommand command;
  private final Consumer<Frame> events;
  private final Path folder;
  private final CompletableFuture<Link> ready = new CompletableFuture<>();
  private final CompletableFuture<Death> death = new CompletableFuture<>();
  private final Map<Integer, CompletableFuture<Reply>> calls = new ConcurrentHashMap<>();
  private final AtomicInteger lastCall = new AtomicInteger();
  private volatile @Nullable Process process;
  private volatile boolean unstoppable;
  private volatile boolean closed;
  private volatile long heapLimit;

  /**
   * Starts a worker.
   *
   * @param events takes what comes from it without being asked for, in order
   */
  WorkerProcess(WorkerCommand command, Consumer<Frame> events) throws IOException {
    this.command = command;
    this.events = events;
    folder = Files.createTempDirectory("paniclab");
    Thread t = new Thread(this::run, "worker link");
    t.setDaemon(true);
    t.start();
  }

  private void run() {
    Link link;
    try {
      link = connect();
    } catch (IOException | RuntimeException e) {
      die(new Death.NeverStarted(String.valueOf(e.getMessage())));
      return;
    }
    try {
      while (true) {
        take(link, link.read());
      }
    } catch (IOException | RuntimeException e) {
      die(afterwards());
    }
  }

  private Link connect() throws IOException {
    Path socket = folder.resolve("s");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(socket));
      Path log = folder.resolve("log");
      Process p =
          new ProcessBuilder(command.line(folder, socket))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process = p;
      p.onExit().thenRun(() -> quietly(server));
      Link link = new Link(server.accept());
      if (closed) {
        p.destroyForcibly();
      }
      return link;
    } catch (java.nio.channels.ClosedChannelException e) {
      throw new IOException("the worker JVM ended before it answered: " + log(), e);
    }
  }

  private String log() {
    try {
      return Files.readString(folder.resolve("log")).strip();
    } catch (IOException e) {
      return "(no log)";
    }
  }

  private static void quietly(AutoCloseable c) {
    try {
      c.close();
    } catch (Exception e) {
      System.getLogger(WorkerProcess.class.getName()).log(System.Logger.Level.DEBUG, "closing", e);
    }
  }

  private void take(Link link, Frame frame) {
    switch (frame) {
      case Frame.Ready f -> {
        heapLimit = f.heapBytes();
        ready.complete(link);
      }
      case Frame.Done f -> {
        CompletableFuture<Reply> call = calls.remove(f.call());
        if (call != null) {
          call.complete(f.reply());
        }
      }
      default -> events.accept(frame);
    }
  }

  private Death afterwards() {
    Process p = process;
    if (p == null) {
      return new Death.NeverStarted("no process");
    }
    try {
      if (!p.waitFor(SECONDS_TO_DIE, TimeUnit.SECONDS)) {
        p.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (unstoppable) {
      return new Death.Unstoppable();
    }
    int status = p.isAlive() ? -1 : p.exitValue();
    if (status == Worker.HEAP_EXHAUSTED) {
      return new Death.HeapExhausted(heapLimit);
    }
    return crashSignal()
        .or(() -> status > 128 ? Death.signalName(status - 128) : Optional.empty())
        .<Death>map(Death.Signal::new)
        .orElseGet(() -> new Death.Exit(status));
  }

  /** The signal that the JVM's own crash report names: the process itself then ends by SIGABRT. */
  private Optional<String> crashSignal() {
    Path report = folder.resolve("crash.log");
    if (!Files.exists(report)) {
      return Optional.empty();
    }
    try (Stream<String> lines = Files.lines(report)) {
      return lines
          .limit(20)
          .map(SIGNAL::matcher)
          .filter(Matcher::find)
          .map(m -> m.group(1))
          .findFirst();
    } catch (IOException | java.io.UncheckedIOException e) {
      return Optional.empty();
    }
  }

  private void die(Death how) {
    death.complete(how);
    ready.completeExceptionally(new WorkerEnded(how));
    calls.values().forEach(c -> c.completeExceptionally(new WorkerEnded(how)));
    deleteFolder();
  }

  private void deleteFolder() {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(p);
      }
    } catch (IOException | java.io.UncheckedIOException e) {
      System.getLogger(WorkerProcess.class.getName())
          .log(System.Logger.Level.DEBUG, "temporary folder stays: {0}", e.toString());
    }
  }

  /**
   * Asks and waits.
   *
   * @param frame makes the frame for the number of the call
   * @throws WorkerEnded when the worker is gone, or goes before it answers
   */
  Reply call(IntFunction<Frame> frame) throws WorkerEnded {
    int number = lastCall.incrementAndGet();
    CompletableFuture<Reply> answer = new CompletableFuture<>();
    calls.put(number, answer);
    try {
      Link link = ready.get();
      link.write(frame.apply(number));
      link.flush();
      if (death.isDone()) {
        throw new WorkerEnded(death.get());
      }
      return answer.get();
    } catch (IOException e) {
      throw new WorkerEnded(death.join());
    } catch (ExecutionException e) {
      throw e.getCause() instanceof WorkerEnded w ? w : new WorkerEnded(death.join());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the front interrupted its own call", e);
    } finally {
      calls.remove(number);
    }
  }

  /** Sends a frame that has no answer; to a worker that is gone, nothing happens. */
  void tell(Frame frame) {
    Link link = ready.isCompletedExceptionally() ? null : ready.getNow(null);
    if (link == null) {
      return;
    }
    try {
      link.write(frame);
      link.flush();
    } catch (IOException gone) {
      System.getLogger(WorkerProcess.class.getName())
          .log(System.Logger.Level.DEBUG, "not told: {0}", gone.toString());
    }
  }

  /** Ends a worker that does not stop when asked. */
  void kill() {
    unstoppable = true;
    Process p = process;
    if (p != null) {
      p.destroyForcibly();
    }
  }

  boolean isDead() {
    return death.isDone();
  }

  /** The command lines that would start it, for the log. */
  List<String> commandLine() {
    return command.line(folder, folder.resolve("s"));
  }

  @Override
  public void close() {
    closed = true;
    tell(new Frame.End());
    Process p = process;
    if (p == null) {
      return;
    }
    if (System.getProperty("paniclab.worker.training") != null) {
      // It writes its cache at exit, which takes seconds.
      try {
        p.waitFor(2, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    p.destroyForcibly();
    deleteFolder();
  }
}
