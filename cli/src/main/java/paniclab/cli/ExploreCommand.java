package paniclab.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import paniclab.model.explore.Exploration;
import paniclab.model.explore.Explorer;
import paniclab.model.explore.Limits;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.DataRace;
import paniclab.model.outcome.Verdict;
import paniclab.model.outcome.Verdict.Witness;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code paniclab explore}. */
@Command(
    name = "explore",
    mixinStandardHelpOptions = true,
    description = {
      "Finds every outcome of Go programs, over all schedules.",
      "",
      "Prints each outcome with the shortest schedule known to lead to it "
          + "(`run --schedule` repeats it), and whether the search was complete. With --json, a "
          + "line for each program: file, complete, executions, outcomes (outcome, exit, stdout, "
          + "stderr, schedule).",
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
      "0:explored, whether or not to the end",
      "1:one program, without --json: it does not compile",
      "70:one program, without --json: outside the model",
      "64:the command line is wrong",
      "66:a file cannot be read",
      "69:a bug of ours"
    })
final class ExploreCommand implements Callable<Integer> {
  private final Io io;

  @Option(names = "--json", description = "A line of JSON for each program.")
  private boolean json;

  @Option(
      names = "--budget",
      paramLabel = "SECONDS",
      description = "Stop the search in a program after so many seconds (default: 10).")
  private double seconds = Exploration.DEFAULT_WALL.toSeconds();

  @Option(
      names = "--max-executions",
      paramLabel = "N",
      description = "Stop the search in a program after N executions (default: no limit).")
  private long executions = Long.MAX_VALUE;

  @Option(
      names = "--max-steps",
      paramLabel = "N",
      description = "At most N instructions in each execution (default: 2000000).")
  private long steps = Limits.EXPLORE.steps();

  @Option(
      names = "--timers-any-time",
      description =
          "Let a timer fire at any time after it was set, not only when nothing else can run.")
  private boolean timersAnyTime;

  @Mixin private Outside outside = new Outside();

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "A .go file, a .txtar archive, or a folder that holds one package.")
  private List<String> files = List.of();

  private int single = Exit.OK;

  ExploreCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    World world = new World(io, System.getenv());
    Compile compile = new Compile();
    int status = new Each(io).all(files, input -> explore(compile, world, input));
    return status == Exit.OK && !json && files.size() == 1 ? single : status;
  }

  private void explore(Compile compile, World world, Input input) throws IOException {
    Compile.Compiled compiled = compile.compile(input);
    if (compiled.program().isEmpty()) {
      notExplored(input, compiled.result().orElseThrow());
      return;
    }
    Limits limits = Limits.EXPLORE.withSteps(steps);
    RunOptions options = outside.on(world.options(input, Optional.empty(), limits, false));
    Verdict verdict =
        Explorer.explore(
            compiled.program().get(),
            options,
            new Exploration(executions, Long.MAX_VALUE, limits, timersAnyTime),
            Budget.after(seconds));
    if (json) {
      io.out().println(Result.line(json(input, verdict)));
    } else {
      print(input, verdict);
    }
  }

  private void notExplored(Input input, Result result) {
    single = result.exit();
    if (!json) {
      io.err().print(result.stderrWithRemark());
      return;
    }
    JsonObject o = head(input, true, 0);
    JsonArray outcomes = new JsonArray();
    outcomes.add(result.outcomeJson("-"));
    o.add("outcomes", outcomes);
    io.out().println(Result.line(o));
  }

  private static JsonObject head(Input input, boolean complete, long executions) {
    JsonObject o = new JsonObject();
    o.addProperty("file", input.file());
    o.addProperty("complete", complete);
    o.addProperty("executions", executions);
    return o;
  }

  private static JsonObject json(Input input, Verdict verdict) {
    JsonObject o = head(input, verdict.complete(), verdict.executions());
    JsonArray outcomes = new JsonArray();
    for (Witness w : verdict.witnesses()) {
      outcomes.add(Result.of(w.ending(), 0).outcomeJson(w.schedule().toString()));
    }
    o.add("outcomes", outcomes);
    JsonArray races = new JsonArray();
    for (DataRace r : verdict.dataRaces()) {
      JsonArray places = new JsonArray();
      places.add(r.first().toString());
      places.add(r.second().toString());
      races.add(places);
    }
    o.add("data_races", races);
    return o;
  }

  private void print(Input input, Verdict verdict) {
    List<Witness> found = verdict.witnesses();
    io.out()
        .printf(
            "%s: %d outcome%s in %d executions, %s%n",
            input.file(),
            found.size(),
            found.size() == 1 ? "" : "s",
            verdict.executions(),
            completeness(verdict));
    if (verdict.dataRace()) {
      io.out().println("  a data race: real Go may do what no schedule does");
      verdict.dataRaces().forEach(r -> io.out().println("    between " + r.places()));
    }
    for (Witness w : found) {
      Result r = Result.of(w.ending(), 0);
      io.out().printf("%n  %s, exit %d, schedule %s%n", r.outcome(), r.exit(), w.schedule());
      indented("stdout", r.stdout().toString());
      indented("stderr", r.stderrWithRemark());
    }
  }

  private static String completeness(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Always a -> "complete: on every schedule";
      case Verdict.Depends d -> "complete: which one depends on the schedule";
      case Verdict.Bounded b -> "not complete: " + b.limit() + " (--budget, --max-executions)";
    };
  }

  private void indented(String name, String text) {
    if (text.isEmpty()) {
      return;
    }
    io.out().println("    " + name + ":");
    text.lines().forEach(l -> io.out().println("      " + l));
  }
}
