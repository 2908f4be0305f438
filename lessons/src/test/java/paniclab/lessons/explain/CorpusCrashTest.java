package paniclab.lessons.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import paniclab.golang.Compilation;
import paniclab.golang.GoFrontEnd;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashLog;
import paniclab.model.crash.CrashReader;
import paniclab.model.explore.RoundRobin;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.Outcome;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;

/** What the printer of the model writes, the reader understands. */
class CorpusCrashTest {
  @Test
  void everyCrashOfTheModelIsRead() {
    List<String> wrong = new ArrayList<>();
    int crashes = 0;
    for (GoProgram program : Corpus.builtIn().all()) {
      if (program.files().isEmpty()
          || !(GoFrontEnd.bundled().compile(program.files()) instanceof Compilation.Compiled c)) {
        continue;
      }
      Run run = Machines.run(c.program(), RunOptions.DEFAULT, new RoundRobin(), () -> false);
      Outcome outcome = run.ending().outcome();
      boolean crashed =
          outcome instanceof Outcome.Panicked
              || outcome instanceof Outcome.Fatal
              || outcome instanceof Outcome.Thrown;
      if (!crashed) {
        continue;
      }
      crashes++;
      CrashLog log = CrashReader.read(run.ending().stderr().toString());
      List<String> families =
          log.crashes().stream().map(Crash::family).map(Outcome.Family::word).toList();
      if (!families.equals(List.of(outcome.family().word()))) {
        wrong.add(program.id() + " " + outcome + " read as " + families);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(crashes > 20, crashes + " crashes");
  }
}
