package paniclab.exercises;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import paniclab.golang.Compilation;
import paniclab.golang.FrontEndException;
import paniclab.golang.GoFrontEnd;
import paniclab.model.explore.Exploration;
import paniclab.model.explore.Explorer;
import paniclab.model.explore.Replay;
import paniclab.model.explore.Seeded;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.Program;
import paniclab.programs.GoProgram;

/**
 * Keys computed by the model, each once: the program is compiled, explored on all schedules, and
 * run again, with its trace, on a schedule for each ending. Some runs on other schedules show what
 * may differ although the ending is the same, such as the order of lines.
 */
public final class ModelKeys implements KeySource {
  /** Runs on schedules taken at random, beside those of the verdict; always the same ones. */
  public static final int OTHER_RUNS = 8;

  /**
   * What the search for a key may cost, in runs and steps. Small on purpose: a learner waits for
   * it. A program that needs more gets a key from what was seen until then, {@code Bounded}.
   */
  public static final Exploration BUDGET =
      new Exploration(
          200, 1_000_000L, Exploration.DEFAULT.limits(), Exploration.DEFAULT.timersAnyTime());

  private final ItemBank bank;
  private final Map<Posed, CompletableFuture<Lookup>> known = new ConcurrentHashMap<>();

  private ModelKeys(ItemBank bank) {
    this.bank = bank;
  }

  /** Keys for the items of a bank. */
  public static ModelKeys of(ItemBank bank) {
    return new ModelKeys(bank);
  }

  @Override
  public Lookup key(PredictionItem item) {
    return key(bank.posed(item));
  }

  @Override
  public Lookup key(Posed posed) {
    CompletableFuture<Lookup> mine = new CompletableFuture<>();
    CompletableFuture<Lookup> other = known.putIfAbsent(posed, mine);
    if (other != null) {
      return other.join();
    }
    try {
      mine.complete(compute(posed));
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
    }
    return mine.join();
  }

  private static Lookup compute(Posed posed) {
    return switch (evidence(posed.program())) {
      case Found.Evident(Evidence evidence) -> {
        try {
          yield new Lookup.Found(AnswerKey.from(posed.item(), posed.questions(), evidence));
        } catch (BadItemException e) {
          yield new Lookup.None(String.valueOf(e.getMessage()));
        }
      }
      case Found.Nothing(String reason) -> new Lookup.None(reason);
    };
  }

  /** What the model finds out about a program. */
  sealed interface Found {
    /** This. */
    record Evident(Evidence evidence) implements Found {}

    /** Nothing; the reason is for people. */
    record Nothing(String reason) implements Found {}
  }

  /** Compiles a program, which need not be in a bank, and explores it. */
  static Found evidence(GoProgram program) {
    if (program.header().needs().isPresent()) {
      return new Found.Nothing(program.id() + " needs " + program.header().needs().get());
    }
    try {
      return switch (GoFrontEnd.bundled().compile(program.sources())) {
        case Compilation.Compiled(Program p) ->
            new Found.Evident(evidence(p.withFrames(program.frames()), options(program)));
        case Compilation.Rejected(var messages) ->
            new Found.Nothing(program.id() + " does not compile: " + messages);
        case Compilation.Unsupported(var messages) ->
            new Found.Nothing(program.id() + " is outside the model: " + messages);
      };
    } catch (FrontEndException e) {
      return new Found.Nothing(String.valueOf(e.getMessage()));
    }
  }

  private static RunOptions options(GoProgram program) {
    return program.world().withLimits(BUDGET.limits());
  }

  private static Evidence evidence(Program program, RunOptions options) {
    Verdict verdict = Explorer.explore(program, options.withRecord(false), BUDGET, () -> false);
    List<Run> runs = new ArrayList<>();
    for (Verdict.Witness w : verdict.witnesses()) {
      runs.add(Machines.run(program, options, new Replay(w.schedule()), () -> false));
    }
    for (int seed = 1; seed <= OTHER_RUNS; seed++) {
      runs.add(Machines.run(program, options, new Seeded(seed), () -> false));
    }
    return ended(verdict, runs);
  }

  /**
   * Leaves out runs that only a limit of ours ended, unless there are no others: what a program may
   * do after the limit is not known, and a run that ended earlier is an ending all the same.
   * Endings that the search missed but another run reached are added.
   */
  private static Evidence ended(Verdict verdict, List<Run> runs) {
    List<Run> ended = runs.stream().filter(r -> !unfinished(r.ending().outcome())).toList();
    if (ended.isEmpty()) {
      return new Evidence(verdict, runs);
    }
    Map<String, Verdict.Witness> witnesses = new LinkedHashMap<>();
    verdict.witnesses().stream()
        .filter(w -> !unfinished(w.ending().outcome()))
        .forEach(w -> witnesses.putIfAbsent(w.ending().key(), w));
    ended.forEach(r ->
        witnesses.putIfAbsent(r.ending().key(), new Verdict.Witness(r.ending(), r.schedule())));
    if (List.copyOf(witnesses.values()).equals(verdict.witnesses())) {
      return new Evidence(verdict, ended);
    }
    String limit = verdict instanceof Verdict.Bounded b ? b.limit() : "the limits of a single run";
    return new Evidence(
        new Verdict.Bounded(
            List.copyOf(witnesses.values()), verdict.executions(), verdict.dataRaces(), limit),
        ended);
  }

  private static boolean unfinished(Outcome outcome) {
    return outcome instanceof Outcome.Unfinished;
  }
}
