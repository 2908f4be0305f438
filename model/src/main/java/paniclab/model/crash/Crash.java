package paniclab.model.crash;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import paniclab.model.outcome.Outcome.Family;

/**
 * One death of a Go process, as its text tells it: what {@link CrashReader} makes of the lines. All
 * line numbers count the lines of the input from 1.
 *
 * @param cause what the header says
 * @param firstLine the first line of the text, without what a log put in front of it; a note of the
 *     runtime or of the C library where one stands before the header
 * @param lines where the text stands in the input
 * @param style how much of a trace there is
 * @param goroutines the first {@link ReaderLimits#goroutines} of the trace, in order
 * @param waits all goroutines of the trace, grouped; the largest groups first
 * @param goroutineCount how many goroutines the trace lists
 * @param exit what the text says of the end of the process, beyond Go's own words
 * @param threadDumps how many threads told of themselves after the first: GOTRACEBACK=crash does so
 * @param notUnderstood lines inside the text that are no part of Go's grammar: the program's own
 *     log, most of the time; the first few of them
 * @param notUnderstoodCount how many there are
 * @param cut whether the input ends before the text can be whole
 */
public record Crash(
    Cause cause,
    String firstLine,
    Lines lines,
    Style style,
    List<TracedGoroutine> goroutines,
    List<WaitGroup> waits,
    int goroutineCount,
    Optional<Exit> exit,
    int threadDumps,
    List<TextLine> notUnderstood,
    int notUnderstoodCount,
    boolean cut) {

  public Crash {
    goroutines = List.copyOf(goroutines);
    waits = List.copyOf(waits);
    notUnderstood = List.copyOf(notUnderstood);
  }

  /** The family of its text. */
  public Family family() {
    return switch (cause) {
      case Panicked p -> Family.PANIC;
      case Served s -> Family.PANIC;
      case FatalError f -> Family.FATAL;
      case Thrown t -> Family.THROW;
      case Signalled s -> Family.SIGNAL;
    };
  }

  /** The goroutine whose trace comes first, which is the one that died where one did. */
  public Optional<TracedGoroutine> first() {
    return goroutines.isEmpty() ? Optional.empty() : Optional.of(goroutines.getFirst());
  }

  /** From one line of the input to another, both included. */
  public record Lines(int first, int last) {}

  /** A line of the input. */
  public record TextLine(int line, String text) {}

  /** How much of a trace a text has. */
  public enum Style {
    /** None: GOTRACEBACK=none, or the text was cut. */
    HEADER,
    /** Frames of the program. */
    SHORT,
    /** With the runtime's frames and stack positions: a throw, a signal, or GOTRACEBACK=system. */
    LONG
  }

  /** What the header says. */
  public sealed interface Cause {
    /** The line of the header itself, after any notes. */
    int line();

    /** The panics that were in progress, oldest first. */
    default List<PanicEntry> chain() {
      return List.of();
    }
  }

  /** A panic nobody recovered, or that was recovered and raised again. */
  public record Panicked(int line, List<PanicEntry> chain, Optional<SignalLine> signal)
      implements Cause {
    public Panicked {
      chain = List.copyOf(chain);
    }
  }

  /** A panic that a server caught and logged: the process went on. */
  public record Served(int line, String server, String value) implements Cause {}

  /** A fatal error of the user's making. */
  public record FatalError(int line, List<PanicEntry> chain, String error) implements Cause {
    public FatalError {
      chain = List.copyOf(chain);
    }
  }

  /** A throw of the runtime. */
  public record Thrown(
      int line,
      List<PanicEntry> chain,
      List<TextLine> notes,
      String error,
      Optional<SignalLine> signal)
      implements Cause {
    public Thrown {
      chain = List.copyOf(chain);
      notes = List.copyOf(notes);
    }
  }

  /**
   * A signal that the runtime reported before it ended the process.
   *
   * @param inC whether it arrived while C code ran
   * @param code the kernel's si_code as an int: 0 and below for a signal that a process sent
   */
  public record Signalled(
      int line, List<TextLine> notes, String name, String text, boolean inC, OptionalInt code)
      implements Cause {
    public Signalled {
      notes = List.copyOf(notes);
    }
  }

  /**
   * A panic of the chain.
   *
   * @param value as printed, its lines joined by newlines
   * @param mark what happened to it before
   */
  public record PanicEntry(int line, String value, Mark mark) {}

  /** What happened to a panic before the crash. */
  public enum Mark {
    NONE,
    RECOVERED,
    REPANICKED
  }

  /** The line {@code [signal SIGSEGV: …]} under a header. */
  public record SignalLine(int line, String name, String text) {}

  /** A goroutine of the trace. */
  public record TracedGoroutine(
      int line,
      long id,
      String state,
      int minutes,
      boolean locked,
      List<TracedFrame> frames,
      long elided,
      Optional<Creator> createdBy) {
    public TracedGoroutine {
      frames = List.copyOf(frames);
    }
  }

  /**
   * A frame, inner to outer.
   *
   * @param file the path as printed; empty where none is
   * @param fileLine 0 where none is printed
   */
  public record TracedFrame(int line, String function, String file, int fileLine) {
    /** {@code main.go:12} with the last part of the path, or the empty string. */
    public String place() {
      if (file.isEmpty()) {
        return "";
      }
      String name = file.substring(Math.max(file.lastIndexOf('/'), file.lastIndexOf('\\')) + 1);
      return fileLine == 0 ? name : name + ":" + fileLine;
    }
  }

  /** Who ran the go statement; goroutine 0 where the text does not say. */
  public record Creator(String function, long goroutine, String file, int fileLine) {
    /** The place of the go statement, as {@link TracedFrame#place}. */
    public String place() {
      return new TracedFrame(0, function, file, fileLine).place();
    }
  }

  /**
   * Goroutines that wait alike: the same state, the same place, created by the same statement.
   *
   * @param place the innermost frame outside the standard library, or the innermost of all
   * @param ids the first few
   * @param minutes the longest wait among them; 0 where none is printed
   */
  public record WaitGroup(
      String state,
      Optional<TracedFrame> place,
      Optional<Creator> createdBy,
      int count,
      List<Long> ids,
      int minutes) {
    public WaitGroup {
      ids = List.copyOf(ids);
    }
  }

  /** What a shell, {@code go run}, a container or systemd says of the end. */
  public record Exit(int line, int status, String text) {}
}
