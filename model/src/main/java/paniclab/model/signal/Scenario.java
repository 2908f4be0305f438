package paniclab.model.signal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What reaches a process from outside: signals of other processes or of the terminal, and readers
 * of its output that go away. The lines are obeyed one after the other; each waits for its
 * condition from the moment the line before it was done.
 *
 * <pre>
 * SIGUSR1 after stdout "ready"
 * SIGTERM after stdout "working" and 200ms
 * SIGKILL after 1.5s
 * SIGQUIT after stderr "ready" from terminal
 * close stdout after stdout "first line\n"
 * </pre>
 *
 * The text stands in quotes as in Go ({@code \n}, {@code \t}, {@code \"}, {@code \\}) and is looked
 * for in what the program wrote after the text that the line before it found there. A time counts
 * from the condition, or, where it stands alone, from the line before; for the first line from the
 * start of the process. Empty lines and lines that begin with {@code #} say nothing.
 *
 * <p>{@code close stdout} closes the reading end of the program's standard output, as {@code head
 * -1} does when it has its line: what the program writes later finds a broken pipe, and is seen by
 * nobody.
 */
public record Scenario(List<Line> lines) {
  /** Nothing comes from outside. */
  public static final Scenario NONE = new Scenario(List.of());

  /** The longest wait that a line may ask for, in nanoseconds: an hour. */
  public static final long MAX_NANOS = 3_600L * 1_000_000_000L;

  private static final Pattern LINE =
      Pattern.compile(
          "(close\\s+(?:stdout|stderr)|\\S+|signal\\s+\\d+)\\s+after\\s+(.+?)(?:\\s+from\\s+(kill|terminal))?");
  private static final Pattern TEXT =
      Pattern.compile(
          "(stdout|stderr)\\s+\"((?:[^\"\\\\]|\\\\.)*)\"(?:\\s+and\\s+(\\d+(?:\\.\\d+)?)(ms|s))?");
  private static final Pattern TIME = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s)");

  /** What happens. */
  public sealed interface Action {
    /** A signal is sent. */
    record Send(Signal signal, Origin origin) implements Action {}

    /** Whoever read this descriptor, 1 or 2, does so no more. */
    record Close(int fd) implements Action {}
  }

  /**
   * A line of a scenario.
   *
   * @param fd the descriptor whose text it waits for; 0 for none
   * @param text what has to be written there; empty for none
   * @param nanos how long it waits after that, in nanoseconds of virtual time
   */
  public record Line(Action action, int fd, String text, long nanos) {
    /** As it is written in an archive. */
    public String format() {
      String what =
          switch (action) {
            case Action.Send(Signal signal, Origin origin) -> signal.name();
            case Action.Close(int closed) -> "close " + stream(closed);
          };
      String time = nanos % 1_000_000_000L == 0 ? nanos / 1_000_000_000L + "s" : millis() + "ms";
      String when =
          text.isEmpty()
              ? time
              : stream(fd) + " \"" + quoted(text) + "\"" + (nanos == 0 ? "" : " and " + time);
      return what
          + " after "
          + when
          + (action instanceof Action.Send s && s.origin() == Origin.TERMINAL
              ? " from terminal"
              : "");
    }

    private String millis() {
      return nanos % 1_000_000L == 0
          ? Long.toString(nanos / 1_000_000L)
          : Double.toString(nanos / 1e6);
    }
  }

  public Scenario {
    lines = List.copyOf(lines);
  }

  /** Whether nothing comes from outside. */
  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /**
   * Reads the part {@code -- signals --} of an archive.
   *
   * @throws IllegalArgumentException {@code line N: ...} for a line that is none
   */
  public static Scenario parse(String text) {
    List<Line> lines = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String l = line.strip();
      if (l.isEmpty() || l.startsWith("#")) {
        continue;
      }
      try {
        lines.add(line(l));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + ": " + e.getMessage(), e);
      }
    }
    return new Scenario(lines);
  }

  /**
   * Reads lines separated by {@code ;}, as the command line has them.
   *
   * @throws IllegalArgumentException for text that is none
   */
  public static Scenario parseOneLine(String text) {
    List<Line> lines = new ArrayList<>();
    StringBuilder part = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      quoted ^= c == '"' && (i == 0 || text.charAt(i - 1) != '\\');
      if (c == ';' && !quoted) {
        lines.add(line(part.toString().strip()));
        part.setLength(0);
      } else {
        part.append(c);
      }
    }
    if (!part.toString().isBlank()) {
      lines.add(line(part.toString().strip()));
    }
    return new Scenario(lines);
  }

  private static Line line(String line) {
    Matcher m = LINE.matcher(line);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "cannot read \"" + line + "\"; write, for example, SIGTERM after stdout \"ready\"");
    }
    Origin origin = "terminal".equals(m.group(3)) ? Origin.TERMINAL : Origin.KILL;
    Action action = action(m.group(1), origin);
    Matcher text = TEXT.matcher(m.group(2));
    if (text.matches()) {
      int fd = text.group(1).equals("stdout") ? 1 : 2;
      long nanos = text.group(3) == null ? 0 : nanos(text.group(3), text.group(4));
      String wanted = unquoted(text.group(2));
      if (wanted.isEmpty()) {
        throw new IllegalArgumentException(
            "\"\" is in every output; give a text or a time, as in after 200ms");
      }
      return new Line(action, fd, wanted, nanos);
    }
    Matcher time = TIME.matcher(m.group(2));
    if (time.matches()) {
      return new Line(action, 0, "", nanos(time.group(1), time.group(2)));
    }
    throw new IllegalArgumentException(
        "cannot read \"after "
            + m.group(2)
            + "\"; write after stdout \"text\", after stderr \"text\" or after 200ms");
  }

  private static Action action(String word, Origin origin) {
    if (word.startsWith("close")) {
      return new Action.Close(word.endsWith("stdout") ? 1 : 2);
    }
    Signal s = Signals.of(word);
    if (origin == Origin.TERMINAL && !TERMINAL_SIGNALS.contains(s.number())) {
      throw new IllegalArgumentException(
          "no key of a terminal sends " + s + "; it sends SIGINT, SIGQUIT and SIGTSTP");
    }
    return new Action.Send(s, origin);
  }

  private static final List<Integer> TERMINAL_SIGNALS = List.of(2, 3, 20);

  private static long nanos(String number, String unit) {
    double n = Double.parseDouble(number) * (unit.equals("s") ? 1e9 : 1e6);
    if (n > MAX_NANOS) {
      throw new IllegalArgumentException(
          number + unit + " is too long; the longest wait is an hour");
    }
    return Math.round(n);
  }

  private static String stream(int fd) {
    return fd == 1 ? "stdout" : "stderr";
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }

  private static String unquoted(String text) {
    StringBuilder b = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\') {
        b.append(c);
        continue;
      }
      char next = text.charAt(++i);
      b.append(
          switch (next) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case '"', '\\' -> next;
            default ->
                throw new IllegalArgumentException(
                    "\"\\" + next + "\" is unknown in a text; known are \\n \\t \\\" \\\\");
          });
    }
    return b.toString();
  }

  /** A scenario of one signal, sent when this was written to standard output. */
  public static Scenario signalAfter(Signal s, String stdout) {
    return new Scenario(List.of(new Line(new Action.Send(s, Origin.KILL), 1, stdout, 0)));
  }

  /** The lines as an archive has them. */
  public String format() {
    StringBuilder b = new StringBuilder();
    lines.forEach(l -> b.append(l.format()).append('\n'));
    return b.toString();
  }

  /** The line of this index; empty past the end. */
  public Optional<Line> line(int index) {
    return index < lines.size() ? Optional.of(lines.get(index)) : Optional.empty();
  }
}
