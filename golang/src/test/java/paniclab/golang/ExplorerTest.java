package paniclab.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import paniclab.model.explore.Exploration;
import paniclab.model.explore.Explorer;
import paniclab.model.explore.Limits;
import paniclab.model.explore.Replay;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.Program;
import paniclab.model.program.SourceFile;
import paniclab.model.signal.Scenario;

/** Source sets against the plainer search with sleep sets, on small programs of every kind. */
class ExplorerTest {
  private static final Exploration BUDGET =
      new Exploration(20_000, 1_000_000_000L, Limits.EXPLORE, false);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "close-against-sends",
        "condition",
        "count-goroutines",
        "count-starts",
        "counter-2x2",
        "counter-2x3",
        "counter-3x1",
        "fatal-against-output",
        "map-writes",
        "once",
        "panic-against-output",
        "philosophers",
        "producer",
        "readers-writers",
        "select-three-ways",
        "select-two-ready",
        "three-lockers",
        "three-senders",
        "timeout",
        "trylock",
        "waitgroup-negative",
        "waitgroup-reused"
      })
  void findsWhatTheSlowSearchFindsInNoMoreRuns(String name) throws IOException {
    Program program = compile(name);
    Verdict slow = explore(program, Explorer.Strategy.SLEEP_SETS);
    Verdict fast = explore(program, Explorer.Strategy.SOURCE_SETS);
    assertTrue(slow.complete() && fast.complete(), name + ": both searches end");
    assertEquals(endings(slow), endings(fast), name + ": the same endings");
    assertTrue(
        fast.executions() <= slow.executions(),
        name + ": " + fast.executions() + " runs against " + slow.executions());
    for (Verdict.Witness w : fast.witnesses()) {
      String replayed =
          Machines.run(program, RunOptions.DEFAULT, new Replay(w.schedule()), () -> false)
              .ending()
              .key();
      assertEquals(w.ending().key(), replayed, name + ": replay " + w.schedule());
    }
  }

  @Test
  void whoHasCalledDoneMayStillBeCounted() throws IOException {
    Verdict v = explore(compile("count-goroutines"), Explorer.Strategy.SOURCE_SETS);
    assertEquals(3, v.witnesses().size(), "1, 2 or 3 goroutines: " + endings(v));
    Verdict starts = explore(compile("count-starts"), Explorer.Strategy.SOURCE_SETS);
    assertEquals(2, starts.witnesses().size(), "2 or 3 goroutines: " + endings(starts));
  }

  /** Go 1.26: of 300 runs of the first 172 died before Notify; main is alone in it. */
  @Test
  void aSignalFromOutsideComesAtAnyMomentOfMainAlone() throws IOException {
    RunOptions outside =
        RunOptions.DEFAULT.withScenario(Scenario.parse("SIGTERM after stdout \"a\""));
    assertEquals(
        List.of("0 a b c ", "143 a ", "143 a b ", "143 a b c "), ways("outside-alone", outside));
    assertEquals(List.of("0 a c ", "143 a "), ways("outside-notify", outside));
    assertEquals(List.of("0 a b ", "143 a ", "143 a b "), ways("kills-itself", RunOptions.DEFAULT));
  }

  /**
   * Timers that are due at the same time. Of 100 runs of Go 1.26 the second sleeper came first in
   * 41; of 1,500 of the second program 5 received the value.
   */
  @Test
  void timersDueTogetherFireInAnyOrder() throws IOException {
    assertEquals(List.of("0 a b ", "0 b a "), ways("sleeps-equal", RunOptions.DEFAULT));
    assertEquals(
        List.of("0 timeout ", "0 value "), ways("sleep-against-after", RunOptions.DEFAULT));
    assertEquals(List.of("0 a b "), ways("sleeps-apart", RunOptions.DEFAULT));
  }

  /** Go 1.26: the function was stopped in 70 of 100 runs, and came at any moment in the others. */
  @Test
  void aShortTimerFiresAtAnyMoment() throws IOException {
    assertEquals(
        List.of("0 a ", "0 a fired ", "0 a stopped ", "0 fired a "),
        ways("afterfunc-against-stop", RunOptions.DEFAULT));
  }

  /** Exit status and output of each way a program can end; each is replayed. */
  private static List<String> ways(String name, RunOptions world) throws IOException {
    Program program = compile(name);
    Verdict v = Explorer.explore(program, world, BUDGET, () -> false);
    assertTrue(v.complete(), name + ": the search ends");
    for (Verdict.Witness w : v.witnesses()) {
      Run run = Machines.run(program, world, new Replay(w.schedule()), () -> false);
      assertEquals(w.ending().key(), run.ending().key(), name + ": replay " + w.schedule());
    }
    return v.witnesses().stream()
        .map(Verdict.Witness::ending)
        .map(e -> e.outcome().exitStatus() + " " + e.stdout().toString().replace('\n', ' '))
        .sorted()
        .toList();
  }

  private static Verdict explore(Program program, Explorer.Strategy strategy) {
    return Explorer.explore(program, RunOptions.DEFAULT, BUDGET, () -> false, strategy);
  }

  private static TreeSet<String> endings(Verdict v) {
    TreeSet<String> keys = new TreeSet<>();
    v.witnesses().forEach(w -> keys.add(w.ending().key()));
    return keys;
  }

  private static Program compile(String name) throws IOException {
    try (InputStream in = ExplorerTest.class.getResourceAsStream("/explore/" + name + ".go")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Compilation c = GoFrontEnd.bundled().compile(List.of(new SourceFile(name + ".go", text)));
      return ((Compilation.Compiled) c).program();
    }
  }
}
