package paniclab.model.crash;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the tools around a process say of its end. */
final class ExitWords {
  private ExitWords() {}

  private static final Pattern GO_RUN = Pattern.compile("exit status (\\d{1,3})");
  private static final Pattern GO_SIGNAL =
      Pattern.compile("signal: ([a-z ]+?)(?: \\(core dumped\\))?");
  private static final Pattern SHELL =
      Pattern.compile(
          "(?:.*: line \\d+: +\\d+ |\\[\\d+\\]\\+? +)?(Aborted|Killed|Terminated|Segmentation fault)"
              + "(?: +\\(core dumped\\).*)?(?: {2,}\\S.*)?");
  private static final Pattern CONTAINER =
      Pattern.compile(
          "\\S* ?exited with code (\\d{1,3})(?: \\(restarting\\))?"
              + "|Command exited with non-zero status (\\d{1,3})"
              + "|(?:Process|process) (?:finished|exited) with (?:the )?exit (?:code|status) (\\d{1,3})"
              + "|\\s*[Ee]xit [Cc]ode: +(\\d{1,3})");
  private static final Pattern SYSTEMD =
      Pattern.compile(".*code=(exited|killed|dumped), status=(\\d{1,3})/.*");
  private static final int SIGNAL_STATUS = 128;

  private static final Map<String, Integer> SIGNALS = new LinkedHashMap<>();

  static {
    SIGNALS.put("hangup", 1);
    SIGNALS.put("interrupt", 2);
    SIGNALS.put("quit", 3);
    SIGNALS.put("aborted", 6);
    SIGNALS.put("killed", 9);
    SIGNALS.put("segmentation fault", 11);
    SIGNALS.put("broken pipe", 13);
    SIGNALS.put("terminated", 15);
  }

  /** The exit status a line tells of, as a shell counts it. */
  static Optional<Integer> status(String s) {
    if (s.length() > 300 || !mayTell(s)) {
      return Optional.empty();
    }
    Matcher run = GO_RUN.matcher(s);
    if (run.matches()) {
      return Optional.of(Integer.parseInt(run.group(1)));
    }
    Matcher word = GO_SIGNAL.matcher(s);
    if (word.matches()) {
      return signal(word.group(1));
    }
    Matcher shell = SHELL.matcher(s);
    if (shell.matches()) {
      return signal(shell.group(1));
    }
    Matcher systemd = SYSTEMD.matcher(s);
    if (systemd.matches()) {
      int n = Integer.parseInt(systemd.group(2));
      return Optional.of(systemd.group(1).equals("exited") ? n : SIGNAL_STATUS + n);
    }
    Matcher container = CONTAINER.matcher(s);
    if (container.matches()) {
      for (int g = 1; g <= container.groupCount(); g++) {
        if (container.group(g) != null) {
          return Optional.of(Integer.parseInt(container.group(g)));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean mayTell(String s) {
    return s.contains("xit")
        || s.contains("status")
        || s.startsWith("signal: ")
        || s.contains("Aborted")
        || s.contains("Killed")
        || s.contains("Terminated")
        || s.contains("Segmentation fault");
  }

  private static Optional<Integer> signal(String word) {
    return Optional.ofNullable(SIGNALS.get(word.toLowerCase(Locale.ROOT)))
        .map(n -> SIGNAL_STATUS + n);
  }
}
