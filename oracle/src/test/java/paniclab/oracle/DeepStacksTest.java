package paniclab.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import paniclab.golang.GoFrontEnd;
import paniclab.model.explore.Limits;
import paniclab.model.machine.RunOptions;
import paniclab.oracle.Conformance.Judgement;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;

/** Programs whose stacks come near half a gigabyte, or pass it: level for level as real Go. */
class DeepStacksTest {
  /** Programs that need more than the usual time are those with deep stacks. */
  private static final Duration USUAL = Duration.ofSeconds(10);

  static boolean isDeep(GoProgram p) {
    return p.header().timeout().compareTo(USUAL) > 0
        && p.header().claims().stream().anyMatch(c -> c.startsWith("C2-"));
  }

  @Test
  void theDeepestRecursionIsTheOneOfRealGo() {
    Conformance conformance =
        new Conformance(
            GoFrontEnd.bundled(),
            RunOptions.DEFAULT.withLimits(Limits.RUN).withRecord(false),
            () -> false);
    List<GoProgram> deep = Corpus.builtIn().all().stream().filter(DeepStacksTest::isDeep).toList();
    Map<String, Judgement> wrong = new TreeMap<>();
    for (GoProgram p : deep) {
      Judgement j = conformance.judge(p);
      if (!(j instanceof Judgement.Agrees)) {
        wrong.put(p.id(), j);
      }
    }
    assertEquals(Map.of(), wrong);
    assertEquals(10, deep.size(), "a deep program was added or lost");
  }
}
