package paniclab.diagrams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import paniclab.model.signal.Fault;
import paniclab.model.signal.Origin;
import paniclab.model.signal.Signal;
import paniclab.model.signal.SignalHandling;
import paniclab.model.signal.SignalPath;
import paniclab.model.signal.Signals;

/** The picture has exactly the steps that signals take. */
class SignalFlowTest {
  private static List<SignalPath> everyWay() {
    List<SignalPath> all = new ArrayList<>();
    for (Signal s : Signals.all()) {
      for (SignalHandling h :
          List.of(
              SignalHandling.atStart(),
              SignalHandling.atStart().enable(s),
              SignalHandling.atStart().ignore(s))) {
        for (boolean crash : new boolean[] {false, true}) {
          all.add(SignalPath.sent(s, Origin.KILL, h, crash));
          all.add(SignalPath.sent(s, Origin.TERMINAL, h, crash));
        }
      }
    }
    Fault division = new Fault(Signals.of("SIGFPE"), Fault.FPE_INTDIV, 0);
    for (Fault f : List.of(Fault.unmapped(0), Fault.unmapped(1 << 20), division)) {
      all.add(SignalPath.fault(f, false, false));
      all.add(SignalPath.fault(f, true, false));
    }
    all.add(SignalPath.faultInC(Signals.of("SIGSEGV"), false));
    return all;
  }

  @Test
  void everyStepIsInThePictureAndEveryLineIsTaken() {
    Set<SignalFlow.Edge> met = new LinkedHashSet<>();
    for (SignalPath p : everyWay()) {
      List<SignalPath.Step> s = p.steps();
      for (int i = 0; i + 1 < s.size(); i++) {
        SignalFlow.Edge e =
            new SignalFlow.Edge(s.get(i).node(), s.get(i).because(), s.get(i + 1).node());
        assertTrue(SignalFlow.EDGES.contains(e), p.toString());
        met.add(e);
      }
    }
    assertEquals(Set.copyOf(SignalFlow.EDGES), met);
  }

  @Test
  void theSignalThatEndsARunIsShown() {
    SignalFlow flow = SignalFlow.of(Samples.killed());
    assertEquals("SIGTERM", flow.drawn().orElseThrow().signal());
    assertTrue(flow.passes(SignalPath.Node.DIE_FROM_SIGNAL));
  }
}
