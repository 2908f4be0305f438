package paniclab.model.crash;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import paniclab.model.crash.Crash.TextLine;

/**
 * The lines of one process in a log, without their prefix: which of them are a crash.
 *
 * <p>A header inside a trace may be the next crash, or a line that the program itself printed while
 * its trace was being written. It is kept beside the crash until a line comes that only one of the
 * two can have.
 */
final class CrashStream {
  /** Why what looked like a crash at first is none. */
  enum Not {
    /** Goroutines without a header: a dump, or the end of a log whose beginning is missing. */
    NO_HEADER,
    /** A stack that the program printed itself, by debug.Stack. */
    OWN_STACK,
    /** A header line without anything that shows that a process ended there. */
    NO_TRACE,
    /** A report of the race detector. */
    RACE,
    /** What the C library or the C++ runtime says before it aborts; Go's report is missing. */
    ABORT_OF_C,
    /** A line about the end of a process that left no text. */
    ENDED
  }

  /** Something that was recognised and is no crash; for an end, the number is its status. */
  record Recognised(Not why, int line, int last, String text, int goroutines) {}

  private final ReaderLimits limits;
  final LogPrefix prefix;
  private final Consumer<Crash> found;
  private final Consumer<Recognised> other;

  private Optional<CrashBuilder> current = Optional.empty();

  /** A header inside the trace of the current crash, not yet decided. */
  private Optional<CrashBuilder> next = Optional.empty();

  /** Whether an empty line has been read since the newest header. */
  private boolean blank;

  /** Whether only a trace can make a crash of the current header. */
  private boolean glued;

  private boolean prose;

  CrashStream(
      ReaderLimits limits, LogPrefix prefix, Consumer<Crash> found, Consumer<Recognised> other) {
    this.limits = limits;
    this.prefix = prefix;
    this.found = found;
    this.other = other;
  }

  boolean active() {
    return current.isPresent();
  }

  /** Whether only a trace can still make a crash of what is being read. */
  boolean guessing() {
    return glued && current.isPresent() && !current.get().traced();
  }

  /** Whether a crash with a trace is being read. */
  boolean tracing() {
    return current.map(CrashBuilder::traced).orElse(false);
  }

  /** What stood before a header: the runtime's notes, and whether it reads like prose. */
  record Before(List<TextLine> notes, boolean prose) {}

  /** Reads a line. {@code before} is asked only where a header begins. */
  void accept(int n, String text, CrashLine kind, Supplier<Before> before) {
    if (next.isPresent()) {
      decide(n, text, kind, before);
    } else if (current.isPresent()) {
      inside(current.get(), n, text, kind, before);
    } else {
      idle(n, text, kind, before);
    }
  }

  /** A header that stands behind other text on its line; only a trace makes a crash of it. */
  void acceptGlued(int n, String text, CrashLine kind) {
    if (guessing()) {
      current = Optional.empty();
    }
    if (current.isEmpty()) {
      idle(n, text, kind, () -> new Before(List.of(), false));
      glued = current.isPresent();
    }
  }

  /** An end that another stream tells of. */
  void exited(int n, int status, String text) {
    next.or(() -> current).ifPresent(c -> c.exit(n, status, text));
  }

  /** The input is over; {@code inLine} if its last line has no end. */
  void end(boolean inLine) {
    current.ifPresent(c -> finish(c, next.isEmpty(), inLine));
    next.ifPresent(c -> finish(c, true, inLine));
    current = Optional.empty();
    next = Optional.empty();
  }

  private void idle(int n, String text, CrashLine kind, Supplier<Before> before) {
    header(n, text, kind, before)
        .ifPresent(c -> {
          current = Optional.of(c);
          blank = false;
          glued = kind instanceof CrashLine.Panic p && !p.first();
        });
  }

  /** The crash that begins with a line, where one can. */
  private Optional<CrashBuilder> header(
      int n, String text, CrashLine kind, Supplier<Before> before) {
    Optional<CrashBuilder.Head> begun = head(text, kind);
    if (begun.isEmpty()) {
      return Optional.empty();
    }
    CrashBuilder.Head head = begun.get();
    Before b = before.get();
    prose = b.prose();
    boolean noted = head == CrashBuilder.Head.FATAL || head == CrashBuilder.Head.SIGNAL;
    CrashBuilder c =
        new CrashBuilder(limits, head, n, text.strip(), noted ? b.notes() : List.of(), prefix);
    switch (kind) {
      case CrashLine.Panic p -> c.panic(n, p.value());
      case CrashLine.Fatal f -> c.fatal(n, f.error());
      case CrashLine.Note x -> c.announce(n, text.strip(), x.error());
      case CrashLine.SignalHead s -> c.signalHead(s.name(), s.text());
      case CrashLine.Served s -> c.served(s.server(), s.value());
      case CrashLine.Goroutine g -> c.goroutine(n, g);
      case CrashLine.RuntimeStack r -> c.runtimeStack(n);
      default -> {}
    }
    return Optional.of(c);
  }

  /** What kind of crash a line begins. */
  private static Optional<CrashBuilder.Head> head(String text, CrashLine kind) {
    return switch (kind) {
      case CrashLine.Panic p -> Optional.of(CrashBuilder.Head.PANIC);
      case CrashLine.Fatal f -> Optional.of(CrashBuilder.Head.FATAL);
      case CrashLine.Note x -> Optional.of(CrashBuilder.Head.NOTE);
      case CrashLine.SignalHead s when RuntimeTexts.isSignal(text) ->
          Optional.of(CrashBuilder.Head.SIGNAL);
      case CrashLine.Served s -> Optional.of(CrashBuilder.Head.SERVED);
      case CrashLine.Race r -> Optional.of(CrashBuilder.Head.RACE);
      case CrashLine.Goroutine g -> Optional.of(CrashBuilder.Head.NONE);
      case CrashLine.RuntimeStack r -> Optional.of(CrashBuilder.Head.NONE);
      default -> Optional.empty();
    };
  }

  private static boolean begins(String text, CrashLine kind) {
    return switch (kind) {
      case CrashLine.Panic p -> p.first();
      case CrashLine.Fatal f -> f.first();
      case CrashLine.SignalHead s -> RuntimeTexts.isSignal(text);
      case CrashLine.Served s -> true;
      case CrashLine.Note x -> true;
      default -> false;
    };
  }

  private void inside(CrashBuilder c, int n, String text, CrashLine kind, Supplier<Before> before) {
    boolean own = c.announced() && kind instanceof CrashLine.Fatal;
    if (begins(text, kind) && !own && !c.inThreadDumps()) {
      if (c.traced() && !(kind instanceof CrashLine.Served)) {
        next = header(n, text, kind, before);
        blank = false;
        return;
      }
      if (!c.traced()) {
        finish(c, false, false);
        current = Optional.empty();
        idle(n, text, kind, before);
        return;
      }
    }
    if (c.traced()) {
      trace(c, n, text, kind);
    } else {
      head(c, n, text, kind);
    }
    if (c.exited() || c.since() > limits.silence() || servedIsOver(c, kind)) {
      finish(c, false, false);
      current = Optional.empty();
    }
  }

  /** A server logs one goroutine: what follows it is the next line of the log. */
  private static boolean servedIsOver(CrashBuilder c, CrashLine kind) {
    boolean one = c.head == CrashBuilder.Head.SERVED || c.head == CrashBuilder.Head.RACE;
    return one && c.traced() && c.since() > 0 && !(kind instanceof CrashLine.Place)
        || c.head == CrashBuilder.Head.RACE && c.since() > 200;
  }

  /** A line between the header and the first goroutine. */
  private void head(CrashBuilder c, int n, String text, CrashLine kind) {
    boolean value =
        c.panicking() && !blank && !text.isEmpty() && Character.isWhitespace(text.charAt(0));
    switch (kind) {
      case CrashLine.Panic p when !p.first() && c.panicking() -> c.panic(n, p.value());
      case CrashLine.Fatal f when c.announced() || !f.first() && c.panicking() ->
          c.fatal(n, f.error());
      case CrashLine.Goroutine g when !glued || blank -> c.goroutine(n, g);
      case CrashLine.RuntimeStack r -> c.runtimeStack(n);
      case CrashLine.SignalNote s -> c.signalNote(n, s.name(), s.text());
      case CrashLine.Pc p when c.head == CrashBuilder.Head.SIGNAL -> c.pc(n, p.code());
      case CrashLine.InC i when c.head == CrashBuilder.Head.SIGNAL -> c.inC(n);
      case CrashLine.Frame f when c.namesNoGoroutine() -> {
        c.goroutine(n, new CrashLine.Goroutine(0, true, "running"));
        c.frame(n, f.function());
      }
      case CrashLine.Exited e -> c.exit(n, e.status(), text.strip());
      case CrashLine.Blank b -> {
        blank = true;
        c.blank();
      }
      default -> {
        if (value) {
          c.valueGoesOn(n, text);
        } else if (c.announced() && RuntimeTexts.isNote(text)) {
          c.note(n, text.strip());
        } else if (kind instanceof CrashLine.Detail) {
          c.detail(n);
        } else {
          c.other(n, text);
        }
      }
    }
  }

  /** A line from the first goroutine on. */
  private static void trace(CrashBuilder c, int n, String text, CrashLine kind) {
    switch (kind) {
      case CrashLine.Goroutine g -> c.goroutine(n, g);
      case CrashLine.RuntimeStack r -> c.runtimeStack(n);
      case CrashLine.Frame f -> c.frame(n, f.function());
      case CrashLine.Place p -> c.place(n, p);
      case CrashLine.Created p -> c.created(n, p);
      case CrashLine.Elided e -> c.elided(n, e.count());
      case CrashLine.Detail d -> c.detail(n);
      case CrashLine.InC i -> c.detail(n);
      case CrashLine.Pc p -> c.detail(n);
      case CrashLine.ThreadBreak t -> c.threadBreak(n);
      case CrashLine.Exited e -> c.exit(n, e.status(), text.strip());
      case CrashLine.Blank b -> c.blank();
      case CrashLine.SignalHead s when c.inThreadDumps() -> c.detail(n);
      case CrashLine.SignalHead s -> c.other(n, text);
      case CrashLine.SignalNote s -> c.other(n, text);
      case CrashLine.Panic p -> c.other(n, text);
      case CrashLine.Fatal f -> c.other(n, text);
      case CrashLine.Note x -> c.other(n, text);
      case CrashLine.Served s -> c.other(n, text);
      case CrashLine.Race r -> c.other(n, text);
      case CrashLine.Other o -> {
        if (!text.equals("panic during panic") && !text.startsWith("\tgoroutine ")) {
          c.other(n, text);
        }
      }
    }
  }

  /** A line after a header inside a trace. */
  private void decide(int n, String text, CrashLine kind, Supplier<Before> before) {
    CrashBuilder c = current.orElseThrow();
    CrashBuilder x = next.orElseThrow();
    boolean commits =
        switch (kind) {
          case CrashLine.Panic p -> true;
          case CrashLine.Fatal f -> true;
          case CrashLine.Note z -> true;
          case CrashLine.SignalHead s -> true;
          case CrashLine.SignalNote s -> true;
          case CrashLine.Pc p -> x.head == CrashBuilder.Head.SIGNAL;
          case CrashLine.RuntimeStack r -> true;
          case CrashLine.Exited e -> true;
          case CrashLine.Goroutine g ->
              x.head != CrashBuilder.Head.PANIC || g.state().startsWith("running");
          default -> false;
        };
    boolean refutes =
        switch (kind) {
          case CrashLine.Frame f -> true;
          case CrashLine.Place p -> blank || !x.panicking() || c.expectsPlace();
          case CrashLine.Created p -> true;
          case CrashLine.Elided e -> true;
          case CrashLine.Goroutine g -> !commits;
          default -> false;
        };
    if (commits) {
      finish(c, false, false);
      current = next;
      next = Optional.empty();
      inside(x, n, text, kind, before);
    } else if (refutes) {
      c.other(x.line, x.firstLine);
      next = Optional.empty();
      inside(c, n, text, kind, before);
    } else {
      c.blank();
      head(x, n, text, kind);
      if (x.since() > limits.silence()) {
        end(false);
      }
    }
  }

  private void finish(CrashBuilder c, boolean atEnd, boolean inLine) {
    boolean own = c.topFunction().map(f -> f.equals("runtime/debug.Stack")).orElse(false);
    boolean hopeless = glued && !c.traced();
    glued = false;
    Optional<Crash> crash =
        own && c.head != CrashBuilder.Head.SERVED || hopeless
            ? Optional.empty()
            : c.build(atEnd, inLine, prose);
    if (crash.isPresent()) {
      found.accept(crash.get());
      return;
    }
    if (hopeless) {
      return;
    }
    Not why =
        own
            ? Not.OWN_STACK
            : switch (c.head) {
              case RACE -> Not.RACE;
              case NONE -> Not.NO_HEADER;
              case PANIC, FATAL, NOTE, SIGNAL, SERVED -> Not.NO_TRACE;
            };
    other.accept(new Recognised(why, c.line, c.last(), c.firstLine, c.goroutineCount()));
  }
}
