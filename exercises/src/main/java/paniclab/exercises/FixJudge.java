package paniclab.exercises;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import paniclab.golang.Compilation;
import paniclab.golang.FrontEndException;
import paniclab.golang.GoFrontEnd;
import paniclab.model.explore.Exploration;
import paniclab.model.explore.Explorer;
import paniclab.model.explore.Limits;
import paniclab.model.explore.Replay;
import paniclab.model.explore.Seeded;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.Program;
import paniclab.model.program.SourceFile;
import paniclab.model.trace.Event;
import paniclab.programs.GoProgram;

/**
 * Judges mended programs on the model, over all schedules as far as the budget goes. Points are for
 * requirements that the given program does not meet, and only while those it does meet still hold:
 * an untouched program earns nothing. Safe from several threads; the same source always gets the
 * same grade.
 */
public final class FixJudge {
  /** Runs and steps of one search. */
  static final long EXECUTIONS = 1_000;

  static final long STEPS = 4_000_000;

  /** What one run may use: what is mended is small and comes to an end soon. */
  private static final Limits LIMITS =
      new Limits(100_000, 200, 16L << 20, 1L << 18, Limits.EXPLORE.virtualNanos());

  /** Runs on other schedules, beside those the search gives, where events count. */
  private static final int OTHER_RUNS = 8;

  private static final int MOST_KNOWN = 2_000;

  /**
   * What the harness prints. A program that knew it could pretend to have come to rest; so it is
   * another one in each process, and no grade depends on it.
   */
  private static final String SALT = salt();

  private final FixItem item;
  private final GoProgram given;
  private final Map<String, FixGrade> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, FixGrade> eldest) {
          return size() > MOST_KNOWN;
        }
      };
  private Optional<List<FixGrade.Check>> untouched = Optional.empty();

  /** A judge of an item about a program of one file. */
  public FixJudge(FixItem item, GoProgram given) {
    this.item = item;
    this.given = given;
  }

  private static String salt() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** Judges the source in a cell; see {@link FixItem#source}. */
  public synchronized FixGrade judge(String source) {
    FixGrade grade = known.get(source);
    if (grade == null) {
      grade = compute(source);
      known.put(source, grade);
    }
    return grade;
  }

  /** Whether a source is there and is not the program that was given. */
  public boolean isTouched(String source) {
    return !source.isBlank() && !GoTokens.same(source, given.source());
  }

  private FixGrade compute(String source) {
    if (!isTouched(source)) {
      return new FixGrade.Untouched();
    }
    List<String> missing = item.keep().stream().filter(k -> !GoTokens.contains(source, k)).toList();
    List<String> banned = item.ban().stream().filter(k -> GoTokens.contains(source, k)).toList();
    if (!missing.isEmpty() || !banned.isEmpty()) {
      return new FixGrade.Trivial(missing, banned);
    }
    try {
      return switch (GoFrontEnd.bundled().compile(List.of(file(source)))) {
        case Compilation.Rejected r -> new FixGrade.Rejected(r.toString());
        case Compilation.Unsupported u -> new FixGrade.Unsupported(u.toString());
        case Compilation.Compiled(Program program) -> checked(program, source);
      };
    } catch (FrontEndException e) {
      return new FixGrade.Unsupported(String.valueOf(e.getMessage()));
    }
  }

  private SourceFile file(String source) {
    return new SourceFile(given.files().getFirst().name(), source);
  }

  private FixGrade checked(Program program, String source) {
    List<FixGrade.Check> checks;
    try {
      checks = checks(program, source);
    } catch (OutsideException e) {
      return new FixGrade.Unsupported(e.reason);
    }
    List<FixGrade.Check> before = given();
    long wanted = before.stream().filter(c -> !c.holds()).count();
    long mended = 0;
    for (int i = 0; i < checks.size(); i++) {
      boolean held = before.get(i).holds();
      boolean holds = checks.get(i).holds();
      if (held && !holds) {
        return new FixGrade.Checked(0, checks);
      }
      mended += !held && holds ? 1 : 0;
    }
    return new FixGrade.Checked(item.points() * mended / wanted, checks);
  }

  /**
   * What the given program does of what it must.
   *
   * @throws BadItemException when it does not compile, or does all of it already
   */
  public synchronized List<FixGrade.Check> given() {
    if (untouched.isEmpty()) {
      String source = given.source();
      if (given.files().size() != 1
          || !(GoFrontEnd.bundled().compile(given.files())
              instanceof Compilation.Compiled(Program program))) {
        throw new BadItemException(
            item.file(), 1, "program " + given.id() + " is not one file that the model can run");
      }
      try {
        untouched = Optional.of(checks(program.withFrames(given.frames()), source));
      } catch (OutsideException e) {
        throw new BadItemException(
            item.file(), 1, given.id() + " is outside the model: " + e.reason);
      }
    }
    if (untouched.get().stream().allMatch(FixGrade.Check::holds)) {
      throw new BadItemException(
          item.file(), 1, "program " + given.id() + " meets all of must; there is nothing to mend");
    }
    return untouched.get();
  }

  /** A run left what the model covers. */
  private static final class OutsideException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    final String reason;

    OutsideException(String reason) {
      super(reason, null, false, false);
      this.reason = reason;
    }
  }

  private List<FixGrade.Check> checks(Program program, String source) {
    RunOptions world = given.world().withLimits(LIMITS);
    Search search = new Search(program, world, false);
    Optional<Search> drained =
        item.must().contains(new Requirement.NoLeak())
            ? Optional.of(new Search(drained(source), world, true))
            : Optional.empty();
    List<FixGrade.Check> checks = new ArrayList<>();
    for (Requirement r : item.must()) {
      checks.add(
          switch (r) {
            case Requirement.NoCrash() -> search.endings(r, FixJudge::isQuiet);
            case Requirement.Prints(String line) ->
                search.endings(r, e -> e.stdout().toString().lines().anyMatch(line::equals));
            case Requirement.NoLeak() ->
                drained
                    .orElseThrow()
                    .endings(r, e -> isQuiet(e) && e.stderr().toString().endsWith(SALT + "0"));
            case Requirement.Panics(String with) ->
                search.runs(
                    r, x -> x instanceof Event.PanicRaised p && p.value().contains(with), 1);
            case Requirement.Recovers() -> search.runs(r, x -> x instanceof Event.Recovered, 1);
            case Requirement.Goroutines(int least) ->
                search.runs(r, x -> x instanceof Event.Spawned, least);
          });
    }
    return checks;
  }

  /** Whether, in a run of {@link #drained}, the learner's main was over and others were counted. */
  static boolean hasReturned(Ending e) {
    return e.stderr().toString().contains(SALT);
  }

  private static boolean isQuiet(Ending e) {
    return e.outcome() instanceof Outcome.Exited(int status) && status == 0;
  }

  /**
   * The program with its main under another name, and a main that calls it, waits until everything
   * has come to rest, and says how many other goroutines there are.
   */
  private Program drained(String source) {
    String harness =
        """
        package main

        import (
        	runtime_ "runtime"
        	time_ "time"
        )

        func main() {
        	main_()
        	time_.Sleep(time_.Hour)
        	if runtime_.NumGoroutine() == 1 {
        		print("%1$s0")
        	} else {
        		print("%1$s1")
        	}
        }
        """
            .formatted(SALT);
    Compilation c =
        GoFrontEnd.bundled()
            .compile(
                List.of(
                    file(GoTokens.renamed(source, "main", "main_")),
                    new SourceFile("rest.go", harness)));
    if (c instanceof Compilation.Compiled(Program program)) {
      return program;
    }
    throw new OutsideException("it cannot be watched beyond the return of main: " + c);
  }

  /** The schedules of a program. */
  private static final class Search {
    private final Program program;
    private final RunOptions world;
    private final Verdict verdict;
    private final boolean afterwards;

    Search(Program program, RunOptions world, boolean afterwards) {
      this.program = program;
      this.world = world;
      this.afterwards = afterwards;
      verdict =
          Explorer.explore(
              program,
              world.withRecord(false),
              new Exploration(EXECUTIONS, STEPS, LIMITS, false),
              () -> false);
      for (Verdict.Witness w : verdict.witnesses()) {
        if (w.ending().outcome() instanceof Outcome.OutOfModel(String reason)) {
          throw new OutsideException(reason);
        }
      }
    }

    private Run replay(Verdict.Witness w) {
      return Machines.run(program, world, new Replay(w.schedule()), () -> false);
    }

    /** Something that must be true of every ending. */
    FixGrade.Check endings(Requirement r, Predicate<Ending> holds) {
      return new FixGrade.Check(
          r,
          verdict.complete(),
          verdict.witnesses().stream()
              .filter(w -> !holds.test(w.ending()))
              .min(Comparator.comparingInt(w -> w.schedule().length()))
              .map(w -> new FixGrade.Failure(r, w.schedule(), replay(w), afterwards)));
    }

    /**
     * Something that must happen in every run, so many times: a sample of the runs is looked at.
     */
    FixGrade.Check runs(Requirement r, Predicate<Event> event, int least) {
      List<Run> runs = new ArrayList<>(verdict.witnesses().stream().map(this::replay).toList());
      for (int seed = 1; seed <= OTHER_RUNS; seed++) {
        runs.add(Machines.run(program, world, new Seeded(seed), () -> false));
      }
      return new FixGrade.Check(
          r,
          verdict.complete(),
          runs.stream()
              .filter(run -> run.trace().events().stream().filter(event).count() < least)
              .min(Comparator.comparingInt(run -> run.schedule().length()))
              .map(run -> new FixGrade.Failure(r, run.schedule(), run, false)));
    }
  }
}
