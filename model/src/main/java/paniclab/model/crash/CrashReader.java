package paniclab.model.crash;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import paniclab.model.crash.Crash.TextLine;
import paniclab.model.crash.CrashStream.Before;
import paniclab.model.crash.CrashStream.Recognised;

/**
 * Reads what Go processes left behind: the crashes in a log of any size, whatever stands around
 * them. Bytes are pushed in as they come; each crash is handed on as soon as it is over; memory is
 * bounded by {@link ReaderLimits}.
 *
 * <p>A line may carry what a terminal, a container, a journal or a collector put in front of it or
 * around it. What that is, is learnt from the line with the header and asked of the lines that
 * follow, so a log may hold several processes at once. Text that only quotes a crash, or that a
 * program printed itself, is no crash; it is handed on as {@link #recognised}.
 *
 * <p>Source of the grammar: {@code src/runtime/panic.go}, {@code traceback.go} and {@code
 * signal_unix.go} of Go 1.21 to 1.26.
 */
public final class CrashReader {
  /** The lines before a header that are looked at for its notes, and for prose. */
  private static final int BEFORE = 16;

  /** The most streams that are followed because of one line that may have been a header. */
  private static final int GUESSES = 16;

  /** How many of them are asked whether they are prose. */
  private static final int LOOKED_AT = 4;

  private static final Pattern ANSI =
      Pattern.compile(
          "\u001B(?:\\[[0-9;:?]*[ -/]*[@-~]|\\][^\u0007\u001B]*(?:\u0007|\u001B\\\\)|[@-Z\\\\^_])");
  private static final Pattern SIGNAL_AT =
      Pattern.compile("SIG(?:QUIT|ILL|TRAP|ABRT|BUS|FPE|SEGV|STKFLT|SYS|EMT): [a-z -]+$");
  private static final Pattern MARKDOWN =
      Pattern.compile("(?:#{1,6} |```|~~~|[-*+] |\\d+\\. |> |\\|.*\\|$).*");

  /** What ends a line of prose, in English or inside a Chinese sentence. */
  private static final String STOPS = ".!?:,;";

  private static final String CHINESE_STOPS = "\u3002\uff01\uff1f\uff1a\uff0c\u3001";

  /** A line of prose has at least so many words. */
  private static final int SENTENCE_WORDS = 7;

  private final ReaderLimits limits;
  private final Consumer<Crash> found;
  private final List<Recognised> recognised = new ArrayList<>();
  private int recognisedCount;
  private int line;

  /** A message of the C library in front of an abort, until a crash claims it. */
  private Optional<TextLine> abortOfC = Optional.empty();

  /** The last line that tells of an end, and the status it tells, while there is no crash. */
  private Optional<Crash.Exit> ended = Optional.empty();

  private boolean any;

  /** Streams by where they come from: a scope of JSON, then what their prefix looks like. */
  private final Map<String, CrashStream> streams = new LinkedHashMap<>(16, 0.75f, true);

  /** Streams with a crash in progress and a prefix. */
  private final List<Scoped> prefixed = new ArrayList<>();

  private final ArrayDeque<Seen> before = new ArrayDeque<>();

  private record Seen(int line, String scope, String text) {}

  private record Scoped(String scope, CrashStream stream) {}

  /** A header in a line, and where it begins. */
  private record Located(int at, String text, CrashLine kind) {}

  // Bytes to lines.
  private byte[] buffer = new byte[1 << 12];
  private int length;
  private final byte[] lead = new byte[3];
  private int leadLength;
  private boolean started;
  private boolean wide;
  private boolean bigEndian;
  private int half = -1;

  /** A reader that hands on each crash when it is over. */
  public CrashReader(Consumer<Crash> found) {
    this(ReaderLimits.DEFAULT, found);
  }

  /** A reader with other limits. */
  public CrashReader(ReaderLimits limits, Consumer<Crash> found) {
    this.limits = limits;
    this.found = found;
  }

  /** All crashes of a text, and what else was recognised. */
  public static CrashLog read(String text) {
    List<Crash> all = new ArrayList<>();
    CrashReader reader = new CrashReader(all::add);
    byte[] b = text.getBytes(StandardCharsets.UTF_8);
    reader.accept(b, 0, b.length);
    reader.end();
    return reader.log(all);
  }

  /** What was read, with the crashes that were handed on. */
  public CrashLog log(List<Crash> all) {
    return new CrashLog(
        all.stream()
            .sorted((a, b) -> Integer.compare(a.lines().first(), b.lines().first()))
            .toList(),
        recognised.stream().map(CrashReader::published).toList(),
        recognisedCount,
        line);
  }

  private static CrashLog.Recognised published(Recognised r) {
    CrashLog.Why why =
        switch (r.why()) {
          case NO_HEADER -> CrashLog.Why.NO_HEADER;
          case OWN_STACK -> CrashLog.Why.OWN_STACK;
          case NO_TRACE -> CrashLog.Why.NO_TRACE;
          case RACE -> CrashLog.Why.RACE;
          case ABORT_OF_C -> CrashLog.Why.ABORT_OF_C;
          case ENDED -> CrashLog.Why.ENDED;
        };
    return new CrashLog.Recognised(
        why, new Crash.Lines(r.line(), r.last()), r.text(), r.goroutines());
  }

  /** How many lines have been read. */
  public int lines() {
    return line;
  }

  /** Reads some bytes, of UTF-8 or, after a byte order mark, UTF-16. */
  public void accept(byte[] b, int from, int n) {
    int i = from;
    int end = from + n;
    while (!started && i < end) {
      lead[leadLength++] = b[i++];
      if (leadLength == lead.length) {
        start();
      }
    }
    bytes(b, i, end);
  }

  /** Looks at the first bytes, which may be a byte order mark. */
  private void start() {
    started = true;
    int a = leadLength > 0 ? lead[0] & 0xff : 0;
    int b = leadLength > 1 ? lead[1] & 0xff : 0;
    bigEndian = a == 0xfe && b == 0xff;
    wide = bigEndian || a == 0xff && b == 0xfe;
    boolean utf8 = a == 0xef && b == 0xbb;
    bytes(lead, wide ? 2 : utf8 ? 3 : 0, leadLength);
  }

  private void bytes(byte[] b, int from, int end) {
    int i = from;
    while (i < end) {
      if (wide) {
        wideByte(b[i++] & 0xff);
        continue;
      }
      int stop = i;
      while (stop < end && b[stop] != '\n') {
        stop++;
      }
      append(b, i, stop);
      if (stop < end) {
        endOfLine();
        stop++;
      }
      i = stop;
    }
  }

  private void append(byte[] b, int from, int to) {
    int n = Math.min(to - from, limits.lineChars() - length);
    if (n <= 0) {
      return;
    }
    if (length + n > buffer.length) {
      buffer = Arrays.copyOf(buffer, Math.max(length + n, 2 * buffer.length));
    }
    System.arraycopy(b, from, buffer, length, n);
    length += n;
  }

  private void wideByte(int b) {
    if (half < 0) {
      half = b;
      return;
    }
    char c = (char) (bigEndian ? half << 8 | b : b << 8 | half);
    half = -1;
    if (c == '\n') {
      endOfLine();
    } else {
      byte[] utf = String.valueOf(c).getBytes(StandardCharsets.UTF_8);
      append(utf, 0, utf.length);
    }
  }

  private void endOfLine() {
    line++;
    String s = new String(buffer, 0, length, StandardCharsets.UTF_8);
    length = 0;
    raw(s);
  }

  /** The input is over: a last line without its end is read, open crashes are handed on. */
  public void end() {
    if (!started) {
      start();
    }
    boolean inLine = length > 0;
    if (inLine) {
      endOfLine();
    }
    for (CrashStream s : new ArrayList<>(streams.values())) {
      s.end(inLine);
    }
    streams.clear();
    prefixed.clear();
    recogniseNotGo();
  }

  /** One line: a terminal may have written several over each other. */
  private void raw(String s) {
    if (s.indexOf('\r') < 0) {
      clean(s);
      return;
    }
    int end = s.length();
    while (end > 0 && s.charAt(end - 1) == '\r') {
      end--;
    }
    String whole = s.substring(0, end);
    if (whole.indexOf('\r') < 0) {
      clean(whole);
    } else {
      for (String part : whole.split("\r")) {
        if (!part.isEmpty()) {
          clean(part);
        }
      }
    }
  }

  private void clean(String s) {
    String t = s.indexOf('\u001B') < 0 ? s : ANSI.matcher(s).replaceAll("");
    // syslog daemons write control characters as octal numbers.
    t = t.indexOf("#011") < 0 ? t : t.replace("#011", "\t");
    Optional<JsonLine> json = JsonLine.read(t);
    if (json.isEmpty()) {
      List<String> whole = EscapedCrash.lines(t);
      whole.forEach(part -> route(part, "in one line", false));
      if (whole.isEmpty()) {
        route(t, "", false);
      }
      return;
    }
    JsonLine j = json.get();
    String text = j.text().endsWith("\n") ? j.text().substring(0, j.text().length() - 1) : j.text();
    for (String part : text.split("\n", -1)) {
      route(part.endsWith("\r") ? part.substring(0, part.length() - 1) : part, j.source(), j.own());
    }
  }

  /** Finds the stream a line belongs to. */
  private void route(String s, String scope, boolean own) {
    for (int i = 0; i < prefixed.size(); i++) {
      Scoped p = prefixed.get(i);
      if (!p.scope().equals(scope)) {
        continue;
      }
      Optional<String> stripped = p.stream().prefix.strip(s);
      if (stripped.isPresent()) {
        give(p.stream(), scope, stripped.get());
        if (!p.stream().active()) {
          prefixed.remove(i);
        }
        remember(scope, s);
        return;
      }
    }
    Optional<CrashStream> plain = Optional.ofNullable(streams.get(scope));
    boolean active = plain.isPresent() && plain.get().active();
    boolean busy = active && !plain.get().guessing();
    Optional<Located> head = mayBegin(s) ? locate(s, busy) : Optional.empty();
    if (head.isPresent() && head.get().at() > 0) {
      behindPrefix(head.get(), s, scope, plain, busy);
    } else if (active || head.isPresent()) {
      CrashStream stream = stream(scope, own ? LogPrefix.OWN_LOG : LogPrefix.NONE);
      give(stream, scope, s);
    }
    if (!busy && !prefixed.isEmpty()) {
      exitOfOthers(s);
    }
    if (!busy) {
      notGo(s);
    }
    remember(scope, s);
  }

  private void behindPrefix(
      Located head, String s, String scope, Optional<CrashStream> plain, boolean busy) {
    boolean known = false;
    if (head.at() <= LogPrefix.LONGEST) {
      LogPrefix prefix = LogPrefix.learn(s.substring(0, head.at()));
      known = prefix.known();
      CrashStream stream = stream(scope + "\u0000" + prefix.source(), prefix);
      stream.accept(line, head.text(), head.kind(), () -> before(scope, prefix));
      if (stream.active()) {
        prefixed.removeIf(p -> p.stream() == stream);
        forgetGuesses();
        prefixed.add(new Scoped(scope, stream));
      }
    }
    // A terminal writes ^\ in front of SIGQUIT, a progress line has no end.
    boolean may =
        head.kind() instanceof CrashLine.Panic
            || head.kind() instanceof CrashLine.Fatal
            || head.kind() instanceof CrashLine.SignalHead;
    if (busy) {
      give(plain.orElseThrow(), scope, s);
    } else if (may && !known) {
      stream(scope, LogPrefix.NONE).acceptGlued(line, head.text(), head.kind());
    }
  }

  /**
   * A log that speaks of panics in many ways gives many prefixes that lead to nothing, and each is
   * tried on every line: the oldest are given up.
   */
  private void forgetGuesses() {
    int guesses = 0;
    for (Scoped p : prefixed) {
      guesses += p.stream().tracing() ? 0 : 1;
    }
    for (int i = 0; guesses >= GUESSES && i < prefixed.size(); i++) {
      CrashStream stream = prefixed.get(i).stream();
      if (!stream.tracing()) {
        prefixed.remove(i--);
        guesses--;
        stream.end(false);
      }
    }
  }

  private void give(CrashStream stream, String scope, String text) {
    stream.accept(line, text, CrashLine.of(text), () -> before(scope, stream.prefix));
  }

  private CrashStream stream(String key, LogPrefix prefix) {
    CrashStream known = streams.get(key);
    if (known != null) {
      return known;
    }
    if (streams.size() >= limits.sources()) {
      String oldest = streams.keySet().iterator().next();
      CrashStream dropped = streams.remove(oldest);
      if (dropped != null) {
        dropped.end(false);
        prefixed.removeIf(p -> p.stream() == dropped);
      }
    }
    CrashStream fresh = new CrashStream(limits, prefix, found, this::recognise);
    streams.put(key, fresh);
    return fresh;
  }

  private void hand(Crash c) {
    any = true;
    Crash.Lines l = c.lines();
    abortOfC = abortOfC.filter(a -> a.line() < l.first() || a.line() > l.last());
    found.accept(c);
  }

  /** Keeps what tells of a death that is not Go's to report. */
  private void notGo(String s) {
    if (s.length() > LogPrefix.LONGEST) {
      return;
    }
    if (RuntimeTexts.mayBeOfC(s) && RuntimeTexts.isOfC(s)) {
      abortOfC = Optional.of(new TextLine(line, s.strip()));
    } else if (!any) {
      ExitWords.status(s.strip())
          .ifPresent(status -> ended = Optional.of(new Crash.Exit(line, status, s.strip())));
    }
  }

  /** What is left of it at the end. */
  private void recogniseNotGo() {
    abortOfC.ifPresent(a ->
        recognise(new Recognised(CrashStream.Not.ABORT_OF_C, a.line(), a.line(), a.text(), 0)));
    if (!any) {
      ended.ifPresent(e ->
          recognise(
              new Recognised(CrashStream.Not.ENDED, e.line(), e.line(), e.text(), e.status())));
    }
  }

  private void recognise(Recognised r) {
    recognisedCount++;
    if (recognised.size() < limits.recognised()) {
      recognised.add(r);
    }
  }

  /** Supervisors tell of a process's end on lines of their own. */
  private void exitOfOthers(String s) {
    if (prefixed.size() != 1
        || !(s.contains("exit") || s.contains("status=") || s.contains("signal: "))) {
      return;
    }
    String words = s;
    int at = Math.max(s.indexOf("]: "), s.indexOf("| "));
    if (at >= 0) {
      words = s.substring(at + (s.startsWith("]: ", at) ? 3 : 2));
    }
    Optional<Integer> status = ExitWords.status(words.strip());
    if (status.isPresent()) {
      prefixed.getFirst().stream().exited(line, status.get(), words.strip());
    }
  }

  private void remember(String scope, String s) {
    if (before.size() >= BEFORE) {
      before.removeFirst();
    }
    before.addLast(new Seen(line, scope, s));
  }

  /** The notes right before a header, and whether the lines around it are prose. */
  private Before before(String scope, LogPrefix prefix) {
    List<TextLine> notes = new ArrayList<>();
    boolean noting = true;
    int read = 0;
    int sentences = 0;
    boolean markdown = false;
    for (Seen s : before.reversed()) {
      if (!s.scope().equals(scope)) {
        continue;
      }
      Optional<String> text = prefix.strip(s.text());
      if (text.isEmpty() || text.get().isBlank()) {
        continue;
      }
      String t = text.get();
      boolean logged = LogPrefix.looksLogged(t);
      if (noting && RuntimeTexts.isNote(t)) {
        notes.addFirst(new TextLine(s.line(), t.strip()));
        continue;
      }
      noting = noting && logged;
      if (++read > LOOKED_AT) {
        break;
      }
      markdown |= !logged && MARKDOWN.matcher(t).matches();
      sentences += !logged && isSentence(t) ? 1 : 0;
    }
    return new Before(notes, markdown || sentences >= 2);
  }

  private static boolean isSentence(String line) {
    int words = 0;
    boolean inWord = false;
    for (int i = 0; i < Math.min(line.length(), LogPrefix.LONGEST); i++) {
      char c = line.charAt(i);
      if (CHINESE_STOPS.indexOf(c) >= 0) {
        return true;
      }
      boolean letter = Character.isLetter(c);
      words += letter && !inWord ? 1 : 0;
      inWord = letter;
    }
    return words >= SENTENCE_WORDS
        && !line.isEmpty()
        && STOPS.indexOf(line.charAt(line.length() - 1)) >= 0;
  }

  private static boolean mayBegin(String s) {
    return s.contains(CrashLine.PANIC)
        || s.contains(CrashLine.GOROUTINE)
        || s.contains(CrashLine.FATAL)
        || s.contains("SIG")
        || s.contains(CrashLine.WINDOWS)
        || s.contains(CrashLine.SERVING)
        || s.contains(CrashLine.RACE)
        || s.contains(CrashLine.NOTE)
        || s.contains(CrashLine.FAULT)
        || s.startsWith("runtime stack:");
  }

  /**
   * The first header in a line.
   *
   * @param busy whether a crash without prefix is in progress, so that a header in the middle of a
   *     line is taken for a line of the program's
   */
  private static Optional<Located> locate(String s, boolean busy) {
    int indentation = busy ? 0 : indentation(s);
    String whole = s.substring(indentation);
    CrashLine kind = CrashLine.of(whole);
    if (isHead(kind, whole)) {
      return Optional.of(new Located(indentation, whole, kind));
    }
    int served = s.indexOf(CrashLine.SERVING);
    if (served >= 0) {
      Matcher time = LogPrefix.GO_TIME.matcher(s.substring(0, served));
      int at = time.find() ? time.start() : served;
      CrashLine k = CrashLine.of(s.substring(served));
      return k instanceof CrashLine.Served
          ? Optional.of(new Located(at, s.substring(at), k))
          : Optional.empty();
    }
    int at = earliest(s);
    if (at < 0 || busy && at > LogPrefix.LONGEST) {
      return Optional.empty();
    }
    String rest = s.substring(at);
    CrashLine k = CrashLine.of(rest);
    return isHead(k, rest) ? Optional.of(new Located(at, rest, k)) : Optional.empty();
  }

  /** Where a text that is indented as a whole begins, as in a quotation. */
  private static int indentation(String s) {
    int at = 0;
    while (at < s.length() && s.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static int earliest(String s) {
    int best = min(s.indexOf(CrashLine.PANIC), s.indexOf(CrashLine.FATAL));
    best = min(best, min(s.indexOf(CrashLine.NOTE), s.indexOf(CrashLine.FAULT)));
    Matcher g = CrashLine.GOROUTINE_HEAD.matcher(s);
    int from = s.indexOf(CrashLine.GOROUTINE);
    if (from >= 0 && g.find(from) && g.end() == s.length()) {
      best = min(best, g.start());
    }
    int sig = s.indexOf("SIG");
    if (sig >= 0) {
      Matcher m = SIGNAL_AT.matcher(s);
      if (m.find(sig)) {
        best = min(best, m.start());
      }
    }
    int exception = s.indexOf(CrashLine.WINDOWS);
    if (exception >= 0 && CrashLine.EXCEPTION.matcher(s.substring(exception)).matches()) {
      best = min(best, exception);
    }
    int race = s.indexOf(CrashLine.RACE);
    if (race >= 0 && race + CrashLine.RACE.length() == s.length()) {
      best = min(best, race);
    }
    return best;
  }

  private static int min(int a, int b) {
    return a < 0 ? b : b < 0 ? a : Math.min(a, b);
  }

  private static boolean isHead(CrashLine k, String text) {
    return switch (k) {
      case CrashLine.Panic p -> true;
      case CrashLine.Fatal f -> true;
      case CrashLine.Note n -> true;
      case CrashLine.SignalHead s -> RuntimeTexts.isSignal(text);
      case CrashLine.Served s -> true;
      case CrashLine.Race r -> true;
      case CrashLine.Goroutine g -> true;
      case CrashLine.RuntimeStack r -> true;
      default -> false;
    };
  }
}
