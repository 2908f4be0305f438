package paniclab.model.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import paniclab.model.signal.SignalPath.Effect;
import paniclab.model.signal.SignalPath.Node;

class SignalPathTest {
  private static Effect sent(String signal, SignalHandling h) {
    return SignalPath.sent(Signals.of(signal), Origin.KILL, h).effect();
  }

  @Test
  void theDefaultsAreThoseOfTheTable() {
    SignalHandling h = SignalHandling.atStart();
    for (String s : List.of("HUP", "INT", "TERM", "KILL")) {
      assertEquals(Effect.KILLED, sent(s, h), s);
    }
    for (String s : List.of("QUIT", "ABRT", "ILL", "TRAP", "BUS", "FPE", "SEGV", "STKFLT", "SYS")) {
      assertEquals(Effect.DUMP, sent(s, h), s);
    }
    for (String s : List.of("USR1", "USR2", "PIPE", "ALRM", "CHLD", "URG", "WINCH", "PROF")) {
      assertEquals(Effect.NOTHING, sent(s, h), s);
    }
    for (String s : List.of("STOP", "TSTP", "TTIN", "TTOU")) {
      assertEquals(Effect.STOPPED, sent(s, h), s);
    }
    assertEquals(Effect.KILLED, sent("32", h));
    assertEquals(Effect.NOTHING, sent("33", h));
    assertEquals(Effect.NOTHING, sent("64", h));
  }

  @Test
  void everyWayOfEverySignalHasAnEnd() {
    for (Signal s : Signals.all()) {
      for (SignalHandling h :
          List.of(
              SignalHandling.atStart(),
              SignalHandling.atStart().enable(s),
              SignalHandling.atStart().ignore(s),
              SignalHandling.atStart().ignore(s).disable(s),
              SignalHandling.atStart().enable(s).disable(s))) {
        for (Origin o : List.of(Origin.KILL, Origin.TERMINAL)) {
          SignalPath p = SignalPath.sent(s, o, h);
          assertTrue(p.steps().getLast().node().isEnd(), p.toString());
          assertEquals(1, p.steps().stream().filter(x -> x.node().isEnd()).count(), p.toString());
          assertEquals(p.effect() == Effect.DUMP, !p.header().isEmpty());
        }
      }
    }
  }

  @Test
  void notifyTakesAllButTwoAndThoseOfTheRuntime() {
    for (Signal s : Signals.all()) {
      boolean never = List.of(9, 19, 27, 32, 33, 34).contains(s.number());
      assertEquals(
          !never, sent(s.name(), SignalHandling.atStart().enable(s)) == Effect.QUEUED, s.name());
    }
  }

  @Test
  void resetDoesNotBringBackWhatWasIgnoredOrStopped() {
    Signal term = Signals.of("SIGTERM");
    Signal stop = Signals.of("SIGTSTP");
    assertEquals(Effect.KILLED, sent("TERM", SignalHandling.atStart().enable(term).disable(term)));
    assertEquals(Effect.NOTHING, sent("TERM", SignalHandling.atStart().ignore(term).disable(term)));
    assertEquals(Effect.NOTHING, sent("TSTP", SignalHandling.atStart().enable(stop).disable(stop)));
    assertEquals(
        Effect.KILLED,
        sent("TERM", SignalHandling.atStart().ignore(term).enable(term).disable(term)));
  }

  @Test
  void aFaultOfGoCodeAsksForTheAddress() {
    assertEquals(Effect.PANIC, SignalPath.fault(Fault.unmapped(8), false, false).effect());
    assertEquals(Effect.PANIC, SignalPath.fault(Fault.unmapped(4095), false, false).effect());
    assertEquals(Effect.FAULT, SignalPath.fault(Fault.unmapped(4096), false, false).effect());
    assertEquals(Effect.PANIC, SignalPath.fault(Fault.unmapped(4096), true, false).effect());
    assertEquals(Effect.FAULT, SignalPath.fault(Fault.truncated(1L << 40), false, true).effect());
    assertEquals(
        OptionalInt.of(134), SignalPath.fault(Fault.truncated(1L << 40), false, true).exitStatus());
    assertEquals(
        new Fault(Signals.of("SIGSEGV"), Fault.SI_KERNEL, 0), Fault.unmapped(0xdeadbeefdeadbeefL));
    assertEquals(Effect.DUMP, SignalPath.faultInC(Signals.of("SIGFPE"), false).effect());
  }

  @Test
  void theWayCanBeStepped() {
    SignalPath p = SignalPath.sent(Signals.of(3), Origin.KILL, SignalHandling.atStart());
    assertEquals(Node.SENT, p.at().node());
    int steps = 1;
    while (!p.done()) {
      p.step();
      steps++;
    }
    assertEquals(p.steps().size(), steps);
    assertEquals(Node.EXIT, p.step().at().node());
    assertEquals("SIGQUIT: quit\nPC=0x0 m=0 sigcode=0\n", p.header());
    assertThrows(
        IllegalArgumentException.class,
        () -> SignalPath.sent(Signals.of(11), Origin.GO_CODE, SignalHandling.atStart()));
  }

  @Test
  void theFirstProcessOfAContainerIsNotKilledByADefault() {
    SignalHandling h = SignalHandling.atStart();
    assertEquals(
        Optional.of(new ProcessStatus.Exited(2)),
        SignalPath.sent(Signals.of("TERM"), Origin.KILL, h).statusAsInit());
    assertEquals(
        Optional.of(new ProcessStatus.Exited(2)),
        SignalPath.sent(Signals.of("QUIT"), Origin.KILL, h, true).statusAsInit());
    assertEquals(
        Optional.of(new ProcessStatus.Killed(Signals.of("KILL"))),
        SignalPath.sent(Signals.of("KILL"), Origin.KILL, h).statusAsInit());
    assertEquals(Optional.empty(), SignalPath.sent(Signals.of(32), Origin.KILL, h).statusAsInit());
  }

  @Test
  void statusesAreToldAsEachTellsThem() {
    ProcessStatus term = new ProcessStatus.Killed(Signals.of("TERM"));
    assertEquals(143, term.shell());
    assertEquals("signal: terminated", term.goRunLine());
    assertEquals(1, term.goRun());
    assertEquals("code=killed, status=15/TERM", term.systemd());
    assertEquals(term, ProcessStatus.ofShell(143));
    assertEquals(new ProcessStatus.Exited(2), ProcessStatus.ofShell(2));
    assertEquals("exit status 2", new ProcessStatus.Exited(2).goRunLine());
    assertEquals(0, new ProcessStatus.Exited(0).goRun());
    assertThrows(IllegalArgumentException.class, () -> new ProcessStatus.Exited(256));
  }

  @Test
  void namesAreFoundInManyForms() {
    for (String n : List.of("SIGTERM", "term", "15", " SigTerm ")) {
      assertEquals(15, Signals.of(n).number());
    }
    assertEquals(Signals.of(35), Signals.of("signal 35"));
    assertFalse(Signals.find("SIGNONSENSE").isPresent());
    assertThrows(IllegalArgumentException.class, () -> Signals.of(65));
  }
}
