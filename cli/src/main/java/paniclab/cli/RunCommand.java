package paniclab.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import paniclab.model.explore.Replay;
import paniclab.model.explore.RoundRobin;
import paniclab.model.explore.Schedule;
import paniclab.model.explore.Scheduler;
import paniclab.model.explore.Seeded;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.model.sched.Bug;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code paniclab run}. */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = {
      "Runs Go programs on the model.",
      "",
      "One program behaves as the compiled one would: its stdout, its stderr, its exit status "
          + "(128+n when signal n killed it). With --json, or for several programs, a line of JSON "
          + "for each: file, outcome, family, exit, stdout, stderr, trace_events.",
    },
    exitCodeListHeading = "%nExit status of one program without --json:%n",
    exitCodeList = {
      "1:it does not compile; the compiler's lines are on stderr",
      "70:outside the model; the reason is on stderr",
      "71:a limit was reached, or the program hangs; which one is on stderr",
      "*:else its own"
    },
    footerHeading = "%nElse: 0; 64 wrong command line, 66 unreadable file, 69 bug of ours.%n")
final class RunCommand implements Callable<Integer> {
  private final Io io;

  @Option(names = "--json", description = "A line of JSON for each program.")
  private boolean json;

  @ArgGroup private Choice choice = new Choice();

  @Option(
      names = "--gotraceback",
      paramLabel = "LEVEL",
      converter = Level.class,
      description = "none, single, all, system or crash (default: the variable GOTRACEBACK).")
  private Optional<Traceback> traceback = Optional.empty();

  @Option(
      names = "--runtime-bug",
      paramLabel = "BUG",
      converter = BugWord.class,
      description =
          "Run on a runtime that is broken on purpose: holding-locks. Go has no such bug; stderr"
              + " says so at the end.")
  private Optional<Bug> bug = Optional.empty();

  @Mixin private Outside outside = new Outside();

  @Mixin private Budget budget = new Budget();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A .go file, a .txtar archive, or a folder that holds one package.")
  private List<String> files = List.of();

  RunCommand(Io io) {
    this.io = io;
  }

  /** Who decides where Go leaves the choice open. */
  static final class Choice {
    @Option(
        names = "--seed",
        paramLabel = "N",
        description = "Take choices at random, the same for the same N.")
    private Optional<Long> seed = Optional.empty();

    @Option(
        names = "--schedule",
        paramLabel = "S",
        converter = ScheduleText.class,
        description = "Repeat a schedule, as `explore` prints it.")
    private Optional<Schedule> schedule = Optional.empty();

    Choice() {}

    Scheduler scheduler() {
      if (schedule.isPresent()) {
        return new Replay(schedule.get());
      }
      return seed.<Scheduler>map(Seeded::new).orElseGet(RoundRobin::new);
    }
  }

  /** Reads a level. */
  static final class Level implements ITypeConverter<Traceback> {
    Level() {}

    @Override
    public Traceback convert(String word) {
      return World.named(word)
          .orElseThrow(() ->
              new TypeConversionException(
                  "\"" + word + "\" is none of none, single, all, system, crash"));
    }
  }

  /** Reads the name of a bug. */
  static final class BugWord implements ITypeConverter<Bug> {
    BugWord() {}

    @Override
    public Bug convert(String word) {
      return Bug.of(word)
          .orElseThrow(
              () -> new TypeConversionException("\"" + word + "\" is none of " + Bug.words()));
    }
  }

  /** Reads a schedule. */
  static final class ScheduleText implements ITypeConverter<Schedule> {
    ScheduleText() {}

    @Override
    public Schedule convert(String text) {
      try {
        return Schedule.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    }
  }

  @Override
  public Integer call() throws IOException {
    World world = new World(io, System.getenv());
    Compile compile = new Compile();
    if (!json && files.size() == 1) {
      return new Each(io).single(files.getFirst(), input -> result(compile, world, input));
    }
    return new Each(io)
        .all(files, input -> io.out().println(result(compile, world, input).json(input.file())));
  }

  private Result result(Compile compile, World world, Input input) throws IOException {
    Compile.Compiled compiled = compile.compile(input);
    if (compiled.program().isEmpty()) {
      return compiled.result().orElseThrow();
    }
    RunOptions options =
        outside.on(world.options(input, traceback, budget.limits(), json || files.size() > 1));
    Optional<Bug> broken = bug.or(input::bug);
    options = broken.map(options::withBug).orElse(options);
    try {
      Run run = Machines.run(compiled.program().get(), options, choice.scheduler(), budget.stop());
      return broken.map(b -> Result.of(run).on(b)).orElseGet(() -> Result.of(run));
    } catch (OutOfMemoryError e) {
      return Result.heapFull();
    }
  }
}
