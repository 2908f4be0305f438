package paniclab.model.crash;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import paniclab.model.crash.Crash.Cause;
import paniclab.model.crash.Crash.Creator;
import paniclab.model.crash.Crash.Exit;
import paniclab.model.crash.Crash.Lines;
import paniclab.model.crash.Crash.Mark;
import paniclab.model.crash.Crash.PanicEntry;
import paniclab.model.crash.Crash.SignalLine;
import paniclab.model.crash.Crash.Style;
import paniclab.model.crash.Crash.TextLine;
import paniclab.model.crash.Crash.TracedFrame;
import paniclab.model.crash.Crash.TracedGoroutine;
import paniclab.model.crash.Crash.WaitGroup;

/**
 * A crash while its lines come in. It starts with a header, or with a goroutine where the header is
 * missing; {@link CrashStream} decides which lines belong to it.
 */
final class CrashBuilder {
  /** What the first line said. */
  enum Head {
    PANIC,
    FATAL,
    /** A note that announces a throw. */
    NOTE,
    SIGNAL,
    SERVED,
    RACE,
    /** Goroutines without a header. */
    NONE
  }

  private static final String RECOVERED = " [recovered]";
  private static final String REPANICKED = " [recovered, repanicked]";

  /** The ids of a group that are kept. */
  private static final int IDS = 8;

  private final ReaderLimits limits;
  final Head head;
  final int line;
  final String firstLine;
  final LogPrefix prefix;
  private final List<TextLine> notes;
  private int headerLine;
  private int last;
  private final List<PanicEntry> chain = new ArrayList<>();
  private String error = "";
  private String signalName = "";
  private String server = "";
  private Optional<SignalLine> signal = Optional.empty();
  private boolean inC;
  private OptionalInt code = OptionalInt.empty();
  private boolean pc;
  private boolean runtimeStack;
  private boolean runtimeFatal;
  private boolean isLong;
  private int threads;
  private boolean headed;
  private final List<TracedGoroutine> goroutines = new ArrayList<>();
  private final Map<String, Group> groups = new LinkedHashMap<>();
  private int goroutineCount;
  private Optional<Exit> exit = Optional.empty();
  private final List<TextLine> foreign = new ArrayList<>();
  private int foreignCount;
  private int since;
  private boolean onlyLogged = true;

  /** The goroutine whose frames come in; 0 in the line for none. */
  private Open open = Open.NONE;

  private String function = "";
  private int functionLine;

  private static final class Open {
    static final Open NONE = new Open(0, new CrashLine.Goroutine(0, false, ""));
    final int line;
    final CrashLine.Goroutine head;
    final List<TracedFrame> frames = new ArrayList<>();
    long elided;
    Optional<Creator> creator = Optional.empty();

    Open(int line, CrashLine.Goroutine head) {
      this.line = line;
      this.head = head;
    }
  }

  private static final class Group {
    int count;
    int minutes;
    final List<Long> ids = new ArrayList<>();
    final String state;
    final Optional<TracedFrame> place;
    final Optional<Creator> creator;

    Group(String state, Optional<TracedFrame> place, Optional<Creator> creator) {
      this.state = state;
      this.place = place;
      this.creator = creator;
    }
  }

  CrashBuilder(
      ReaderLimits limits,
      Head head,
      int line,
      String text,
      List<TextLine> notes,
      LogPrefix prefix) {
    this.limits = limits;
    this.head = head;
    this.line = line;
    this.notes = new ArrayList<>(notes);
    this.headerLine = line;
    this.firstLine = notes.isEmpty() ? text : notes.getFirst().text();
    this.last = line;
    this.prefix = prefix;
  }

  // What CrashStream asks.

  boolean traced() {
    return goroutineCount > 0 || open.line > 0 || runtimeStack;
  }

  boolean inThreadDumps() {
    return threads > 0;
  }

  /** Lines since the last one of Go's. */
  int since() {
    return since;
  }

  int last() {
    return last;
  }

  boolean exited() {
    return exit.isPresent();
  }

  boolean panicking() {
    return head == Head.PANIC && error.isEmpty();
  }

  /** Whether a line of a frame can come now: a function was read and its place is missing. */
  boolean expectsPlace() {
    return !function.isEmpty();
  }

  Optional<String> topFunction() {
    if (!open.frames.isEmpty()) {
      return Optional.of(open.frames.getFirst().function());
    }
    return goroutines.isEmpty() || goroutines.getFirst().frames().isEmpty()
        ? Optional.empty()
        : Optional.of(goroutines.getFirst().frames().getFirst().function());
  }

  int goroutineCount() {
    return goroutineCount + (open.line > 0 ? 1 : 0);
  }

  // Lines.

  private void grammar(int n) {
    last = n;
    since = 0;
  }

  void panic(int n, String text) {
    grammar(n);
    Mark mark = Mark.NONE;
    String value = text;
    if (value.endsWith(REPANICKED)) {
      mark = Mark.REPANICKED;
      value = value.substring(0, value.length() - REPANICKED.length());
    } else if (value.endsWith(RECOVERED)) {
      mark = Mark.RECOVERED;
      value = value.substring(0, value.length() - RECOVERED.length());
    }
    if (chain.size() < limits.chain()) {
      chain.add(new PanicEntry(n, cut(value), mark));
    }
  }

  private String cut(String value) {
    return value.length() <= limits.valueChars() ? value : value.substring(0, limits.valueChars());
  }

  /** One more line of the newest panic's value; its mark stands at the end of the last line. */
  void valueGoesOn(int n, String text) {
    if (chain.isEmpty()) {
      other(n, text);
      return;
    }
    grammar(n);
    PanicEntry p = chain.removeLast();
    String before = p.value() + (p.mark() == Mark.NONE ? "" : markText(p.mark()));
    if (before.length() + text.length() > limits.valueChars()) {
      chain.add(p);
      return;
    }
    panic(n, before + "\n" + text.strip());
    PanicEntry joined = chain.removeLast();
    chain.add(new PanicEntry(p.line(), joined.value(), joined.mark()));
  }

  private static String markText(Mark mark) {
    return switch (mark) {
      case NONE -> "";
      case RECOVERED -> RECOVERED;
      case REPANICKED -> REPANICKED;
    };
  }

  void fatal(int n, String text) {
    grammar(n);
    headerLine = n;
    headed = true;
    error = cut(text);
  }

  /** A note that announces a throw by its text. */
  void announce(int n, String text, String thrown) {
    grammar(n);
    notes.add(new TextLine(n, text));
    error = thrown;
  }

  void note(int n, String text) {
    grammar(n);
    notes.add(new TextLine(n, text));
  }

  /** Whether only notes have been read, and the line "fatal error: " is still to come. */
  boolean announced() {
    return head == Head.NOTE && !headed;
  }

  void signalHead(String name, String text) {
    signalName = name;
    error = text;
  }

  void served(String from, String value) {
    server = from;
    chain.add(new PanicEntry(line, cut(value), Mark.RECOVERED));
  }

  void signalNote(int n, String name, String text) {
    grammar(n);
    signal = Optional.of(new SignalLine(n, name, text));
  }

  void pc(int n, OptionalInt sigcode) {
    grammar(n);
    pc = true;
    if (threads == 0) {
      code = sigcode;
    }
  }

  boolean hasPc() {
    return pc;
  }

  /** Windows prints the frames of the goroutine that died without a line that names it. */
  boolean namesNoGoroutine() {
    return signalName.startsWith("0x") && pc && !traced();
  }

  void inC(int n) {
    grammar(n);
    inC = inC || threads == 0;
  }

  void threadBreak(int n) {
    grammar(n);
    closeGoroutine();
    threads++;
  }

  void detail(int n) {
    grammar(n);
  }

  void runtimeStack(int n) {
    grammar(n);
    closeGoroutine();
    runtimeStack = true;
  }

  void goroutine(int n, CrashLine.Goroutine g) {
    grammar(n);
    closeGoroutine();
    isLong |= g.isLong();
    if (threads == 0) {
      open = new Open(n, g);
    }
  }

  void frame(int n, String name) {
    grammar(n);
    flushFunction();
    function = name;
    functionLine = n;
    runtimeFatal |= name.equals("runtime.fatal");
  }

  void place(int n, CrashLine.Place p) {
    grammar(n);
    isLong |= p.isLong();
    if (!function.isEmpty()) {
      add(new TracedFrame(functionLine, function, p.file(), p.line()));
      function = "";
    } else if (open.creator.isPresent() && open.creator.get().file().isEmpty()) {
      Creator c = open.creator.get();
      open.creator = Optional.of(new Creator(c.function(), c.goroutine(), p.file(), p.line()));
    }
  }

  void created(int n, CrashLine.Created c) {
    grammar(n);
    flushFunction();
    open.creator = Optional.of(new Creator(c.function(), c.goroutine(), "", 0));
  }

  void elided(int n, long count) {
    grammar(n);
    flushFunction();
    open.elided = count;
  }

  void exit(int n, int status, String text) {
    grammar(n);
    if (exit.isEmpty()) {
      exit = Optional.of(new Exit(n, status, text));
    }
  }

  void blank() {
    since++;
  }

  void other(int n, String text) {
    since++;
    foreignCount++;
    onlyLogged &= LogPrefix.looksLogged(text);
    if (foreign.size() < limits.notUnderstood()) {
      foreign.add(new TextLine(n, text.length() > 400 ? text.substring(0, 400) : text));
    }
  }

  private void flushFunction() {
    if (!function.isEmpty()) {
      add(new TracedFrame(functionLine, function, "", 0));
      function = "";
    }
  }

  private void add(TracedFrame f) {
    if (open.line > 0 && open.frames.size() < limits.frames()) {
      open.frames.add(f);
    }
  }

  private void closeGoroutine() {
    flushFunction();
    if (open.line == 0) {
      return;
    }
    goroutineCount++;
    GoroutineState s = GoroutineState.parse(open.head.state());
    TracedGoroutine g =
        new TracedGoroutine(
            open.line,
            open.head.id(),
            s.state(),
            s.minutes(),
            s.locked(),
            open.frames,
            open.elided,
            open.creator);
    if (goroutines.size() < limits.goroutines()) {
      goroutines.add(g);
    }
    group(g);
    open = Open.NONE;
  }

  private void group(TracedGoroutine g) {
    Optional<TracedFrame> place = Frames.place(g.frames());
    String key =
        g.state()
            + "\u0000"
            + place.map(f -> f.function() + f.file() + f.fileLine()).orElse("")
            + "\u0000"
            + g.createdBy().map(c -> c.function() + c.file() + c.fileLine()).orElse("");
    Group known = groups.get(key);
    if (known == null) {
      if (groups.size() >= limits.groups()) {
        return;
      }
      known = new Group(g.state(), place, g.createdBy());
      groups.put(key, known);
    }
    known.count++;
    known.minutes = Math.max(known.minutes, g.minutes());
    if (known.ids.size() < IDS) {
      known.ids.add(g.id());
    }
  }

  // The end.

  /**
   * The crash, where the lines are enough to say that it was one.
   *
   * @param atEnd whether the input ended with it
   * @param inLine whether the input ended before the end of a line
   * @param prose whether what stands around it is prose that may quote a crash
   */
  Optional<Crash> build(boolean atEnd, boolean inLine, boolean prose) {
    boolean open = atEnd && since == 0;
    boolean cut = open && (inLine || !function.isEmpty() || announced());
    closeGoroutine();
    Optional<Cause> cause = cause(open);
    if (cause.isEmpty() || !traced() && !believable(atEnd, open, prose)) {
      return Optional.empty();
    }
    List<WaitGroup> waits =
        groups.values().stream()
            .map(g -> new WaitGroup(g.state, g.place, g.creator, g.count, g.ids, g.minutes))
            .sorted((a, b) -> b.count() - a.count())
            .toList();
    Style style = !traced() ? Style.HEADER : isLong ? Style.LONG : Style.SHORT;
    int first = notes.isEmpty() ? line : notes.getFirst().line();
    return Optional.of(
        new Crash(
            cause.get(),
            firstLine,
            new Lines(first, last),
            style,
            goroutines,
            waits,
            goroutineCount,
            exit,
            threads,
            foreign,
            foreignCount,
            cut && exit.isEmpty()));
  }

  /** Whether a header without a trace is the end of a process and no quotation. */
  private boolean believable(boolean atEnd, boolean cut, boolean prose) {
    boolean place = prefix.known() && !prefix.own();
    if (place && (exit.isPresent() || signal.isPresent() || chain.size() > 1 || hasPc())) {
      return true;
    }
    return place
        && !prose
        && switch (head) {
          case PANIC -> onlyLogged;
          case FATAL ->
              onlyLogged
                  && (RuntimeTexts.isFatal(error)
                      || !notes.isEmpty()
                      || RuntimeTexts.isKnownThrow(error)
                      || cut && RuntimeTexts.fatalIfCut(error).isPresent());
          case NOTE -> headed ? onlyLogged : atEnd && foreignCount == 0;
          case SIGNAL -> foreignCount == 0;
          case SERVED, RACE, NONE -> false;
        };
  }

  private Optional<Cause> cause(boolean cut) {
    return switch (head) {
      case PANIC ->
          error.isEmpty()
              ? Optional.of(new Crash.Panicked(line, settled(cut), signal))
              : Optional.of(fatalOrThrow(cut));
      case FATAL, NOTE -> Optional.of(fatalOrThrow(cut));
      case SIGNAL -> Optional.of(new Crash.Signalled(line, notes, signalName, error, inC, code));
      case SERVED ->
          Optional.of(
              new Crash.Served(line, server, chain.isEmpty() ? "" : chain.getFirst().value()));
      case RACE, NONE -> Optional.empty();
    };
  }

  /**
   * The chain. The newest panic was never recovered, so "[recovered]" behind it is a part of its
   * value, unless the text ends there and newer ones are missing.
   */
  private List<PanicEntry> settled(boolean cut) {
    if (chain.isEmpty()) {
      return chain;
    }
    PanicEntry newest = chain.getLast();
    if (newest.mark() == Mark.RECOVERED && (!cut || traced())) {
      List<PanicEntry> all = new ArrayList<>(chain.subList(0, chain.size() - 1));
      all.add(new PanicEntry(newest.line(), newest.value() + RECOVERED, Mark.NONE));
      return all;
    }
    return chain;
  }

  /**
   * fatal and throw print the same words; the runtime's texts tell them apart, then the trace: a
   * throw has the long style at every level.
   */
  private Cause fatalOrThrow(boolean cut) {
    boolean fatal =
        RuntimeTexts.isFatal(error)
            || runtimeFatal
            || cut && !traced() && RuntimeTexts.fatalIfCut(error).orElse(false)
            || traced() && !isLong && !runtimeStack && !RuntimeTexts.isKnownThrow(error);
    return fatal
        ? new Crash.FatalError(headerLine, chain, error)
        : new Crash.Thrown(headerLine, chain, notes, error, signal);
  }
}
