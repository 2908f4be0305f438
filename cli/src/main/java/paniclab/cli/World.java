package paniclab.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import paniclab.model.explore.Limits;
import paniclab.model.machine.RunOptions;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.model.program.GoString;

/** What a program finds when it starts: arguments, environment, standard input. */
final class World {
  private final Io io;
  private final Map<String, String> environment;
  private Optional<GoString> stdin = Optional.empty();

  /**
   * A world.
   *
   * @param environment of the command, which the program sees as its own
   */
  World(Io io, Map<String, String> environment) {
    this.io = io;
    this.environment = environment;
  }

  /** The options for a run; {@code traceback} where the command line gives one. */
  RunOptions options(Input input, Optional<Traceback> traceback, Limits limits, boolean record)
      throws IOException {
    Map<String, String> env = new TreeMap<>(environment);
    for (String e : input.env()) {
      int eq = e.indexOf('=');
      if (eq > 0) {
        env.put(e.substring(0, eq), e.substring(eq + 1));
      }
    }
    List<String> args = new ArrayList<>();
    args.add(input.programName());
    args.addAll(input.args());
    return new RunOptions(
        args,
        env.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList(),
        stdin(input),
        traceback.orElseGet(() -> level(env.getOrDefault("GOTRACEBACK", ""))),
        limits,
        record,
        input.signals());
  }

  /**
   * All of our own standard input, read once. Only for a program that may read it: an open pipe
   * nobody writes to must not hold up the others.
   */
  private GoString stdin(Input input) throws IOException {
    if (input.stdin().isPresent()) {
      return input.stdin().get();
    }
    if (!input.mayReadStdin()) {
      return GoString.EMPTY;
    }
    if (stdin.isEmpty()) {
      stdin = Optional.of(GoString.wrap(io.in().readAllBytes()));
    }
    return stdin.get();
  }

  /** A level as the runtime reads the variable (runtime.setTraceback). */
  private static Traceback level(String value) {
    return switch (value) {
      case "none", "0" -> Traceback.NONE;
      case "single", "" -> Traceback.SINGLE;
      case "system", "2" -> Traceback.SYSTEM;
      case "crash" -> Traceback.CRASH;
      default -> Traceback.ALL;
    };
  }

  /** A level as the command line names it. */
  static Optional<Traceback> named(String word) {
    for (Traceback t : Traceback.values()) {
      if (t.name().toLowerCase(Locale.ROOT).equals(word)) {
        return Optional.of(t);
      }
    }
    return Optional.empty();
  }
}
