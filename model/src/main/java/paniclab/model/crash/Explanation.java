package paniclab.model.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import paniclab.model.crash.Crash.TracedFrame;
import paniclab.model.crash.Crash.TracedGoroutine;
import paniclab.model.crash.Crash.WaitGroup;

/**
 * What can be said of a crash, in no language.
 *
 * @param where the innermost frame of the program on the goroutine that died
 * @param calledC the C function that was running, where the trace names it
 * @param reach the program's functions on the stack of the panicking goroutine, innermost first: a
 *     deferred call of each of them would have seen the panic; empty where there is no panic or no
 *     trace
 * @param entry the function the goroutine was started with
 * @param defersRan whether deferred calls ran because of it: those of the panicking goroutine
 * @param exit the exit status of the process as a shell counts it; absent where it went on
 * @param exitSaid whether the log itself tells the status
 * @param waiting the other goroutines of the program, grouped by state, place and creator
 */
public record Explanation(
    Crash crash,
    CrashKind kind,
    Optional<TracedFrame> where,
    Optional<String> calledC,
    Recoverable recoverable,
    List<TracedFrame> reach,
    Optional<TracedFrame> entry,
    boolean defersRan,
    OptionalInt exit,
    boolean exitSaid,
    List<WaitGroup> waiting) {

  /** The exit status of a process that Go's runtime ends. */
  public static final int GO_STATUS = 2;

  /** 128 and the number of SIGABRT: with GOTRACEBACK=crash the runtime aborts at the end. */
  public static final int ABORTED = 134;

  public Explanation {
    reach = List.copyOf(reach);
    waiting = List.copyOf(waiting);
  }

  /** Whether recover could have stopped it. */
  public enum Recoverable {
    YES("yes"),
    NO("no"),
    /** It was stopped, and raised again or followed by another panic. */
    WAS_RECOVERED("was-recovered");

    private final String word;

    Recoverable(String word) {
      this.word = word;
    }

    /** The word in machine-readable output. */
    public String word() {
      return word;
    }
  }

  /** Explains a crash. */
  public static Explanation of(Crash crash) {
    Optional<TracedGoroutine> died = crash.first();
    List<TracedFrame> frames = died.map(TracedGoroutine::frames).orElse(List.of());
    Recoverable recoverable = recoverable(crash);
    List<TracedFrame> reach = recoverable == Recoverable.NO ? List.of() : reach(frames);
    return new Explanation(
        crash,
        CrashKind.of(crash),
        frames.stream().filter(Frames::isUser).findFirst(),
        frames.stream().flatMap(f -> Frames.calledC(f).stream()).findFirst(),
        recoverable,
        reach,
        reach.isEmpty() ? Optional.empty() : Optional.of(reach.getLast()),
        recoverable != Recoverable.NO,
        exit(crash),
        crash.exit().isPresent() && exit(crash).equals(OptionalInt.of(crash.exit().get().status())),
        crash.waits().stream().filter(w -> isProgram(w)).toList());
  }

  private static Recoverable recoverable(Crash crash) {
    return switch (crash.cause()) {
      case Crash.Panicked p ->
          p.chain().stream().anyMatch(e -> e.mark() != Crash.Mark.NONE)
              ? Recoverable.WAS_RECOVERED
              : Recoverable.YES;
      case Crash.Served s -> Recoverable.WAS_RECOVERED;
      case Crash.FatalError f -> Recoverable.NO;
      case Crash.Thrown t -> Recoverable.NO;
      case Crash.Signalled s -> Recoverable.NO;
    };
  }

  /** Each function once, where it stands innermost. */
  private static List<TracedFrame> reach(List<TracedFrame> frames) {
    List<TracedFrame> all = new ArrayList<>();
    TreeSet<String> seen = new TreeSet<>();
    for (TracedFrame f : frames) {
      if (Frames.isUser(f) && !Frames.isPackageInit(f) && seen.add(f.function())) {
        all.add(f);
      }
    }
    return all;
  }

  private static OptionalInt exit(Crash crash) {
    if (crash.cause() instanceof Crash.Served) {
      return OptionalInt.empty();
    }
    if (crash.threadDumps() > 0) {
      return OptionalInt.of(ABORTED);
    }
    int said = crash.exit().map(Crash.Exit::status).orElse(GO_STATUS);
    // go run and go test end with 1 themselves whatever the program's status was.
    return OptionalInt.of(said > 128 ? said : GO_STATUS);
  }

  /** Whether a group is of the program, not of the runtime's own goroutines. */
  private static boolean isProgram(WaitGroup w) {
    boolean byRuntime = w.createdBy().map(c -> c.function().startsWith("runtime.")).orElse(false);
    return !byRuntime || w.place().map(Frames::isUser).orElse(false);
  }
}
