package paniclab.oracle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import paniclab.model.crash.NormalForm;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.model.program.GoString;
import paniclab.model.program.SourceFile;
import paniclab.model.signal.Scenario;
import paniclab.model.stack.FrameTable;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;
import paniclab.programs.Observation.End;
import paniclab.programs.Observation.Seen;

/** A real Go toolchain: builds a program, runs it, says what it saw. */
public final class GoToolchain {
  /** Building one program takes about a second; a build that takes this long is stuck. */
  private static final Duration BUILD_LIMIT = Duration.ofMinutes(2);

  /** More output than this, in bytes, is no observation that anyone wants to read. */
  private static final int OUTPUT_LIMIT = 1 << 20;

  private final String go;
  private final String version;
  private final String platform;
  private final String root;

  private GoToolchain(String go, String version, String platform, String root) {
    this.go = go;
    this.version = version;
    this.platform = platform;
    this.root = root;
  }

  /**
   * The toolchain behind a command.
   *
   * @param go the name or path of the go command
   * @throws IOException if it cannot be started
   */
  public static GoToolchain find(String go) throws IOException {
    Finished f =
        run(
            List.of(go, "env", "GOVERSION", "GOOS", "GOARCH", "GOROOT"),
            Path.of("."),
            Map.of("GOTOOLCHAIN", "local"),
            GoString.EMPTY,
            Scenario.NONE,
            BUILD_LIMIT);
    String[] words = f.stdout().toString().split("\\s+");
    if (f.status() != 0 || words.length < 4) {
      throw new IOException(go + " env failed: " + f.stderr());
    }
    return new GoToolchain(go, words[0], words[1] + "/" + words[2], words[3]);
  }

  /** As {@code go env GOVERSION} prints it. */
  public String version() {
    return version;
  }

  /** Builds the program once, runs it as often as its header says at each level, and counts. */
  public Observation observe(GoProgram program) {
    try {
      Path dir = Files.createTempDirectory("oracle");
      try {
        return observe(program, dir);
      } finally {
        delete(dir);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The frames of the program's functions in the binary that its header's flags make.
   *
   * @throws UncheckedIOException if it cannot be built
   */
  public FrameTable frames(GoProgram program) {
    try {
      Path dir = Files.createTempDirectory("oracle");
      try {
        write(program, dir);
        Map<String, String> env = variables(program.header().buildEnv());
        env.put("GOTOOLCHAIN", "local");
        Finished built =
            run(build(program, dir), dir, env, GoString.EMPTY, Scenario.NONE, BUILD_LIMIT);
        if (built.status() != 0) {
          throw new IOException(program.id() + " cannot be built: " + built.stderr());
        }
        return FrameReader.read(
            dir.resolve("prog"), n -> n.startsWith("main.") || n.equals("runtime.main"));
      } finally {
        delete(dir);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(GoProgram program, Path dir) throws IOException {
    for (SourceFile f :
        Stream.concat(program.files().stream(), program.otherFiles().stream()).toList()) {
      Files.writeString(dir.resolve(f.name()), f.text());
    }
  }

  private Observation observe(GoProgram program, Path dir) throws IOException {
    write(program, dir);
    Map<String, String> buildEnv = variables(program.header().buildEnv());
    buildEnv.put("GOTOOLCHAIN", "local");
    if (program.header().script().isPresent()) {
      return new Observation(
          version, platform, script(program, dir, program.header().script().get(), buildEnv));
    }
    Finished built =
        run(build(program, dir), dir, buildEnv, GoString.EMPTY, Scenario.NONE, BUILD_LIMIT);
    if (built.status() != 0) {
      Seen rejected =
          new Seen(
              Traceback.SINGLE,
              1,
              new End.NotBuilt(),
              GoString.EMPTY,
              GoString.of(diagnostics(built.stderr().toString())));
      return new Observation(version, platform, List.of(rejected));
    }
    List<Seen> seen = new ArrayList<>();
    for (Traceback level : program.header().tracebacks()) {
      seen.addAll(atLevel(program, dir, level));
    }
    return new Observation(version, platform, seen);
  }

  /**
   * The command that builds a program. Files named on the command line are Go files only, so a
   * folder with C beside its Go is built as a module; a program all of C by gcc as most people call
   * it, without optimization.
   */
  private List<String> build(GoProgram program, Path dir) throws IOException {
    List<String> c =
        program.otherFiles().stream().map(SourceFile::name).filter(GoProgram::isC).toList();
    if (program.files().isEmpty()) {
      List<String> build = new ArrayList<>(List.of("gcc", "-g", "-o", "prog"));
      build.addAll(program.header().flags());
      build.addAll(c.stream().filter(n -> n.endsWith(".c")).toList());
      build.add("-lpthread");
      return build;
    }
    List<String> build = new ArrayList<>(command(program));
    build.addAll(program.header().flags());
    if (program.header().runtimeBug().isPresent()) {
      Path overlay = BrokenRuntime.overlay(program.header().runtimeBug().get(), root, dir);
      build.addAll(List.of("-overlay", overlay.toString()));
    }
    if (c.isEmpty()) {
      program.files().forEach(f -> build.add(f.name()));
    } else {
      Files.writeString(dir.resolve("go.mod"), "module prog\n\ngo 1.26\n");
      build.add(".");
    }
    return build;
  }

  /** A program of tests is built as {@code go test} builds it; its main is package testing's. */
  private List<String> command(GoProgram program) {
    boolean tests = program.files().stream().anyMatch(f -> f.name().endsWith("_test.go"));
    return tests ? List.of(go, "test", "-c", "-o", "prog") : List.of(go, "build", "-o", "prog");
  }

  /** What a script of the archive that builds and runs programs itself says and returns. */
  private static List<Seen> script(
      GoProgram program, Path dir, String script, Map<String, String> env) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(env);
    all.putAll(variables(program.header().env()));
    all.put("TMPDIR", dir.toString());
    all.put("LC_ALL", "C");
    Finished f =
        run(
            List.of("sh", script),
            dir,
            all,
            program.stdin(),
            Scenario.NONE,
            program.header().timeout());
    End end = f.stillRunning() ? new End.StillRunning() : new End.Exit(f.status());
    GoString stderr = GoString.of(NormalForm.of(f.stderr().toString()));
    return List.of(new Seen(Traceback.SINGLE, 1, end, f.stdout(), stderr));
  }

  private static List<Seen> atLevel(GoProgram program, Path dir, Traceback level)
      throws IOException {
    Map<Seen, Integer> counts = new LinkedHashMap<>();
    List<String> command = new ArrayList<>(List.of(dir.resolve("prog").toString()));
    command.addAll(program.header().args());
    Map<String, String> env = variables(program.header().env());
    env.put("GOTRACEBACK", Observation.word(level));
    for (int i = 0; i < program.header().runs(); i++) {
      Finished f =
          run(command, dir, env, program.stdin(), program.signals(), program.header().timeout());
      End end = f.stillRunning() ? new End.StillRunning() : new End.Exit(f.status());
      GoString stderr = GoString.of(NormalForm.of(f.stderr().toString()));
      counts.merge(new Seen(level, 1, end, f.stdout(), stderr), 1, Integer::sum);
    }
    return counts.entrySet().stream()
        .sorted(Map.Entry.<Seen, Integer>comparingByValue().reversed())
        .map(e ->
            new Seen(
                level, e.getValue(), e.getKey().end(), e.getKey().stdout(), e.getKey().stderr()))
        .toList();
  }

  private static Map<String, String> variables(List<String> settings) {
    Map<String, String> env = new LinkedHashMap<>();
    for (String e : settings) {
      int equals = e.indexOf('=');
      env.put(e.substring(0, equals), e.substring(equals + 1));
    }
    return env;
  }

  /**
   * The compiler's lines: without the line of {@code go build} that names the package, and with
   * {@code $GOROOT} for the folder of the toolchain, as the go command itself writes it elsewhere.
   */
  private String diagnostics(String stderr) {
    String lines = stderr.startsWith("# ") ? stderr.substring(stderr.indexOf('\n') + 1) : stderr;
    return lines.replace(root, "$GOROOT");
  }

  private record Finished(int status, boolean stillRunning, GoString stdout, GoString stderr) {}

  /** Starts a process in a bare environment: PATH, HOME and what is given. */
  private static Finished run(
      List<String> command,
      Path dir,
      Map<String, String> env,
      GoString stdin,
      Scenario scenario,
      Duration limit)
      throws IOException {
    Path in = Files.createTempFile("stdin", "");
    Path out = Files.createTempFile("stdout", "");
    Path err = Files.createTempFile("stderr", "");
    try {
      Files.write(in, stdin.toBytes());
      ProcessBuilder b =
          new ProcessBuilder(Outside.command(scenario, command, out, err)).directory(dir.toFile());
      b.environment().keySet().retainAll(List.of("PATH", "HOME", "GOCACHE", "GOROOT"));
      b.environment().putAll(env);
      b.redirectInput(in.toFile());
      Outside.redirect(scenario, b, out, err);
      Process p = b.start();
      boolean ended =
          scenario.isEmpty()
              ? p.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)
              : Outside.play(scenario, p, out, err, limit);
      if (!ended) {
        p.destroyForcibly().waitFor();
      }
      return new Finished(
          ended ? p.exitValue() : -1, !ended, relative(read(out), dir), relative(read(err), dir));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while " + command + " ran", e);
    } finally {
      Files.delete(in);
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** Output with the names of the program's own files relative to its folder, as it was given. */
  private static GoString relative(GoString output, Path dir) {
    String text = new String(output.toBytes(), StandardCharsets.ISO_8859_1);
    String folder = dir.toAbsolutePath().normalize() + "/";
    return GoString.wrap(text.replace(folder, "").getBytes(StandardCharsets.ISO_8859_1));
  }

  private static GoString read(Path file) throws IOException {
    if (Files.size(file) > OUTPUT_LIMIT) {
      return GoString.of("more than " + OUTPUT_LIMIT + " bytes\n");
    }
    return GoString.wrap(Files.readAllBytes(file));
  }

  private static void delete(Path dir) throws IOException {
    try (Stream<Path> walk = Files.walk(dir)) {
      for (Path p : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }
}
