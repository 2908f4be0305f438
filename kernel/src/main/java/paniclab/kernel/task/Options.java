package paniclab.kernel.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import paniclab.model.explore.Limits;
import paniclab.model.explore.Replay;
import paniclab.model.explore.RoundRobin;
import paniclab.model.explore.Schedule;
import paniclab.model.explore.Scheduler;
import paniclab.model.explore.Seeded;
import paniclab.model.machine.RunOptions;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.model.program.GoString;
import paniclab.model.sched.Bug;
import paniclab.model.signal.Scenario;

/**
 * The options of a magic's line, which the front has split into names and values.
 *
 * @throws IllegalArgumentException from each method, naming the option and what it takes
 */
record Options(Map<String, String> given) {

  private Optional<String> get(String name) {
    return Optional.ofNullable(given.get(name));
  }

  String text(String name) {
    return get(name).orElse("");
  }

  Locale locale() {
    return Locale.forLanguageTag(get("lang").orElse("en"));
  }

  Scheduler scheduler() {
    Optional<Schedule> schedule = get("schedule").map(Schedule::parse);
    if (schedule.isPresent()) {
      return new Replay(schedule.get());
    }
    return get("seed")
        .<Scheduler>map(s -> new Seeded(number("seed", s)))
        .orElseGet(RoundRobin::new);
  }

  RunOptions run() {
    Traceback level = get("traceback").map(Options::level).orElse(Traceback.SINGLE);
    Limits limits =
        get("steps").map(s -> Limits.RUN.withSteps(number("steps", s))).orElse(Limits.RUN);
    // The model's memory is a part of the worker's heap: the limit must be met before the heap is.
    long memory = Math.min(limits.memoryBytes(), Runtime.getRuntime().maxMemory() / 3);
    Limits fitting =
        new Limits(
            limits.steps(),
            limits.goroutines(),
            memory,
            Math.min(limits.outputBytes(), memory / 8),
            limits.virtualNanos());
    RunOptions options =
        new RunOptions(
            args(),
            environment(level),
            GoString.of(get("stdin").orElse("").replace("\\n", "\n")),
            level,
            fitting,
            true,
            scenario());
    return bug().map(options::withBug).orElse(options);
  }

  /** GOTRACEBACK, and what {@code --env} gives: NAME=value, several with blanks between them. */
  private List<String> environment(Traceback level) {
    List<String> env = new ArrayList<>();
    env.add("GOTRACEBACK=" + level.name().toLowerCase(Locale.ROOT));
    for (String e : get("env").orElse("").split(" ")) {
      if (e.indexOf('=') > 0) {
        env.add(e);
      } else if (!e.isBlank()) {
        throw new IllegalArgumentException(
            "--env " + e + ": it takes NAME=value, several in quotes with blanks between them");
      }
    }
    return env;
  }

  /** The fault that is put into the runtime on purpose. */
  Optional<Bug> bug() {
    Optional<String> word = get("runtime-bug");
    if (word.isPresent() && Bug.of(word.get()).isEmpty()) {
      throw new IllegalArgumentException(
          "--runtime-bug " + word.get() + ": it takes " + Bug.words());
    }
    return word.flatMap(Bug::of);
  }

  private List<String> args() {
    List<String> all = new ArrayList<>(List.of("main"));
    all.addAll(List.of(get("args").orElse("").strip().split("\\s+")));
    all.removeIf(String::isEmpty);
    return all;
  }

  /** What comes from outside: the option, or else the cell's part {@code -- signals --}. */
  private Scenario scenario() {
    Optional<String> option = get("signal");
    try {
      return option.isPresent()
          ? Scenario.parseOneLine(option.get())
          : GoSource.signals(text("source")).map(Scenario::parse).orElse(Scenario.NONE);
    } catch (IllegalArgumentException e) {
      String where = option.isPresent() ? "--signal: " : "-- signals --, ";
      throw new IllegalArgumentException(where + e.getMessage(), e);
    }
  }

  private static Traceback level(String word) {
    for (Traceback t : Traceback.values()) {
      if (t.name().equalsIgnoreCase(word)) {
        return t;
      }
    }
    throw new IllegalArgumentException(
        "--traceback " + word + ": it takes none, single, all, system or crash");
  }

  double seconds(double otherwise) {
    return get("budget")
        .map(s -> {
          try {
            return Double.parseDouble(s);
          } catch (NumberFormatException e) {
            throw new IllegalArgumentException("--budget " + s + ": it takes seconds", e);
          }
        })
        .orElse(otherwise);
  }

  private static long number(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--" + name + " " + value + ": it takes a whole number", e);
    }
  }
}
