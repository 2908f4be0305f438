package paniclab.kernel.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import paniclab.golang.Compilation;
import paniclab.golang.GoFrontEnd;
import paniclab.model.explore.RoundRobin;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.Outcome;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;

class CrashLogTest {
  @Test
  void everyCrashOfTheCorpusIsRecognised() {
    int crashes = 0;
    for (GoProgram program : Corpus.builtIn().all()) {
      if (!(GoFrontEnd.bundled().compile(program.sources()) instanceof Compilation.Compiled c)) {
        continue;
      }
      Run run = Machines.run(c.program(), RunOptions.DEFAULT, new RoundRobin(), () -> false);
      CrashLog log = CrashLog.read(run.ending().stderr().toString());
      switch (run.ending().outcome()) {
        case Outcome.Panicked p -> {
          assertInstanceOf(CrashLog.Death.Panic.class, log.death(), program.id());
          crashes++;
        }
        case Outcome.Fatal f -> {
          assertEquals(new CrashLog.Death.Fatal(f.error()), log.death(), program.id());
          crashes++;
        }
        case Outcome.Thrown t -> {
          assertInstanceOf(CrashLog.Death.Fatal.class, log.death(), program.id());
          crashes++;
        }
        case Outcome.Exited _,
            Outcome.Signalled _,
            Outcome.Hung _,
            Outcome.Unfinished _,
            Outcome.OutOfModel _ -> {}
      }
    }
    assertTrue(crashes > 5, crashes + " crashes");
  }

  @Test
  void otherTextIsNotACrash() {
    CrashLog log = CrashLog.read("everything is fine\n");
    assertInstanceOf(CrashLog.Death.Unknown.class, log.death());
    assertTrue(log.explain(Locale.SIMPLIFIED_CHINESE).contains("panic"));
  }
}
