package paniclab.oracle;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import paniclab.golang.Compilation;
import paniclab.golang.GoFrontEnd;
import paniclab.model.crash.NormalForm;
import paniclab.model.explore.Exploration;
import paniclab.model.explore.Explorer;
import paniclab.model.explore.RoundRobin;
import paniclab.model.machine.Machines;
import paniclab.model.machine.RunOptions;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.GoString;
import paniclab.model.program.Program;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;
import paniclab.programs.Observation.End;
import paniclab.programs.Observation.Seen;

/**
 * Holds the model against what real Go was seen to do.
 *
 * <p>A run agrees if its exit status, its stdout and the header lines of its stderr are those of an
 * ending that was seen. Where every run of real Go was alike, the rest of stderr must agree too, in
 * normal form. A program that still ran when its time was over may hang here or reach a limit.
 */
public final class Conformance {
  /** What became of a comparison. */
  public sealed interface Judgement {
    /** The model does what real Go was seen to do. */
    record Agrees() implements Judgement {}

    /** The model says that it cannot tell. */
    record OutOfModel(String reason) implements Judgement {}

    /** The model does something real Go was never seen to do. */
    record Wrong(String what) implements Judgement {}

    /** Real Go did something that a search did not meet before its budget was used up. */
    record Unsettled(String what) implements Judgement {}
  }

  /** The folder of the toolchain in a message; observations have {@code $GOROOT} there. */
  private static final Pattern GOROOT = Pattern.compile("\\((?!\\$)\\S+?(?=/src/)");

  private static final Judgement AGREES = new Judgement.Agrees();

  private final GoFrontEnd front;
  private final RunOptions options;
  private final BooleanSupplier stop;

  /**
   * @param options limits of each run; arguments, environment and input are the program's
   * @param stop ends a run early
   */
  public Conformance(GoFrontEnd front, RunOptions options, BooleanSupplier stop) {
    this.front = front;
    this.options = options;
    this.stop = stop;
  }

  /** Runs the program once at each level it was measured at. */
  public Judgement judge(GoProgram program) {
    Observation observed = observation(program);
    Optional<String> beyond = program.header().beyondModel();
    if (beyond.isPresent()) {
      return new Judgement.OutOfModel(beyond.get());
    }
    return switch (front.compile(program.sources())) {
      case Compilation.Unsupported u -> new Judgement.OutOfModel(u.toString());
      case Compilation.Rejected r -> rejected(observed, r.toString());
      case Compilation.Compiled c ->
          notBuilt(observed)
              .<Judgement>map(s -> new Judgement.Wrong("compiles, but real Go says\n" + s.stderr()))
              .orElseGet(() -> runs(program, observed, c.program().withFrames(program.frames())));
    };
  }

  /** Whether an exploration meets every ending that was seen at the default level. */
  public Judgement judgeAllSchedules(GoProgram program, Exploration budget) {
    Optional<String> beyond = program.header().beyondModel();
    if (beyond.isPresent()) {
      return new Judgement.OutOfModel(beyond.get());
    }
    if (!(front.compile(program.sources()) instanceof Compilation.Compiled c)) {
      return new Judgement.OutOfModel("does not compile for the model");
    }
    Verdict verdict =
        Explorer.explore(
            c.program().withFrames(program.frames()), optionsFor(program), budget, stop);
    List<Ending> endings = verdict.witnesses().stream().map(Verdict.Witness::ending).toList();
    for (Ending e : endings) {
      if (e.outcome() instanceof Outcome.OutOfModel(String reason)) {
        return new Judgement.OutOfModel(reason);
      }
    }
    for (Seen s : observation(program).at(Traceback.SINGLE)) {
      if (endings.stream().noneMatch(e -> same(s, e))) {
        String what =
            s.count()
                + " runs ended so:\n"
                + describe(s)
                + "but of "
                + verdict.executions()
                + " executions none did; they ended\n"
                + String.join("or\n", endings.stream().map(Conformance::describe).toList());
        return verdict.complete() ? new Judgement.Wrong(what) : new Judgement.Unsettled(what);
      }
    }
    return AGREES;
  }

  private static Observation observation(GoProgram program) {
    return program
        .observation()
        .orElseThrow(() -> new IllegalArgumentException(program.id() + " was never measured"));
  }

  private static Optional<Seen> notBuilt(Observation observed) {
    return observed.seen().stream().filter(s -> s.end() instanceof End.NotBuilt).findFirst();
  }

  private static Judgement rejected(Observation observed, String lines) {
    Optional<Seen> seen = notBuilt(observed);
    if (seen.isEmpty()) {
      return new Judgement.Wrong("rejected, but real Go builds it:\n" + lines);
    }
    String expected = seen.get().stderr().toString().strip();
    String said = GOROOT.matcher(lines).replaceAll("(\\$GOROOT").strip();
    return expected.equals(said)
        ? AGREES
        : new Judgement.Wrong("the compiler says\n" + expected + "\nthe model says\n" + lines);
  }

  private RunOptions optionsFor(GoProgram program) {
    return program.world().withLimits(options.limits()).withRecord(options.record());
  }

  private Judgement runs(GoProgram program, Observation observed, Program compiled) {
    for (Traceback level : program.header().tracebacks()) {
      RunOptions atLevel = optionsFor(program).withTraceback(level);
      Ending ending = Machines.run(compiled, atLevel, new RoundRobin(), stop).ending();
      Judgement j = judge(observed.at(level), ending);
      if (!(j instanceof Judgement.Agrees)) {
        return j;
      }
    }
    return AGREES;
  }

  private static Judgement judge(List<Seen> seen, Ending ending) {
    if (ending.outcome() instanceof Outcome.OutOfModel(String reason)) {
      return new Judgement.OutOfModel(reason);
    }
    List<Seen> same = seen.stream().filter(s -> same(s, ending)).toList();
    boolean alike = seen.size() == 1 && seen.getFirst().end() instanceof End.Exit;
    if (!same.isEmpty() && !alike) {
      return AGREES;
    }
    if (same.stream().anyMatch(s -> normal(s.stderr()).equals(normal(ending.stderr())))) {
      return AGREES;
    }
    return new Judgement.Wrong(
        String.join("or\n", seen.stream().map(Conformance::describe).toList())
            + "but the model\n"
            + describe(ending));
  }

  private static boolean same(Seen seen, Ending ending) {
    return switch (seen.end()) {
      case End.NotBuilt() -> false;
      case End.StillRunning() ->
          ending.outcome() instanceof Outcome.Hung
              || ending.outcome() instanceof Outcome.Unfinished;
      case End.Exit(int status) ->
          status == ending.outcome().exitStatus()
              && !(ending.outcome() instanceof Outcome.Unfinished)
              && !(ending.outcome() instanceof Outcome.Hung)
              && seen.stdout().equals(ending.stdout())
              && header(seen.stderr()).equals(header(ending.stderr()));
    };
  }

  private static String normal(GoString stderr) {
    return NormalForm.of(stderr.toString());
  }

  /** All up to the first empty line. */
  private static List<String> header(GoString stderr) {
    return normal(stderr).lines().takeWhile(l -> !l.isEmpty()).toList();
  }

  private static String describe(Seen s) {
    String end =
        switch (s.end()) {
          case End.Exit(int status) -> "exit " + status;
          case End.StillRunning() -> "still running";
          case End.NotBuilt() -> "not built";
        };
    return describe(Observation.word(s.level()) + ": " + end, s.stdout(), s.stderr());
  }

  private static String describe(Ending e) {
    String end = e.outcome().word() + " " + e.outcome().exitStatus();
    String detail =
        e.outcome() instanceof Outcome.Unfinished(Outcome.Limit limit, String message)
            ? " (" + limit.word() + ": " + message + ")"
            : "";
    return describe(end + detail, e.stdout(), GoString.of(normal(e.stderr())));
  }

  private static String describe(String end, GoString stdout, GoString stderr) {
    return "  " + end + "\n" + block("stdout", stdout) + block("stderr", stderr);
  }

  private static String block(String name, GoString text) {
    return text.length() == 0 ? "" : "  " + name + "\n" + text.toString().indent(4);
  }
}
