package paniclab.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import paniclab.model.sched.Bug;

/**
 * A copy of Go's runtime with a fault put in on purpose, for {@code go build -overlay}: so that
 * even of a crash that no program can cause it is real Go that says what it looks like.
 */
final class BrokenRuntime {
  private static final String FILE = "src/runtime/proc.go";

  /** The end of gopark, and where main.main is about to run (Go 1.26). */
  private static final String RELEASES =
      "\treleasem(mp)\n\t// can't do anything that might move the G between Ms here.\n";

  private static final String MAIN = "\tfn := main_main // make an indirect call";

  private BrokenRuntime() {}

  /**
   * Writes the overlay.
   *
   * @param root the toolchain's folder
   * @param dir where to write
   * @return the file to give to {@code -overlay}
   * @throws IOException also where this toolchain's source is not the one expected
   */
  static Path overlay(Bug bug, String root, Path dir) throws IOException {
    Path original = Path.of(root, FILE);
    String source = Files.readString(original);
    String broken =
        switch (bug) {
          case HOLDING_LOCKS ->
              replace(
                      replace(
                          source,
                          RELEASES,
                          "\tif !programRuns || isSystemGoroutine(gp, false) {\n"
                              + "\t\treleasem(mp)\n\t}\n"),
                      MAIN,
                      "\tprogramRuns = true\n" + MAIN)
                  + "\nvar programRuns bool\n";
        };
    Path copy = Files.writeString(dir.resolve("proc.go.txt"), broken);
    String overlay = "{\"Replace\": {" + quoted(original) + ": " + quoted(copy) + "}}\n";
    return Files.writeString(dir.resolve("overlay.json"), overlay);
  }

  private static String quoted(Path p) {
    return '"' + p.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String replace(String source, String part, String by) throws IOException {
    if (source.indexOf(part) < 0 || source.indexOf(part) != source.lastIndexOf(part)) {
      throw new IOException(FILE + " of this toolchain does not have once: " + part);
    }
    return source.replace(part, by);
  }
}
