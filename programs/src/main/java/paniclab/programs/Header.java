package paniclab.programs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.model.sched.Bug;

/**
 * The header of a program: {@code key: value} lines in the comment of its archive, up to the first
 * empty line. The rest of the comment is prose for people who edit the file.
 *
 * <table>
 * <caption>Keys</caption>
 * <tr><th>key</th><th>value</th><th>default</th></tr>
 * <tr><td>title, title-zh</td><td>one line, English and Chinese</td><td>empty</td></tr>
 * <tr><td>claims</td><td>ids of the ledger it is evidence for</td><td>none</td></tr>
 * <tr><td>flags</td><td>more arguments of {@code go build}</td><td>none</td></tr>
 * <tr><td>build-env</td><td>NAME=value, for the build</td><td>none</td></tr>
 * <tr><td>env</td><td>NAME=value, for the run</td><td>none</td></tr>
 * <tr><td>args</td><td>arguments of the program</td><td>none</td></tr>
 * <tr><td>timeout</td><td>seconds after which a run counts as still running</td><td>10</td></tr>
 * <tr><td>runs</td><td>times the oracle runs it at each level</td><td>5</td></tr>
 * <tr><td>tracebacks</td><td>GOTRACEBACK levels to measure</td><td>single</td></tr>
 * <tr><td>script</td><td>a file of the archive that is run by sh in place of the program, which it
 * builds itself</td><td>none</td></tr>
 * <tr><td>runtime-bug</td><td>a fault that is put into the runtime on purpose, see {@link
 * paniclab.model.sched.Bug}</td><td>none</td></tr>
 * <tr><td>needs</td><td>what it uses that the model leaves out, in words</td><td>nothing</td></tr>
 * </table>
 *
 * Lists are separated by blanks; an entry that holds blanks stands in double quotes, as in {@code
 * flags: "-gcflags=-N -l"}. What the program reads on stdin is the archive's file {@code stdin};
 * what reaches it from outside while it runs, signals above all, its file {@code signals}, a line
 * each in the form of {@link paniclab.model.signal.Scenario}.
 */
public record Header(
    String title,
    String titleZh,
    List<String> claims,
    List<String> flags,
    List<String> buildEnv,
    List<String> env,
    List<String> args,
    Duration timeout,
    int runs,
    List<Traceback> tracebacks,
    Optional<String> script,
    Optional<Bug> runtimeBug,
    Optional<String> needs) {
  private static final List<String> KEYS =
      List.of(
          "title",
          "title-zh",
          "claims",
          "flags",
          "build-env",
          "env",
          "args",
          "timeout",
          "runs",
          "tracebacks",
          "script",
          "runtime-bug",
          "needs");

  /** A word of a list: all between two quotes, or up to the next blank. */
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|\\S+");

  public Header {
    claims = List.copyOf(claims);
    flags = List.copyOf(flags);
    buildEnv = List.copyOf(buildEnv);
    env = List.copyOf(env);
    args = List.copyOf(args);
    tracebacks = List.copyOf(tracebacks);
  }

  /**
   * Reads the header in a comment.
   *
   * @param file for error messages
   * @throws BadProgramException for an unknown key, a key met twice, or a value that is no number
   */
  public static Header parse(String comment, String file) {
    Map<String, String> values = new TreeMap<>();
    int number = 0;
    for (String line : comment.lines().takeWhile(l -> !l.isBlank()).toList()) {
      number++;
      int colon = line.indexOf(':');
      String key = colon < 0 ? line : line.substring(0, colon).strip();
      if (colon < 0 || !KEYS.contains(key)) {
        throw new BadProgramException(
            file,
            number,
            "unknown header \""
                + key
                + "\"; known are "
                + String.join(", ", KEYS)
                + ". Prose goes below an empty line");
      }
      if (values.put(key, line.substring(colon + 1).strip()) != null) {
        throw new BadProgramException(
            file, number, "header \"" + key + "\" is given twice; keep one");
      }
    }
    return new Header(
        values.getOrDefault("title", ""),
        values.getOrDefault("title-zh", ""),
        words(values, "claims"),
        words(values, "flags"),
        words(values, "build-env"),
        words(values, "env"),
        words(values, "args"),
        Duration.ofMillis(Math.round(1000 * positive(values, "timeout", "10", file))),
        (int) positive(values, "runs", "5", file),
        levels(words(values, "tracebacks"), file),
        Optional.ofNullable(values.get("script")),
        bug(Optional.ofNullable(values.get("runtime-bug")), file),
        Optional.ofNullable(values.get("needs")));
  }

  /** Why the model cannot run what these flags or this script build; empty if it can. */
  public Optional<String> beyondModel() {
    if (flags.contains("-race")) {
      return Optional.of(
          "the race detector (go build -race): its report needs the stack of an access that is"
              + " over");
    }
    return script.map(s -> needs.orElse("what the script " + s + " builds and runs"));
  }

  private static Optional<Bug> bug(Optional<String> word, String file) {
    if (word.isPresent() && Bug.of(word.get()).isEmpty()) {
      throw new BadProgramException(
          file, 1, "runtime-bug: \"" + word.get() + "\" is none of " + Bug.words());
    }
    return word.flatMap(Bug::of);
  }

  private static List<String> words(Map<String, String> values, String key) {
    String v = values.getOrDefault(key, "");
    List<String> words = new ArrayList<>();
    Matcher m = WORD.matcher(v);
    while (m.find()) {
      words.add(m.group(1) != null ? m.group(1) : m.group());
    }
    return words;
  }

  private static double positive(
      Map<String, String> values, String key, String absent, String file) {
    String v = values.getOrDefault(key, absent);
    try {
      double d = Double.parseDouble(v);
      if (d > 0) {
        return d;
      }
    } catch (NumberFormatException e) {
      throw new BadProgramException(file, 1, key + ": \"" + v + "\" is no number");
    }
    throw new BadProgramException(file, 1, key + ": must be more than 0");
  }

  private static List<Traceback> levels(List<String> words, String file) {
    if (words.isEmpty()) {
      return List.of(Traceback.SINGLE);
    }
    EnumSet<Traceback> levels = EnumSet.noneOf(Traceback.class);
    for (String w : words) {
      levels.add(
          Observation.level(w)
              .orElseThrow(() ->
                  new BadProgramException(
                      file,
                      1,
                      "tracebacks: \"" + w + "\" is none of none, single, all, system, crash")));
    }
    return new ArrayList<>(levels);
  }
}
