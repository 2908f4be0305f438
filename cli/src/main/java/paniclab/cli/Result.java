package paniclab.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.program.GoString;
import paniclab.model.sched.Bug;

/**
 * What became of one program.
 *
 * @param outcome the word for the kind of end
 * @param family the word for its family of crash texts
 * @param exit the exit status of {@code paniclab run}
 * @param stdout what the program printed there
 * @param stderr what the program or the compiler printed there
 * @param remark what we say ourselves, or the empty string: why the run is not the program's own
 * @param traceEvents how many events the run had
 */
record Result(
    String outcome,
    String family,
    int exit,
    GoString stdout,
    GoString stderr,
    String remark,
    long traceEvents) {
  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  static Result of(Run run) {
    return of(run.ending(), run.trace().events().size() + run.trace().dropped());
  }

  static Result of(Ending ending, long traceEvents) {
    Outcome o = ending.outcome();
    return new Result(
        o.word(),
        o.family().word(),
        o.exitStatus(),
        ending.stdout(),
        ending.stderr(),
        remark(o),
        traceEvents);
  }

  /** The same, said to be of a runtime that is broken on purpose. */
  Result on(Bug bug) {
    String label = "paniclab: " + bug.label() + (remark.isEmpty() ? "" : "\n" + remark);
    return new Result(outcome, family, exit, stdout, stderr, label, traceEvents);
  }

  /** A program that does not compile. */
  static Result rejected(String lines) {
    return ofCompiler("rejected", Exit.REJECTED, GoString.of(lines), "");
  }

  /** A program the model does not cover, known before it runs. */
  static Result outOfModel(String reason) {
    return ofCompiler("out-of-model", Exit.OUT_OF_MODEL, GoString.EMPTY, reason);
  }

  private static Result ofCompiler(String outcome, int exit, GoString stderr, String remark) {
    return new Result(outcome, "none", exit, GoString.EMPTY, stderr, remark, 0);
  }

  /** A run that used up the Java heap before it reached the limit on memory. */
  static Result heapFull() {
    long mib = Runtime.getRuntime().maxMemory() >> 20;
    return ofCompiler(
        "unfinished",
        Exit.LIMIT,
        GoString.EMPTY,
        "limit reached: memory: the Java heap of " + mib + " MiB is full");
  }

  private static String remark(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Hung h -> "hung: " + h.why();
      case Outcome.Unfinished u when u.limit() == Outcome.Limit.STOPPED ->
          "limit reached: seconds: the program did not end within those of --max-seconds";
      case Outcome.Unfinished u -> "limit reached: " + u.limit().word() + ": " + u.message();
      case Outcome.OutOfModel o -> o.reason();
      case Outcome.Exited e -> "";
      case Outcome.Panicked p -> "";
      case Outcome.Fatal f -> "";
      case Outcome.Thrown t -> "";
      case Outcome.Signalled s -> "";
    };
  }

  /** Stderr as {@code paniclab run} prints it: the program's, then our remark on a line. */
  String stderrWithRemark() {
    String text = stderr.toString();
    if (remark.isEmpty()) {
      return text;
    }
    return text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + remark + "\n";
  }

  /** The line for {@code run --json}. */
  String json(String file) {
    JsonObject o = new JsonObject();
    o.addProperty("file", file);
    o.addProperty("outcome", outcome);
    o.addProperty("family", family);
    o.addProperty("exit", exit);
    o.addProperty("stdout", stdout.toString());
    o.addProperty("stderr", stderrWithRemark());
    o.addProperty("trace_events", traceEvents);
    return JSON.toJson(o);
  }

  /** The part of the line of {@code explore --json}. */
  JsonObject outcomeJson(String schedule) {
    JsonObject o = new JsonObject();
    o.addProperty("outcome", outcome);
    o.addProperty("exit", exit);
    o.addProperty("stdout", stdout.toString());
    o.addProperty("stderr", stderrWithRemark());
    o.addProperty("schedule", schedule);
    return o;
  }

  /** One line of JSON. */
  static String line(JsonObject o) {
    return JSON.toJson(o);
  }
}
