package paniclab.model.c;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The dynamic loader of glibc, ld.so: what it says and how a process ends when the library it finds
 * is not the one that the program was linked with. It reports; it does not crash.
 *
 * <p>Source: elf/dl-version.c and dl-lookup.c of glibc 2.36.
 */
public final class Loader {
  private Loader() {}

  /**
   * A symbol.
   *
   * @param version empty for none
   */
  public record Symbol(String name, String version) {}

  /**
   * A shared library as it lies on the disk.
   *
   * @param path as the loader names it
   * @param symbols that it defines
   */
  public record Library(String path, List<Symbol> symbols) {
    public Library {
      symbols = List.copyOf(symbols);
    }

    private boolean hasVersions() {
      return symbols.stream().anyMatch(s -> !s.version().isEmpty());
    }

    private boolean hasVersion(String v) {
      return symbols.stream().anyMatch(s -> s.version().equals(v));
    }

    private boolean defines(Symbol wanted) {
      return symbols.stream()
          .anyMatch(s ->
              s.name().equals(wanted.name())
                  && (s.version().isEmpty() || s.version().equals(wanted.version())));
    }
  }

  /**
   * How a start went.
   *
   * @param stderr lines that the loader wrote
   * @param started whether main began
   * @param exit status that the loader ended the process with; absent if it did not
   */
  public record Result(List<String> stderr, boolean started, Optional<Integer> exit) {
    public Result {
      stderr = List.copyOf(stderr);
    }
  }

  /**
   * Starts a program that needs one symbol of a library and calls it.
   *
   * @param program as it was started, such as {@code ./m}
   * @param wanted the symbol, with the version it had when the program was linked
   * @param found the library that is there now
   * @param bindNow whether all symbols are bound at the start (LD_BIND_NOW=1, -z now)
   */
  public static Result start(String program, Symbol wanted, Library found, boolean bindNow) {
    List<String> lines = new ArrayList<>();
    if (!wanted.version().isEmpty()) {
      if (found.hasVersions() && !found.hasVersion(wanted.version())) {
        lines.add(
            program
                + ": "
                + found.path()
                + ": version `"
                + wanted.version()
                + "' not found (required by "
                + program
                + ")");
        return new Result(lines, false, Optional.of(1));
      }
      if (!found.hasVersions()) {
        lines.add(
            program
                + ": "
                + found.path()
                + ": no version information available (required by "
                + program
                + ")");
      }
    }
    if (found.defines(wanted)) {
      return new Result(lines, true, Optional.empty());
    }
    String version = wanted.version().isEmpty() ? "" : ", version " + wanted.version();
    lines.add(
        program
            + ": symbol lookup error: "
            + program
            + ": undefined symbol: "
            + wanted.name()
            + version);
    return new Result(lines, !bindNow, Optional.of(127));
  }
}
