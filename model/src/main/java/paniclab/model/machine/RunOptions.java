package paniclab.model.machine;

import java.util.List;
import java.util.Optional;
import paniclab.model.explore.Limits;
import paniclab.model.program.GoString;
import paniclab.model.sched.Bug;
import paniclab.model.signal.Scenario;

/**
 * The world a program starts in.
 *
 * @param args os.Args, the program's name first
 * @param env as NAME=value
 * @param stdin all of it; reading past it gives end of file
 * @param traceback the GOTRACEBACK level
 * @param limits what it may use
 * @param record whether to keep the trace of events
 * @param scenario what reaches it from outside while it runs
 * @param bug a fault of the runtime, put in on purpose
 */
public record RunOptions(
    List<String> args,
    List<String> env,
    GoString stdin,
    Traceback traceback,
    Limits limits,
    boolean record,
    Scenario scenario,
    Optional<Bug> bug) {

  /** GOTRACEBACK levels. */
  public enum Traceback {
    NONE,
    SINGLE,
    ALL,
    SYSTEM,
    CRASH
  }

  /** No arguments, no environment, no input, traceback single, events recorded. */
  public static final RunOptions DEFAULT =
      new RunOptions(
          List.of("prog"), List.of(), GoString.EMPTY, Traceback.SINGLE, Limits.RUN, true);

  public RunOptions {
    args = List.copyOf(args);
    env = List.copyOf(env);
  }

  /** A world from which nothing comes while the program runs. */
  public RunOptions(
      List<String> args,
      List<String> env,
      GoString stdin,
      Traceback traceback,
      Limits limits,
      boolean record) {
    this(args, env, stdin, traceback, limits, record, Scenario.NONE, Optional.empty());
  }

  /** A world with a runtime as it is. */
  public RunOptions(
      List<String> args,
      List<String> env,
      GoString stdin,
      Traceback traceback,
      Limits limits,
      boolean record,
      Scenario scenario) {
    this(args, env, stdin, traceback, limits, record, scenario, Optional.empty());
  }

  /** The same with other limits. */
  public RunOptions withLimits(Limits l) {
    return new RunOptions(args, env, stdin, traceback, l, record, scenario, bug);
  }

  /** The same with another traceback level. */
  public RunOptions withTraceback(Traceback t) {
    return new RunOptions(args, env, stdin, t, limits, record, scenario, bug);
  }

  /** The same with events recorded or not. */
  public RunOptions withRecord(boolean r) {
    return new RunOptions(args, env, stdin, traceback, limits, r, scenario, bug);
  }

  /** The same where this comes from outside. */
  public RunOptions withScenario(Scenario s) {
    return new RunOptions(args, env, stdin, traceback, limits, record, s, bug);
  }

  /** The same on a runtime that is broken so. */
  public RunOptions withBug(Bug b) {
    return new RunOptions(args, env, stdin, traceback, limits, record, scenario, Optional.of(b));
  }
}
