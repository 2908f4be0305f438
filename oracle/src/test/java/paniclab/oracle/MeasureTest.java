package paniclab.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;
import paniclab.programs.Observation.End;
import paniclab.programs.Observation.Seen;

class MeasureTest {
  private static final String ARCHIVE =
      """
      runs: 2
      tracebacks: none single
      -- main.go --
      package main

      import "fmt"

      func main() {
      \tfmt.Println("out")
      \tpanic("boom")
      }
      """;

  @Test
  void aProgramIsBuiltAndRunAtEachLevel() throws IOException {
    Observation o = GoToolchain.find("go").observe(GoProgram.parse("p", ARCHIVE));
    assertEquals(2, o.seen().size());
    Seen single = o.always().orElseThrow();
    assertEquals(2, single.count());
    assertEquals(new End.Exit(2), single.end());
    assertEquals("out\n", single.stdout().toString());
    assertEquals(
        "panic: boom\n\ngoroutine 1 [running]:\nmain.main(...)\n\tmain.go:7\n",
        single.stderr().toString());
    assertEquals("panic: boom\n", o.at(Traceback.NONE).getFirst().stderr().toString());
    assertEquals(o, Observation.parse(o.format(), "p.txtar", 1));
  }

  @Test
  void whatDoesNotCompileIsObservedToo() throws IOException {
    GoProgram p = GoProgram.parse("p", "-- main.go --\npackage main\nfunc main() { x := 1 }\n");
    Seen seen = GoToolchain.find("go").observe(p).seen().getFirst();
    assertEquals(new End.NotBuilt(), seen.end());
    assertEquals("./main.go:2:15: declared and not used: x\n", seen.stderr().toString());
  }

  /** Minutes: every program of the lessons is built and run again. */
  @Test
  @EnabledIfSystemProperty(
      named = "paniclab.measure",
      matches = "all",
      disabledReason = "takes minutes; mvn verify -Dpaniclab.measure=all")
  void whatWasSeenIsSeenAgain() throws IOException {
    GoToolchain go = GoToolchain.find("go");
    for (GoProgram p : Corpus.builtIn().all()) {
      Observation now = go.observe(p);
      assertTrue(Measure.agree(p.observation().orElseThrow(), now), p.id() + "\n" + now.format());
    }
  }
}
