package paniclab.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import paniclab.model.explore.RoundRobin;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.outcome.Outcome;
import paniclab.model.program.GoString;
import paniclab.model.program.SourceFile;

/** What a program prints is told while it runs. */
class StdoutTest {
  private final List<String> pieces = new ArrayList<>();

  private Run run(String body, boolean untilHeard) {
    String text = "package main\nimport \"fmt\"\nfunc main() {\n" + body + "\n}\n";
    Compilation c = GoFrontEnd.bundled().compile(List.of(new SourceFile("main.go", text)));
    Compilation.Compiled compiled = assertInstanceOf(Compilation.Compiled.class, c);
    return Machines.run(
        compiled.program(),
        RunOptions.DEFAULT,
        new RoundRobin(),
        () -> untilHeard && !pieces.isEmpty(),
        new Machines.Stdout() {
          @Override
          public boolean isDue() {
            return true;
          }

          @Override
          public void more(GoString text) {
            pieces.add(text.toString());
          }
        });
  }

  @Test
  void anEndlessProgramIsHeardBeforeItsEnd() {
    Run run = run("for i := 0; ; i++ { if i % 100_000 == 0 { fmt.Println(i) } }", true);
    Outcome.Unfinished u =
        assertInstanceOf(Outcome.Unfinished.class, run.ending().outcome(), pieces.toString());
    assertEquals(Outcome.Limit.STOPPED, u.limit());
    assertTrue(pieces.getFirst().startsWith("0\n"), pieces.toString());
    assertTrue(pieces.getFirst().endsWith("\n"), "whole lines: " + pieces.getFirst());
    assertEquals(run.ending().stdout().toString(), String.join("", pieces));
  }

  @Test
  void theLastLineNeedsNoEnd() {
    Run run = run("fmt.Println(1); fmt.Print(2)", false);
    assertEquals("1\n2", String.join("", pieces));
    assertEquals(run.ending().stdout().toString(), String.join("", pieces));
  }
}
