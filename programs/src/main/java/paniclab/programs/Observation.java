package paniclab.programs;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.model.program.GoString;

/**
 * What the real Go toolchain did with a program. Written by the oracle only.
 *
 * @param goVersion as {@code go env GOVERSION} prints it
 * @param platform GOOS/GOARCH
 * @param seen each distinct ending, by level, the most frequent of a level first
 */
public record Observation(String goVersion, String platform, List<Seen> seen) {

  /** How a process ended. */
  public sealed interface End {
    /**
     * With an exit status, 0 to 255, as a shell shows it: 128+n for a process killed by a signal.
     */
    record Exit(int status) implements End {}

    /** It still ran when its time was over. */
    record StillRunning() implements End {}

    /** It was never built: stderr holds what the compiler said, stdout is empty. */
    record NotBuilt() implements End {}
  }

  /**
   * One ending and how often it was met.
   *
   * @param level GOTRACEBACK of these runs
   * @param count runs with this ending
   * @param stderr in the normal form of {@code NormalForm}; the compiler's lines as they are
   */
  public record Seen(Traceback level, int count, End end, GoString stdout, GoString stderr) {}

  private static final Pattern HEAD = Pattern.compile("(go\\S+) (\\S+/\\S+)");
  private static final Pattern SEEN =
      Pattern.compile(
          "(none|single|all|system|crash) (\\d+)x (?:exit (\\d+)|(still running)|(not built))");

  public Observation {
    seen = List.copyOf(seen);
  }

  /** The endings at one level. */
  public List<Seen> at(Traceback level) {
    return seen.stream().filter(s -> s.level() == level).toList();
  }

  /** How many runs there were at a level. */
  public int runs(Traceback level) {
    return at(level).stream().mapToInt(Seen::count).sum();
  }

  /** The ending of all runs at the default level, if they agree in everything. */
  public Optional<Seen> always() {
    List<Seen> s = at(Traceback.SINGLE);
    return s.size() == 1 ? Optional.of(s.getFirst()) : Optional.empty();
  }

  /** The text of the archive's {@code observed} file. */
  public String format() {
    StringBuilder b = new StringBuilder(goVersion + " " + platform + "\n");
    for (Seen s : seen) {
      String end =
          switch (s.end()) {
            case End.Exit(int status) -> "exit " + status;
            case End.StillRunning() -> "still running";
            case End.NotBuilt() -> "not built";
          };
      b.append(word(s.level()) + " " + s.count() + "x " + end + "\n");
      stream(b, "stdout", s.stdout());
      stream(b, "stderr", s.stderr());
    }
    return b.toString();
  }

  private static void stream(StringBuilder b, String name, GoString bytes) {
    if (bytes.length() > 0) {
      b.append(name).append('\n');
      Output.lines(bytes).forEach(l -> b.append(l).append('\n'));
    }
  }

  /** A level as GOTRACEBACK spells it. */
  public static String word(Traceback level) {
    return switch (level) {
      case NONE -> "none";
      case SINGLE -> "single";
      case ALL -> "all";
      case SYSTEM -> "system";
      case CRASH -> "crash";
    };
  }

  /** The level GOTRACEBACK spells so. */
  public static Optional<Traceback> level(String word) {
    for (Traceback t : Traceback.values()) {
      if (word(t).equals(word)) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }

  /**
   * Reads what {@link #format} wrote.
   *
   * @param file and {@code firstLine} for error messages
   * @throws BadProgramException where the text is something else
   */
  public static Observation parse(String text, String file, int firstLine) {
    List<String> lines = text.lines().toList();
    Matcher head = HEAD.matcher(lines.isEmpty() ? "" : lines.getFirst());
    if (!head.matches()) {
      throw new BadProgramException(
          file,
          firstLine,
          "expected the Go version and the platform; let the oracle measure the program again");
    }
    List<Seen> seen = new ArrayList<>();
    int i = 1;
    while (i < lines.size()) {
      Matcher m = SEEN.matcher(lines.get(i));
      if (!m.matches()) {
        throw new BadProgramException(
            file,
            firstLine + i,
            "expected LEVEL COUNTx END; let the oracle measure the program again");
      }
      List<String> stdout = stream(lines, i + 1, "stdout");
      i += 1 + (stdout.isEmpty() ? 0 : stdout.size() + 1);
      List<String> stderr = stream(lines, i, "stderr");
      i += stderr.isEmpty() ? 0 : stderr.size() + 1;
      End end =
          m.group(4) != null
              ? new End.StillRunning()
              : m.group(5) != null
                  ? new End.NotBuilt()
                  : new End.Exit(Integer.parseInt(m.group(3)));
      seen.add(
          new Seen(
              level(m.group(1)).orElseThrow(),
              Integer.parseInt(m.group(2)),
              end,
              Output.bytes(stdout),
              Output.bytes(stderr)));
    }
    return new Observation(head.group(1), head.group(2), seen);
  }

  private static List<String> stream(List<String> lines, int from, String name) {
    if (from >= lines.size() || !lines.get(from).equals(name)) {
      return List.of();
    }
    int end = from + 1;
    while (end < lines.size() && Output.isLine(lines.get(end))) {
      end++;
    }
    return lines.subList(from + 1, end);
  }
}
