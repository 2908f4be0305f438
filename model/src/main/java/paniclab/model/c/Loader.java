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

  /** What is done on the way from the start to the first call, in this order. */
  public enum Stage {
    /** The version that the program asks for is looked up in the library. */
    VERSION,
    /** All symbols are bound before main; left out where they are bound lazily. */
    BIND_NOW,
    /** Main begins. */
    MAIN,
    /**
     * The first call binds its symbol, in {@code _dl_fixup}; left out where it was bound before.
     */
    BIND_LAZILY,
    /** The library's function runs. */
    CALLED
  }

  /**
   * One stage of a start.
   *
   * @param stderr lines that the loader wrote there
   * @param exit status that it ended the process with, there; absent if it went on
   */
  public record Step(Stage stage, List<String> stderr, Optional<Integer> exit) {
    public Step {
      stderr = List.copyOf(stderr);
    }
  }

  /**
   * How a start went.
   *
   * @param wanted the symbol that the program calls
   * @param found the path of the library
   * @param way its stages; the last one says how it ended
   */
  public record Result(Symbol wanted, String found, List<Step> way) {
    public Result {
      way = List.copyOf(way);
    }

    /** The lines that the loader wrote. */
    public List<String> stderr() {
      return way.stream().flatMap(s -> s.stderr().stream()).toList();
    }

    /** Whether main began. */
    public boolean started() {
      return way.stream().anyMatch(s -> s.stage() == Stage.MAIN);
    }

    /** The status that the loader ended the process with; absent if it did not. */
    public Optional<Integer> exit() {
      return way.getLast().exit();
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
    List<Step> way = new ArrayList<>();
    way.add(version(program, wanted, found));
    if (way.getLast().exit().isPresent()) {
      return new Result(wanted, found.path(), way);
    }
    Step binding = bind(program, wanted, found, bindNow);
    if (bindNow) {
      way.add(binding);
    }
    if (!bindNow || binding.exit().isEmpty()) {
      way.add(passed(Stage.MAIN));
    }
    if (!bindNow) {
      way.add(binding);
    }
    if (binding.exit().isEmpty()) {
      way.add(passed(Stage.CALLED));
    }
    return new Result(wanted, found.path(), way);
  }

  private static Step passed(Stage stage) {
    return new Step(stage, List.of(), Optional.empty());
  }

  private static Step version(String program, Symbol wanted, Library found) {
    if (wanted.version().isEmpty() || found.hasVersion(wanted.version())) {
      return passed(Stage.VERSION);
    }
    String required = " (required by " + program + ")";
    String where = program + ": " + found.path() + ": ";
    return found.hasVersions()
        ? new Step(
            Stage.VERSION,
            List.of(where + "version `" + wanted.version() + "' not found" + required),
            Optional.of(1))
        : new Step(
            Stage.VERSION,
            List.of(where + "no version information available" + required),
            Optional.empty());
  }

  private static Step bind(String program, Symbol wanted, Library found, boolean now) {
    Stage stage = now ? Stage.BIND_NOW : Stage.BIND_LAZILY;
    if (found.defines(wanted)) {
      return passed(stage);
    }
    String version = wanted.version().isEmpty() ? "" : ", version " + wanted.version();
    return new Step(
        stage,
        List.of(
            program
                + ": symbol lookup error: "
                + program
                + ": undefined symbol: "
                + wanted.name()
                + version),
        Optional.of(127));
  }
}
