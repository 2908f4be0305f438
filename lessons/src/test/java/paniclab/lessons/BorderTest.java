package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import paniclab.diagrams.CBoundary;
import paniclab.diagrams.Lifetimes;
import paniclab.golang.Compilation;
import paniclab.golang.GoFrontEnd;
import paniclab.model.c.Border;
import paniclab.model.c.CAbort;
import paniclab.model.c.SharedMemory;
import paniclab.model.explore.RoundRobin;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.program.Program;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;

/** The border and the shared memory by hand do what the programs of the lessons do there. */
class BorderTest {
  private static Run run(String id) {
    GoProgram source = Corpus.builtIn().find(id).orElseThrow();
    Compilation compiled = GoFrontEnd.bundled().compile(source.sources());
    Program program = ((Compilation.Compiled) compiled).program();
    return Machines.run(program, source.world(), new RoundRobin(), () -> false);
  }

  /** What crossed the border and how it ended: kinds and what a panic dropped. */
  private static List<String> steps(CBoundary b) {
    return b.steps().stream()
        .map(s -> s.kind() + (s.dropped() > 0 ? " over " + s.dropped() : ""))
        .toList();
  }

  private static void same(String id, Border byHand) {
    Run run = run(id);
    assertEquals(steps(CBoundary.of(run.trace())), steps(CBoundary.of(byHand.trace())), id);
    assertEquals(
        run.ending().outcome().exitStatus(),
        byHand.end().orElseThrow().status(),
        id + " " + byHand);
  }

  @Test
  void aPanicPassesOverC() {
    Border b = Border.inMain().enter("main.main.func1").guard();
    b.call("viaC").callback("goPanics").panics("from the callback");
    assertEquals(List.of("viaC"), b.dropped());
    same("PC4-24", b.call("ranAfter").returns().returns());
  }

  @Test
  void aPanicIsRecoveredInTheCallback() {
    Border b = Border.inMain().call("viaC").callback("goPanics").guard();
    b.panics("from the callback").returns();
    assertEquals(List.of(), b.dropped());
    same("cgo-callback-recovers", b.call("ranAfter").returns().returns());
  }

  @Test
  void aNilPointerInACallbackIsAPanic() {
    same("PC4-28", Border.inMain().guard().call("viaC").callback("goDeref").faults());
  }

  @Test
  void cFaultsAndCExits() {
    same("PC4-23", Border.inMain().guard().call("crash").faults());
    same("c-exit-skips-defers", Border.inMain().guard().call("leave").exits(5));
  }

  @Test
  void noCatchBehindGoIsFound() {
    Border b = Border.inMain().call("outer").guard().callback("middle").call("inner");
    same("PC4-21", b.throwsException("int"));
  }

  @Test
  void aCatchOnItsOwnSideIsFound() {
    Border b = Border.inMain().call("outer").guard().enter("inner").throwsException("int");
    assertEquals("main.main [Go] → outer [C]", b.toString());
    assertEquals(0, b.returns().returns().end().orElseThrow().status());
  }

  @Test
  void whatTheLanguagesDoNotHaveIsRefused() {
    assertEquals(
        "main.main, which is Go, never throws",
        assertThrows(IllegalStateException.class, () -> Border.inMain().throwsException("int"))
            .getMessage());
    assertEquals(
        "f, which is C, never panics",
        assertThrows(IllegalStateException.class, () -> Border.inMain().call("f").panics("x"))
            .getMessage());
    Border ended = Border.inMain().exits(3);
    assertEquals(
        "the process has ended with status 3",
        assertThrows(IllegalStateException.class, ended::returns).getMessage());
  }

  /** What happened to the blocks, in order, of each block that a program's run tells of. */
  private static List<String> lives(Lifetimes l) {
    return l.blocks().stream()
        .map(
            b -> b.marks().stream().map(m -> m.kind() + (m.kept() ? "+" : "-")).toList().toString())
        .toList();
  }

  @Test
  void aPointerThatCKeepsIsCollectedAfterTheCall() {
    SharedMemory m = new SharedMemory();
    SharedMemory.Block data = m.allocate("[]uint32", 128);
    m.call("keep", data);
    m.lastUse(data);
    m.collect();
    assertEquals(List.of("the call of keep"), m.keptBy(data));
    m.returned();
    m.collect();
    assertTrue(data.isGone());
    assertEquals("0xdeadbeefdeadbeef", m.read(data));
    Run run = run("PC4-08");
    List<String> real = lives(Lifetimes.of(run.trace()));
    assertEquals(real, lives(Lifetimes.of(m.trace())));
  }

  @Test
  void pinsAndUsesKeep() {
    SharedMemory m = new SharedMemory();
    SharedMemory.Block n = m.allocate("C.int", 4);
    m.pin(n);
    m.pin(n);
    m.lastUse(n);
    m.unpin(n);
    m.collect();
    assertEquals(List.of("a Pinner"), m.keptBy(n));
    m.unpin(n);
    m.collect();
    assertTrue(n.isGone());
    assertThrows(IllegalStateException.class, () -> m.unpin(n));
  }

  @Test
  void aCopyForCLivesUntilItIsFreed() {
    SharedMemory m = new SharedMemory();
    SharedMemory.Block s = m.cString("hello");
    m.call("first", s);
    m.write(s, 0, 'J');
    m.returned();
    assertEquals("0x6f6c6c654a", m.read(s));
    m.collect();
    assertEquals(List.of("nobody has freed it"), m.keptBy(s));
    m.free(s);
    assertEquals(
        lives(Lifetimes.of(run("cgo-cstring-is-a-copy").trace())), lives(Lifetimes.of(m.trace())));
    assertEquals(
        "free(): double free detected in tcache 2",
        assertThrows(CAbort.class, () -> m.free(s)).getMessage());
  }

  @Test
  void whatIsNotFreedIsLeft() {
    SharedMemory m = new SharedMemory();
    SharedMemory.Block kept = m.cBytes(new byte[] {1, 2});
    m.free(m.cString("x"));
    assertEquals(List.of(kept), m.end());
  }
}
