package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import paniclab.golang.GoFrontEnd;
import paniclab.lessons.Block.FigureKind;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;

class ModelFlowsTest {
  private final Flows flows = new ModelFlows(GoFrontEnd.bundled());

  private String lanes(String id, Optional<Integer> exit) throws Flows.NoFlow {
    return flows.mermaid(FigureKind.LANES, program(id), exit, Language.EN);
  }

  private static GoProgram program(String id) {
    return Corpus.builtIn().find(id).orElseThrow();
  }

  @Test
  void theRunWithTheAskedExitStatusIsFound() throws Flows.NoFlow {
    assertTrue(lanes("PC1-14", Optional.of(2)).contains("send on closed channel"));
    assertFalse(lanes("PC1-14", Optional.of(0)).contains("send on closed channel"));
    Flows.NoFlow none = assertThrows(Flows.NoFlow.class, () -> lanes("PC1-14", Optional.of(7)));
    assertEquals("no schedule was found that ends with exit status 7", none.getMessage());
  }

  @Test
  void deferredCallsOfTheLibraryAreThere() throws Flows.NoFlow {
    String defers =
        flows.mermaid(FigureKind.DEFERS, program("PC1-05"), Optional.empty(), Language.EN);
    assertTrue(defers.contains("ran as no. 2"), defers);
  }

  @Test
  void whatTheLibraryDoesOnItsOwnAccountIsNotThere() throws Flows.NoFlow {
    String lanes = lanes("PC1-20", Optional.empty());
    assertFalse(lanes.contains("atomic") || lanes.contains("Mutex"), lanes);
  }

  @Test
  void aProgramOutsideTheModelSaysSo() {
    Flows.NoFlow none = assertThrows(Flows.NoFlow.class, () -> lanes("PC1-19", Optional.empty()));
    assertTrue(String.valueOf(none.getMessage()).contains("net/http"), none.getMessage());
  }

  @Test
  void aPanicThatGoexitAbandonsSaysSo() throws Flows.NoFlow {
    String reach =
        flows.mermaid(FigureKind.RECOVER, program("PX-14"), Optional.empty(), Language.EN);
    assertTrue(reach.contains("abandoned by Goexit"), reach);
  }
}
