package paniclab.golang;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Runs the Go toolchain that this build was made with. */
final class GoTool {
  private GoTool() {}

  record Result(int status, String output) {}

  /** Runs {@code go} in a folder; the output is both streams. */
  static Result go(Path dir, String... arguments) throws IOException, InterruptedException {
    List<String> command = Stream.concat(Stream.of("go"), Stream.of(arguments)).toList();
    ProcessBuilder b =
        new ProcessBuilder(command).directory(dir.toFile()).redirectErrorStream(true);
    b.environment().put("GOFLAGS", "-buildvcs=false");
    b.environment().put("GOTOOLCHAIN", "local");
    Process p = b.start();
    p.getOutputStream().close();
    String output = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Result(p.waitFor(), output);
  }

  /** What {@code go build} prints about the files of a folder, without its {@code #} line. */
  static Result build(Path dir, List<String> files) throws IOException, InterruptedException {
    Result r =
        go(
            dir,
            Stream.concat(Stream.of("build", "-o", "/dev/null"), files.stream())
                .toArray(String[]::new));
    String text =
        r.output
            .lines()
            .filter(l -> !l.startsWith("# "))
            .reduce("", (a, l) -> a + l + "\n")
            .strip();
    return new Result(r.status, text);
  }
}
