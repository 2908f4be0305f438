package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import paniclab.model.crash.Crash;
import paniclab.model.crash.Crash.TracedFrame;
import paniclab.model.crash.Crash.TracedGoroutine;
import paniclab.model.crash.Explanation;
import paniclab.model.crash.Frames;
import paniclab.model.outcome.Outcome.Family;

/**
 * The parts of the text of a crash, from its first line to its last, and what each says.
 *
 * @param parts in the order of the text
 */
public record CrashAnatomy(List<Part> parts) implements Diagram {

  /** The callers that are shown. */
  private static final int CALLERS = 3;

  /** The groups of other goroutines that are shown. */
  private static final int OTHERS = 3;

  /**
   * A part of the text.
   *
   * @param text its lines, as they stand there
   * @param arguments for the words about it
   */
  public record Part(Kind kind, List<String> text, List<String> arguments) {
    public Part {
      text = List.copyOf(text);
      arguments = List.copyOf(arguments);
    }
  }

  /** What a part is. */
  public enum Kind {
    NOTE,
    PANIC,
    /** A panic that an earlier recover had stopped. */
    RECOVERED,
    REPANICKED,
    /** A panic in progress when the next one was raised. */
    OLDER,
    SERVED,
    FATAL,
    THROW,
    SIGNAL,
    /** The signal behind a panic or a throw. */
    SIGNAL_LINE,
    IN_C,
    GOROUTINE,
    /** The frame where it happened. */
    TOP,
    /** Frames of the runtime or the standard library above the first of the program. */
    LIBRARY,
    PANIC_FRAME,
    /** Frames a recover could stand in. */
    CALLERS,
    /** Frames of a death that recover cannot stop. */
    STACK,
    CREATED,
    OTHERS,
    REGISTERS,
    /** The end of the process; no deferred call ran. */
    EXIT,
    /** The end of the process, after the deferred calls of the goroutine. */
    UNWOUND,
    /** The process went on. */
    LIVES
  }

  public CrashAnatomy {
    parts = List.copyOf(parts);
  }

  /** The anatomy of a crash. */
  public static CrashAnatomy of(Crash crash) {
    List<Part> parts = new ArrayList<>();
    header(parts, crash);
    Kind callers = crash.family() == Family.PANIC ? Kind.CALLERS : Kind.STACK;
    crash.first().ifPresent(g -> goroutine(parts, g, callers));
    others(parts, crash);
    if (crash.cause() instanceof Crash.Signalled && crash.style() == Crash.Style.LONG) {
      parts.add(part(Kind.REGISTERS, List.of("rax    0x…", "rip    0x…")));
    }
    Explanation e = Explanation.of(crash);
    Kind end = e.exit().isEmpty() ? Kind.LIVES : e.defersRan() ? Kind.UNWOUND : Kind.EXIT;
    parts.add(part(end, List.of(), String.valueOf(e.exit().orElse(0))));
    return new CrashAnatomy(parts);
  }

  private static Part part(Kind kind, List<String> text, String... arguments) {
    return new Part(kind, text, List.of(arguments));
  }

  private static void header(List<Part> parts, Crash crash) {
    switch (crash.cause()) {
      case Crash.Panicked p -> {
        chain(parts, p.chain(), false);
        p.signal().ifPresent(s -> parts.add(signalLine(s)));
      }
      case Crash.Served s ->
          parts.add(part(Kind.SERVED, List.of(crash.firstLine()), s.server(), s.value()));
      case Crash.FatalError f -> {
        chain(parts, f.chain(), true);
        parts.add(part(Kind.FATAL, List.of("fatal error: " + f.error())));
      }
      case Crash.Thrown t -> {
        notes(parts, t.notes());
        chain(parts, t.chain(), true);
        parts.add(part(Kind.THROW, List.of("fatal error: " + t.error())));
        t.signal().ifPresent(s -> parts.add(signalLine(s)));
      }
      case Crash.Signalled s -> {
        notes(parts, s.notes());
        parts.add(part(Kind.SIGNAL, List.of(s.name() + ": " + s.text()), s.name()));
        if (s.inC()) {
          parts.add(part(Kind.IN_C, List.of("signal arrived during cgo execution")));
        }
      }
    }
  }

  private static void notes(List<Part> parts, List<Crash.TextLine> notes) {
    if (!notes.isEmpty()) {
      parts.add(part(Kind.NOTE, notes.stream().map(Crash.TextLine::text).toList()));
    }
  }

  private static Part signalLine(Crash.SignalLine s) {
    return part(
        Kind.SIGNAL_LINE, List.of("[signal " + s.name() + ": " + s.text() + " …]"), s.name());
  }

  private static void chain(List<Part> parts, List<Crash.PanicEntry> chain, boolean fatal) {
    for (int i = 0; i < chain.size(); i++) {
      Crash.PanicEntry p = chain.get(i);
      boolean last = i == chain.size() - 1 && !fatal;
      String first = p.value().lines().findFirst().orElse("");
      String line = (i > 0 ? "    " : "") + "panic: " + first;
      parts.add(
          switch (p.mark()) {
            case RECOVERED -> part(Kind.RECOVERED, List.of(line + " [recovered]"));
            case REPANICKED -> part(Kind.REPANICKED, List.of(line + " [recovered, repanicked]"));
            case NONE -> part(last ? Kind.PANIC : Kind.OLDER, List.of(line));
          });
    }
  }

  private static void goroutine(List<Part> parts, TracedGoroutine g, Kind kind) {
    parts.add(part(Kind.GOROUTINE, List.of(head(g)), String.valueOf(g.id()), g.state()));
    List<TracedFrame> frames = g.frames();
    int top = 0;
    while (top < frames.size() && !Frames.isUser(frames.get(top))) {
      top++;
    }
    if (top == frames.size()) {
      top = 0;
    }
    if (top > 0) {
      parts.add(
          part(
              Kind.LIBRARY,
              frames.subList(0, Math.min(top, CALLERS)).stream().map(CrashAnatomy::call).toList()));
    }
    List<String> callers = new ArrayList<>();
    for (int i = top; i < frames.size(); i++) {
      TracedFrame f = frames.get(i);
      if (i == top) {
        parts.add(part(Kind.TOP, List.of(call(f), "    " + f.place()), f.function(), f.place()));
      } else if (f.function().equals("panic") || f.function().equals("runtime.gopanic")) {
        flush(parts, callers, kind);
        parts.add(part(Kind.PANIC_FRAME, List.of("panic(…)")));
      } else if (Frames.isUser(f)) {
        callers.add(call(f) + "  " + f.place());
      }
    }
    flush(parts, callers, kind);
    g.createdBy()
        .ifPresent(c ->
            parts.add(
                part(
                    Kind.CREATED,
                    List.of(
                        "created by "
                            + c.function()
                            + (c.goroutine() > 0 ? " in goroutine " + c.goroutine() : ""),
                        "    " + c.place()),
                    c.function())));
  }

  private static void flush(List<Part> parts, List<String> callers, Kind kind) {
    if (callers.isEmpty()) {
      return;
    }
    int n = callers.size();
    List<String> shown = new ArrayList<>(callers.subList(0, Math.min(CALLERS, n)));
    if (n > CALLERS) {
      shown.add("…");
    }
    parts.add(part(kind, shown, String.valueOf(n)));
    callers.clear();
  }

  private static String call(TracedFrame f) {
    return f.function() + "(…)";
  }

  private static String head(TracedGoroutine g) {
    return "goroutine "
        + g.id()
        + " ["
        + g.state()
        + (g.minutes() > 0 ? ", " + g.minutes() + " minutes" : "")
        + (g.locked() ? ", locked to thread" : "")
        + "]:";
  }

  private static void others(List<Part> parts, Crash crash) {
    Optional<Long> first = crash.first().map(TracedGoroutine::id);
    List<String> shown = new ArrayList<>();
    for (TracedGoroutine g : crash.goroutines()) {
      if (!first.equals(Optional.of(g.id())) && g.frames().stream().anyMatch(Frames::isUser)) {
        if (shown.size() == OTHERS) {
          shown.add("…");
          break;
        }
        shown.add(head(g));
      }
    }
    if (!shown.isEmpty()) {
      parts.add(part(Kind.OTHERS, shown, String.valueOf(crash.goroutineCount() - 1)));
    }
  }
}
