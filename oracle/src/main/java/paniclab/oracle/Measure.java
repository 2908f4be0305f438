package paniclab.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;

/**
 * Measures programs with the real toolchain and writes what it saw into their archives.
 *
 * <p>{@code Measure [--all] [--check] FILE|FOLDER...}: those without an observation, with {@code
 * --all} all of them; with {@code --check} nothing is written, and the exit status is 1 if an
 * observation was not met again. {@code --frames} only fills in the parts {@code frames}.
 */
public final class Measure {
  private Measure() {}

  /** See the class. */
  public static void main(String[] args) throws IOException {
    List<String> arguments = List.of(args);
    boolean check = arguments.contains("--check");
    boolean all = check || arguments.contains("--all");
    GoToolchain go = GoToolchain.find(Optional.ofNullable(System.getenv("GO")).orElse("go"));
    boolean changed = false;
    for (Path file : archives(arguments.stream().filter(a -> !a.startsWith("--")).toList())) {
      String text = Files.readString(file);
      GoProgram program =
          GoProgram.parse(file.getFileName().toString().replaceFirst("\\.txtar$", ""), text);
      if (arguments.contains("--frames")) {
        if (GoProgram.wantsFrames(text)) {
          Files.writeString(file, GoProgram.withFrames(text, go.frames(program)));
        }
        continue;
      }
      if (program.observation().isPresent() && !all) {
        continue;
      }
      Observation now = go.observe(program);
      System.err.println(file.getFileName() + ": " + now.seen().size() + " distinct");
      if (!check) {
        String framed =
            GoProgram.wantsFrames(text) ? GoProgram.withFrames(text, go.frames(program)) : text;
        Files.writeString(file, GoProgram.withObservation(framed, now));
      } else if (program.observation().filter(before -> agree(before, now)).isEmpty()) {
        changed = true;
        System.out.println(file + ": seen now:\n" + now.format());
      }
    }
    System.exit(changed ? 1 : 0);
  }

  /** Whether nothing was seen now that had not been seen before. */
  static boolean agree(Observation before, Observation now) {
    return now.seen().stream()
        .allMatch(n ->
            before.at(n.level()).stream()
                .anyMatch(b ->
                    b.end().equals(n.end())
                        && b.stdout().equals(n.stdout())
                        && b.stderr().equals(n.stderr())));
  }

  private static List<Path> archives(List<String> arguments) throws IOException {
    List<Path> files = new ArrayList<>();
    for (String a : arguments) {
      try (Stream<Path> walk = Files.walk(Path.of(a))) {
        walk.filter(p -> p.toString().endsWith(".txtar")).sorted().forEach(files::add);
      }
    }
    return files;
  }
}
