package paniclab.kernel.install;

import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import paniclab.kernel.jupyter.TrainingClient;

/**
 * Makes the AOT caches (JEP 514, 515): starts the kernel once, has it do what a first cell does,
 * and keeps what both JVMs leave at exit.
 */
final class Training {
  private static final long SECONDS = 180;

  private final Consumer<String> progress;

  Training(Consumer<String> progress) {
    this.progress = progress;
  }

  /** The same spec with its caches; without them, and a line that says so, where that fails. */
  KernelSpec withCaches(KernelSpec plain, Path folder) throws InterruptedException {
    Path front = folder.resolve("front.aot");
    Path worker = folder.resolve("worker.aot");
    try {
      train(plain, folder, front, worker);
    } catch (IOException | RuntimeException e) {
      progress.accept("no AOT caches, so starts are slower: " + e.getMessage());
      return plain;
    }
    return new KernelSpec(plain.java(), plain.classPath(), existing(front), existing(worker));
  }

  private static Optional<Path> existing(Path p) {
    return Optional.of(p).filter(Files::isRegularFile);
  }

  private void train(KernelSpec spec, Path folder, Path front, Path worker)
      throws IOException, InterruptedException {
    progress.accept("training: a first run, whose caches make later starts fast");
    KernelConnectionProperties connection = connection();
    Path file = folder.resolve("training.json");
    Files.writeString(file, connection.toJsonString());
    List<String> line =
        new java.util.ArrayList<>(
            spec.command(
                List.of(
                    "-XX:AOTCacheOutput=" + front,
                    "-Dpaniclab.training=true",
                    "-Dpaniclab.worker.training=" + worker)));
    line.add(file.toString());
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("training.log").toFile());
    builder.environment().put("PANICLAB_HISTORY", folder.resolve("training.jsonl").toString());
    Process process = builder.start();
    try {
      new TrainingClient(connection).run();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the training run did not end within " + SECONDS + " s");
      }
    } finally {
      process.destroyForcibly();
      for (String left : List.of("training.json", "training.jsonl", "training.jsonl.lock")) {
        Files.deleteIfExists(folder.resolve(left));
      }
    }
  }

  private static KernelConnectionProperties connection() throws IOException {
    int[] ports = new int[5];
    ServerSocket[] held = new ServerSocket[ports.length];
    for (int i = 0; i < ports.length; i++) {
      held[i] = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      ports[i] = held[i].getLocalPort();
    }
    for (ServerSocket s : held) {
      s.close();
    }
    return new KernelConnectionProperties(
        "127.0.0.1",
        ports[0],
        ports[1],
        ports[2],
        ports[3],
        ports[4],
        "tcp",
        "hmac-sha256",
        java.util.UUID.randomUUID().toString());
  }
}
