package paniclab.kernel;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import paniclab.kernel.worker.Worker;

/**
 * How a worker JVM is started.
 *
 * @param java the executable
 * @param classPath as java takes it
 * @param heapMegabytes the most heap the learner's code may use
 * @param cache the AOT cache made at install
 */
public record WorkerCommand(Path java, String classPath, int heapMegabytes, Optional<Path> cache) {
  /** The heap where nothing is said. */
  public static final int DEFAULT_HEAP_MEGABYTES = 512;

  /** The command for a worker like this JVM, from its own properties and the environment. */
  public static WorkerCommand likeThis() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Optional<Path> cache =
        Optional.ofNullable(System.getProperty("paniclab.worker.cache"))
            .map(Path::of)
            .filter(Files::isRegularFile);
    return new WorkerCommand(
        java,
        System.getProperty("paniclab.worker.classpath", System.getProperty("java.class.path")),
        heap(),
        cache);
  }

  /** Whether this is the run that makes the AOT caches. */
  static boolean isTraining() {
    return System.getProperty("paniclab.worker.training") != null;
  }

  private static int heap() {
    String said = System.getenv("PANICLAB_WORKER_HEAP_MB");
    if (said == null || said.isBlank()) {
      return DEFAULT_HEAP_MEGABYTES;
    }
    try {
      return Math.max(64, Integer.parseInt(said.strip()));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "PANICLAB_WORKER_HEAP_MB=" + said + " is not a number of megabytes; write e.g. 1024", e);
    }
  }

  /** The whole command line. */
  List<String> line(Path folder, Path socket) {
    List<String> line = new ArrayList<>();
    line.add(java.toString());
    cache.ifPresent(c -> line.add("-XX:AOTCache=" + c));
    String record = System.getProperty("paniclab.worker.training");
    if (record != null) {
      line.add("-XX:AOTCacheOutput=" + record);
      line.add("-Dpaniclab.training=true");
    }
    line.addAll(
        List.of(
            "-XX:+UseSerialGC",
            "-Xmx" + heapMegabytes + "m",
            "-Xlog:disable",
            "-Xlog:all=off",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + folder.resolve("crash.log"),
            "--enable-native-access=ALL-UNNAMED",
            "-Dfile.encoding=UTF-8",
            "-cp",
            classPath,
            Worker.class.getName(),
            socket.toString()));
    return line;
  }
}
