package paniclab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import paniclab.kernel.install.KernelInstaller;

/**
 * The kernel through Jupyter's own client: its test suite for kernels, the protocol, the table of
 * what a cell may do to itself, and notebooks from end to end. The tests are Python; they need
 * python3 with venv and, the first time, a package index.
 */
class JupyterTest {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final Path VENV = TARGET.resolve("jupyter");
  private static final Path TESTS = Path.of("src", "test", "python").toAbsolutePath();
  private static final long MINUTES = 8;

  @Test
  void thePythonSuitePasses() throws Exception {
    Path python = environment();
    new KernelInstaller(line -> System.out.println("kernel: " + line))
        .install(
            new KernelInstaller.Target.Prefix(VENV),
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Boolean.getBoolean("paniclab.test.caches"));
    int status =
        run(
            python.toString(),
            "-m",
            "pytest",
            "-q",
            "-rf",
            "--no-header",
            "-p",
            "no:cacheprovider",
            "--durations=5",
            TESTS.toString());
    assertEquals(0, status, "the Python tests of the kernel failed; their report is above");
  }

  /** The environment's python; made once, and again when the requirements change. */
  private static Path environment() throws IOException, InterruptedException {
    Path python = VENV.resolve("bin").resolve("python");
    Path stamp = VENV.resolve("requirements.txt");
    String wanted = Files.readString(TESTS.resolve("requirements.txt"));
    if (Files.exists(stamp) && Files.readString(stamp).equals(wanted)) {
      return python;
    }
    if (python3().isEmpty()) {
      skip("there is no python3 on the PATH");
    }
    if (run("python3", "-m", "venv", VENV.toString()) != 0) {
      skip("python3 -m venv failed (Debian: install python3-venv)");
    }
    int pip =
        run(
            python.toString(),
            "-m",
            "pip",
            "install",
            "-q",
            "--disable-pip-version-check",
            "-r",
            TESTS.resolve("requirements.txt").toString());
    if (pip != 0) {
      skip("pip could not install the requirements (no package index?)");
    }
    Files.writeString(stamp, wanted);
    return python;
  }

  private static void skip(String why) {
    System.out.println("SKIPPED JupyterTest: " + why);
    abort(why);
  }

  private static Optional<Path> python3() {
    String path = System.getenv("PATH");
    return path == null
        ? Optional.empty()
        : List.of(path.split(java.io.File.pathSeparator)).stream()
            .map(p -> Path.of(p, "python3"))
            .filter(Files::isExecutable)
            .findFirst();
  }

  private static int run(String... line) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("PANICLAB_HISTORY", TARGET.resolve("history.jsonl").toString());
    builder.environment().put("PANICLAB_LANG", "en");
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    Path log = TARGET.resolve("python.log");
    builder.redirectOutput(log.toFile());
    Process process = builder.start();
    boolean ended = process.waitFor(MINUTES, TimeUnit.MINUTES);
    process.destroyForcibly();
    System.out.print(Files.readString(log));
    return ended ? process.exitValue() : -1;
  }
}
