package paniclab.oracle;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import paniclab.programs.Txtar;

/**
 * Lets real Go crash, and keeps what it wrote: the raw text at all five levels of GOTRACEBACK, for
 * the tests of the reader. {@code CrashLogs FOLDER} measures each archive of the folder that has no
 * log yet.
 *
 * <p>An archive holds a program that defers {@code guard()} where it dies, which prints "deferred"
 * and, with RECOVER in the environment, recovers and prints "recovered". So the facts in the header
 * of the archive are measured too: whether deferred calls ran, whether recover stops it, the exit
 * status at each level; and the family, by what tells families apart: a panic can be recovered, a
 * throw prints its trace at every level, a report of a signal has the registers.
 */
public final class CrashLogs {
  private static final List<String> LEVELS = List.of("none", "single", "all", "system", "crash");
  private static final Pattern TEST = Pattern.compile("(?m)^test: (.*)$");
  private static final long SECONDS = 20;

  private CrashLogs() {}

  /** See the class. */
  public static void main(String[] args) throws IOException, InterruptedException {
    List<Path> archives = new ArrayList<>();
    try (Stream<Path> files = Files.list(Path.of(args[0]))) {
      files.filter(p -> p.toString().endsWith(".txtar")).sorted().forEach(archives::add);
    }
    for (Path archive : archives) {
      Txtar txtar = Txtar.parse(Files.readString(archive));
      if (txtar.file("none").isEmpty()) {
        Files.writeString(archive, measure(txtar));
        System.err.println(archive.getFileName());
      }
    }
  }

  private record Ran(int status, String stdout, String stderr) {}

  private static String measure(Txtar txtar) throws IOException, InterruptedException {
    Path dir = Files.createTempDirectory("crash");
    try {
      for (Txtar.Entry e : txtar.files()) {
        Path file = dir.resolve(e.name());
        Files.createDirectories(file.getParent());
        Files.writeString(file, e.data());
      }
      if (txtar.file("go.mod").isEmpty()) {
        Files.writeString(dir.resolve("go.mod"), "module prog\n\ngo 1.26\n");
      }
      Matcher test = TEST.matcher(txtar.comment());
      Optional<String> tests = test.find() ? Optional.of(test.group(1)) : Optional.empty();
      List<String> build =
          tests.isPresent()
              ? List.of("go", "test", "-c", "-o", "prog")
              : List.of("go", "build", "-o", "prog", ".");
      Ran built = run(dir, build, "single", false);
      if (built.status() != 0) {
        throw new IOException(built.stderr());
      }
      List<String> command = new ArrayList<>(List.of(dir.resolve("prog").toString()));
      tests.ifPresent(t -> command.addAll(List.of(t.split(" "))));
      return archive(txtar, tests, dir, command);
    } finally {
      try (Stream<Path> walk = Files.walk(dir)) {
        for (Path p : walk.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(p);
        }
      }
    }
  }

  private static String archive(Txtar txtar, Optional<String> tests, Path dir, List<String> command)
      throws IOException, InterruptedException {
    List<Txtar.Entry> parts = new ArrayList<>(txtar.files());
    List<String> exits = new ArrayList<>();
    boolean deferred = false;
    boolean traced = false;
    boolean registers = false;
    for (String level : LEVELS) {
      Ran r = run(dir, command, level, false);
      // Package testing prints to stdout what the process did before it died.
      String log = tests.isPresent() ? r.stdout() + r.stderr() : r.stderr();
      log = log.replace(dir.toAbsolutePath() + "/", "/src/prog/");
      parts.add(new Txtar.Entry(level, log, 0));
      exits.add(String.valueOf(r.status()));
      deferred |= r.stdout().contains("deferred");
      if (level.equals("none")) {
        traced = log.contains("\ngoroutine ") || log.contains("\nruntime stack:");
        registers = log.contains("\nrip ");
      }
    }
    boolean recovered = run(dir, command, "single", true).stdout().contains("recovered");
    if (exits.stream().allMatch("0"::equals) && !recovered) {
      throw new IOException("the program did not die");
    }
    String family = recovered ? "panic" : registers ? "signal" : traced ? "throw" : "fatal";
    String header =
        tests.map(t -> "test: " + t + "\n").orElse("")
            + "family: "
            + family
            + "\nrecovered: "
            + recovered
            + "\ndeferred: "
            + deferred
            + "\nexit: "
            + String.join(" ", exits)
            + "\n";
    return new Txtar(header, parts).format();
  }

  private static Ran run(Path dir, List<String> command, String level, boolean recover)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", "");
    Path err = Files.createTempFile("err", "");
    try {
      ProcessBuilder b = new ProcessBuilder(command).directory(dir.toFile());
      b.environment().put("GOTRACEBACK", level);
      b.environment().put("GOTOOLCHAIN", "local");
      b.environment().put("GOFLAGS", "-buildvcs=false");
      if (recover) {
        b.environment().put("RECOVER", "1");
      }
      b.redirectOutput(out.toFile()).redirectError(err.toFile());
      Process p = b.start();
      if (!p.waitFor(5 * SECONDS, TimeUnit.SECONDS)) {
        p.destroyForcibly().waitFor();
      }
      return new Ran(
          p.exitValue(),
          new String(Files.readAllBytes(out), StandardCharsets.ISO_8859_1),
          new String(Files.readAllBytes(err), StandardCharsets.ISO_8859_1));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
