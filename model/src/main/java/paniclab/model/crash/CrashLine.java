package paniclab.model.crash;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one line of a crash text is, looked at alone: the grammar that {@link CrashPrinter} writes,
 * with what older versions of Go and the tools around a process add. The line comes without what a
 * log put in front of it.
 */
sealed interface CrashLine {
  /** An empty line. */
  record Blank() implements CrashLine {}

  /** {@code panic: value}; behind a tab for all but the oldest of a chain. */
  record Panic(String value, boolean first) implements CrashLine {}

  /** {@code fatal error: text}; behind a tab where panics were in progress. */
  record Fatal(String error, boolean first) implements CrashLine {}

  /**
   * {@code SIGQUIT: quit}, or what Windows has instead: {@code Exception 0xc0000005 0x0 0x0
   * 0x7ff…}.
   */
  record SignalHead(String name, String text) implements CrashLine {}

  /** {@code PC=0x… m=0 sigcode=0}; Windows and the oldest releases print no code. */
  record Pc(OptionalInt code) implements CrashLine {}

  /** {@code [signal SIGSEGV: …]}. */
  record SignalNote(String name, String text) implements CrashLine {}

  /** {@code signal arrived during cgo execution}. */
  record InC() implements CrashLine {}

  /** {@code runtime stack:}. */
  record RuntimeStack() implements CrashLine {}

  /** {@code goroutine 1 gp=0x… m=0 mp=0x… [running]:}. */
  record Goroutine(long id, boolean isLong, String state) implements CrashLine {}

  /** {@code main.main()}. */
  record Frame(String function) implements CrashLine {}

  /** The place under a frame. */
  record Place(String file, int line, boolean isLong) implements CrashLine {}

  /** {@code created by f in goroutine 1}; 0 where no goroutine is named. */
  record Created(String function, long goroutine) implements CrashLine {}

  /** {@code ...N frames elided...}; -1 where no number is given. */
  record Elided(long count) implements CrashLine {}

  /** What only a trace holds and says nothing of its own: registers, unavailable stacks, bytes. */
  record Detail() implements CrashLine {}

  /** {@code -----} between the threads of GOTRACEBACK=crash. */
  record ThreadBreak() implements CrashLine {}

  /** {@code exit status 2}, {@code signal: aborted} and what containers and systemd say. */
  record Exited(int status) implements CrashLine {}

  /** {@code http: panic serving 1.2.3.4:5: value}. */
  record Served(String server, String value) implements CrashLine {}

  /**
   * A note that only one throw has, so that the throw is known even where the log ends here.
   *
   * @param error what will stand behind "fatal error: "
   */
  record Note(String error) implements CrashLine {}

  /** {@code WARNING: DATA RACE}. */
  record Race() implements CrashLine {}

  /** None of these. */
  record Other() implements CrashLine {}

  Blank BLANK = new Blank();
  Detail DETAIL = new Detail();
  Other OTHER = new Other();

  String PANIC = "panic: ";
  String FATAL = "fatal error: ";
  String GOROUTINE = "goroutine ";
  String SERVING = "http: panic serving ";
  String NOTE = "runtime: ";
  String FAULT = "unexpected fault address ";
  String RACE = "WARNING: DATA RACE";
  String WINDOWS = "Exception 0x";

  /** Characters of the longest time that Go's log package writes: 2026/11/26 04:00:00.123456. */
  int LOG_TIME = 27;

  /** A goroutine's header, from its first word to the end of its line. */
  Pattern GOROUTINE_HEAD =
      Pattern.compile(
          "goroutine (\\d{1,18})( gp=\\S+ m=\\S+(?: mp=\\S+)?)? \\[([^\\]]*(?:\\{.*\\})?)\\]:");

  Pattern PC_LINE =
      Pattern.compile(
          "PC=0x[0-9a-fN]+(?: m=(?:-?\\d+|N)(?: sigcode=(-?\\d+)(?: addr=0x[0-9a-fN]+)?)?)?");
  Pattern SIGNAL_LINE = Pattern.compile("\\[signal (\\w+)(?:: ([^\\]]*?))?(?: code=.*)?\\]?");
  Pattern SIGNAL_HEAD = Pattern.compile("(SIG[A-Z0-9]{2,8}): (.+)");

  /** What the runtime prints on Windows; source: winthrow in signal_windows.go. */
  Pattern EXCEPTION = Pattern.compile("Exception (0x[0-9a-f]{6,8})(?: 0x[0-9a-f]+){3}");

  Pattern FUNCTION = Pattern.compile("[\\p{L}_][^\\s(){}]*(?:\\(\\*?[^\\s(){}]*\\)[^\\s(){}]*)*");
  Pattern ARGUMENTS = Pattern.compile("[0-9a-fx?{}, _.]*");
  Pattern PLACE =
      Pattern.compile(
          "\\s+(\\S.*?):(\\d{1,9}|N)(?: \\+0x[0-9a-f]+)?( fp=0x.*)?(?: pc=0x[0-9a-f]+)?");

  /** A place whose white space a log took away. */
  Pattern BARE_PLACE =
      Pattern.compile(
          "((?:/|[A-Za-z]:[/\\\\]|\\$|_cgo_|<auto)\\S.*?):(\\d{1,9}|N)(?: \\+0x[0-9a-f]+)?( fp=0x.*)?");

  Pattern FILE = Pattern.compile("\\s+(\\S+\\.(?:go|s|c|cc|cpp|h))");
  Pattern CREATED = Pattern.compile("created by (\\S+)(?: in goroutine (\\d{1,18}))?");
  Pattern ELIDED = Pattern.compile("\\.\\.\\.(?:(\\d{1,18})|additional) frames elided\\.\\.\\.");
  Pattern REGISTER = Pattern.compile("[a-z][a-z0-9]{0,7} +0x[0-9a-f]+");
  Pattern SERVED = Pattern.compile("http: panic serving (\\S+?): ?(.*)");

  /** What a line is. */
  static CrashLine of(String s) {
    int n = s.length();
    if (n == 0) {
      return BLANK;
    }
    char c = s.charAt(0);
    return switch (c) {
      case '\t', ' ' -> indented(s);
      case 'p' -> s.startsWith(PANIC) ? panic(s, PANIC.length(), true) : frame(s);
      case 'f' ->
          s.startsWith(FATAL) ? new Fatal(s.substring(FATAL.length()), true) : registerOrFrame(s);
      case 'g' -> goroutine(s);
      case 'c' -> created(s);
      case 'E' -> exception(s);
      case 'S' -> signalHead(s);
      case 'P' -> pc(s);
      case '[' -> signalLine(s);
      case '.' -> elided(s);
      case '-' -> s.equals("-----") ? new ThreadBreak() : OTHER;
      case 'h' -> s.startsWith(SERVING) ? served(s) : frame(s);
      case 'W' -> s.equals(RACE) ? new Race() : exitOr(s, frame(s));
      case 'i' -> s.startsWith("instruction bytes:") ? DETAIL : frame(s);
      case 's' -> signalWords(s);
      case 'r' -> runtime(s);
      case 'u' -> s.startsWith(FAULT) ? new Note("fault") : frame(s);
      case 'n' -> s.equals("non-Go function") ? new Frame(s) : frame(s);
      default -> exitOr(s, bareOrFrame(s));
    };
  }

  private static CrashLine panic(String s, int from, boolean first) {
    return new Panic(s.substring(from), first);
  }

  private static CrashLine exitOr(String s, CrashLine otherwise) {
    return otherwise instanceof Other
        ? ExitWords.status(s).<CrashLine>map(Exited::new).orElse(OTHER)
        : otherwise;
  }

  private static CrashLine indented(String s) {
    int i = 0;
    while (i < s.length() && (s.charAt(i) == ' ' || s.charAt(i) == '\t')) {
      i++;
    }
    if (i == s.length()) {
      return BLANK;
    }
    boolean tab = s.charAt(0) == '\t' || i == 4 || i == 8;
    if (tab && s.startsWith(PANIC, i)) {
      return panic(s, i + PANIC.length(), false);
    }
    if (tab && s.startsWith(FATAL, i)) {
      return new Fatal(s.substring(i + FATAL.length()), false);
    }
    if (s.endsWith("stack unavailable")) {
      return DETAIL;
    }
    Matcher m = PLACE.matcher(s);
    if (m.matches()) {
      return place(m);
    }
    if (s.startsWith("pc=0x", i)) {
      return new Place("", 0, true);
    }
    Matcher f = FILE.matcher(s);
    return f.matches() ? new Place(f.group(1), 0, false) : OTHER;
  }

  /** A place; in the normal form of crash texts, lines that a tool numbered are masked. */
  private static CrashLine place(Matcher m) {
    int line = m.group(2).equals("N") ? 0 : Integer.parseInt(m.group(2));
    return new Place(m.group(1), line, m.group(3) != null);
  }

  private static CrashLine goroutine(String s) {
    if (!s.startsWith(GOROUTINE)) {
      return registerOrFrame(s);
    }
    Matcher m = GOROUTINE_HEAD.matcher(s);
    return m.matches()
        ? new Goroutine(Long.parseLong(m.group(1)), m.group(2) != null, m.group(3))
        : s.endsWith("stack unavailable") ? DETAIL : OTHER;
  }

  private static CrashLine created(String s) {
    Matcher m = CREATED.matcher(s);
    if (m.matches()) {
      return new Created(m.group(1), m.group(2) == null ? 0 : Long.parseLong(m.group(2)));
    }
    return registerOrFrame(s);
  }

  private static CrashLine signalHead(String s) {
    Matcher m = SIGNAL_HEAD.matcher(s);
    return m.matches() ? new SignalHead(m.group(1), m.group(2)) : frame(s);
  }

  private static CrashLine exception(String s) {
    Matcher m = EXCEPTION.matcher(s);
    return m.matches() ? new SignalHead(m.group(1), s) : exitOr(s, frame(s));
  }

  private static CrashLine pc(String s) {
    Matcher m = PC_LINE.matcher(s);
    if (!m.matches()) {
      return exitOr(s, frame(s));
    }
    String code = m.group(1);
    return new Pc(code == null ? OptionalInt.empty() : OptionalInt.of((int) parse(code)));
  }

  /** A number of up to 64 bits, signed or not: si_code is printed as an unsigned word. */
  private static long parse(String number) {
    try {
      return number.startsWith("-") ? Long.parseLong(number) : Long.parseUnsignedLong(number);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static CrashLine signalLine(String s) {
    Matcher m = SIGNAL_LINE.matcher(s);
    return m.matches()
        ? new SignalNote(m.group(1), m.group(2) == null ? "" : m.group(2))
        : exitOr(s, OTHER);
  }

  private static CrashLine elided(String s) {
    Matcher m = ELIDED.matcher(s);
    return m.matches() ? new Elided(m.group(1) == null ? -1 : Long.parseLong(m.group(1))) : OTHER;
  }

  private static CrashLine served(String s) {
    Matcher m = SERVED.matcher(s);
    return m.matches() ? new Served(m.group(1), m.group(2)) : OTHER;
  }

  private static CrashLine signalWords(String s) {
    return s.equals("signal arrived during cgo execution")
            || s.equals("signal arrived during external code execution")
        ? new InC()
        : exitOr(s, registerOrFrame(s));
  }

  private static CrashLine runtime(String s) {
    if (s.equals("runtime stack:")) {
      return new RuntimeStack();
    }
    Optional<String> error = s.startsWith(NOTE) ? RuntimeTexts.announced(s) : Optional.empty();
    return error.isPresent() ? new Note(error.get()) : registerOrFrame(s);
  }

  private static CrashLine registerOrFrame(String s) {
    return s.length() < 40 && REGISTER.matcher(s).matches() ? DETAIL : frame(s);
  }

  private static CrashLine bareOrFrame(String s) {
    char c = s.charAt(0);
    if (c >= '0' && c <= '9') {
      int at = s.indexOf(SERVING);
      return at > 0 && at <= LOG_TIME ? served(s.substring(at)) : frame(s);
    }
    if (c == '/' || c == '$' || c == '_' || c == '<' || s.startsWith(":", 1)) {
      Matcher m = BARE_PLACE.matcher(s);
      if (m.matches()) {
        return place(m);
      }
    }
    return registerOrFrame(s);
  }

  /** A function and its argument words; {@code panic} is the only one without a package. */
  private static CrashLine frame(String s) {
    if (!s.endsWith(")")) {
      return OTHER;
    }
    int open = s.lastIndexOf('(');
    if (open <= 0) {
      return OTHER;
    }
    String name = s.substring(0, open);
    boolean named = name.equals("panic") || name.indexOf('.') > 0 || name.startsWith("_cgo");
    return named
            && ARGUMENTS.matcher(s).region(open + 1, s.length() - 1).matches()
            && FUNCTION.matcher(name).matches()
        ? new Frame(name)
        : OTHER;
  }
}
