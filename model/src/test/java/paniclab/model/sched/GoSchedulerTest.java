package paniclab.model.sched;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The scheduler on its own, as a Java cell drives it. */
class GoSchedulerTest {
  private static String death(GoScheduler s) {
    return s.died().map(SchedEvent.Died::toString).orElse("alive");
  }

  @Test
  void aGoroutineThatWaitsHoldsNeitherThreadNorProcessor() {
    GoScheduler s = GoScheduler.start(2);
    for (int i = 0; i < 1000; i++) {
      int g = s.go(1, "main.leak");
      s.run();
      s.park(g, "chan receive");
      s.run();
    }
    assertEquals(1000, s.snapshot().goroutines(GStatus.WAITING));
    assertTrue(s.snapshot().threads() <= 4, "threads: " + s.snapshot().threads());
    assertEquals("alive", death(s));
  }

  @Test
  void whatFitsNotInTheLocalQueueGoesToTheGlobalOne() {
    GoScheduler s = GoScheduler.start(1);
    for (int i = 0; i < 300; i++) {
      s.go(1, "main.f");
    }
    Snapshot.PView p = s.snapshot().ps().getFirst();
    assertEquals(301, p.runnext());
    assertEquals(129, s.snapshot().globalQueue().size());
    assertEquals(300, p.queue().size() + 1 + s.snapshot().globalQueue().size());
  }

  @Test
  void aThreadInASystemCallLosesItsProcessorToSysmon() {
    GoScheduler s = GoScheduler.start(1);
    int other = s.go(1, "main.other");
    s.entersyscall(1);
    assertEquals(PStatus.RUNNING, s.snapshot().ps().getFirst().status());
    s.sysmon();
    assertEquals(GStatus.RUNNABLE, s.status(other));
    s.sysmon();
    s.run();
    assertEquals(GStatus.RUNNING, s.status(other));
    s.exitsyscall(1);
    assertEquals(GStatus.RUNNABLE, s.status(1));
    s.sysmon();
    s.sysmon();
    s.run();
    assertEquals(GStatus.RUNNING, s.status(1));
  }

  @Test
  void aDeadlockIsSeenWhenTheLastThreadBecomesIdle() {
    GoScheduler s = GoScheduler.start(4);
    s.park(1, "chan receive");
    s.run();
    assertEquals("fatal error: all goroutines are asleep - deadlock!", death(s));
  }

  @Test
  void aTimerOrAThreadInASystemCallOrCgoKeepsTheDetectorSilent() {
    GoScheduler timer = GoScheduler.start(2);
    timer.timers(1);
    timer.park(1, "chan receive");
    timer.run();
    assertEquals("alive", death(timer));
    GoScheduler notify = GoScheduler.start(2);
    int loop = notify.go(1, "os/signal.loop");
    notify.run();
    notify.entersyscallblock(loop);
    notify.park(1, "chan receive");
    notify.run();
    assertEquals("alive", death(notify));
    GoScheduler cgo = GoScheduler.start(2);
    cgo.cgo();
    cgo.park(1, "chan receive");
    cgo.run();
    assertEquals("alive", death(cgo));
  }

  @Test
  void goexitOfMainLeavesNobody() {
    GoScheduler s = GoScheduler.start(2);
    s.goexit(1);
    s.run();
    assertEquals("fatal error: no goroutines (main called runtime.Goexit) - deadlock!", death(s));
  }

  @Test
  void everyLockedGoroutineNeedsAThread() {
    GoScheduler s = GoScheduler.start(2);
    s.setMaxThreads(20);
    int locked = 0;
    while (s.died().isEmpty() && locked < 40) {
      int g = s.go(1, "main.locked");
      s.run();
      if (s.died().isEmpty()) {
        s.lockOSThread(g);
        s.park(g, "select (no cases)");
        s.run();
        locked++;
      }
    }
    assertEquals(
        "runtime: program exceeds 20-thread limit\nfatal error: thread exhaustion", death(s));
    assertTrue(locked >= 16 && locked <= 19, "locked: " + locked);
  }

  @Test
  void theThreadOfALockedGoroutineEndsWithIt() {
    GoScheduler s = GoScheduler.start(4);
    int g = s.go(1, "main.locked");
    s.run();
    s.lockOSThread(g);
    long before = s.snapshot().threads();
    s.goexit(g);
    s.run();
    assertEquals(before - 1, s.snapshot().threads());
  }

  @Test
  void aLockedGoroutineRunsOnItsThreadOnly() {
    GoScheduler s = GoScheduler.start(1);
    s.lockOSThread(1);
    int other = s.go(1, "main.other");
    s.gosched(1);
    s.run();
    assertEquals(GStatus.RUNNING, s.status(other));
    s.gosched(other);
    s.run();
    assertEquals(GStatus.RUNNING, s.status(1));
    assertEquals(0, s.snapshot().gs().getFirst().m());
  }

  @Test
  void noUserCodeHoldsALockOfTheRuntimeButABrokenRuntimeDoes() {
    GoScheduler sound = GoScheduler.start(2);
    sound.timers(1);
    sound.park(1, "sync.Mutex.Lock");
    sound.run();
    assertEquals("alive", death(sound));
    GoScheduler broken = GoScheduler.start(2).withBug(Bug.HOLDING_LOCKS);
    broken.park(1, "sync.Mutex.Lock");
    assertEquals(1, broken.snapshot().ms().getFirst().locks());
    broken.run();
    assertEquals("fatal error: schedule: holding locks", death(broken));
  }

  @Test
  void fewerProcessorsStopTheWorld() {
    GoScheduler s = GoScheduler.start(4);
    int a = s.go(1, "main.a");
    s.run();
    assertEquals(4, s.gomaxprocs(1, 1));
    s.run();
    assertEquals(GStatus.RUNNABLE, s.status(a));
    assertEquals(PStatus.DEAD, s.snapshot().ps().get(3).status());
    assertEquals(1, s.gomaxprocs(1, 3));
    s.run();
    assertEquals(GStatus.RUNNING, s.status(a));
  }

  @Test
  void schedtraceIsSpelledAsGoSpellsIt() {
    GoScheduler s = GoScheduler.start(2);
    assertEquals(
        "SCHED 0ms: gomaxprocs=2 idleprocs=1 threads=3 spinningthreads=0 needspinning=0"
            + " idlethreads=1 runqueue=0 [ 0 0 ] schedticks=[ 1 0 ]\n",
        s.schedtrace(0, false));
    String detail = s.schedtrace(10, true);
    assertTrue(
        detail.contains(
            "  P0: status=1 schedtick=1 syscalltick=0 m=0 runqsize=0 gfreecnt=0 timerslen=0\n"),
        detail);
    assertTrue(
        detail.contains(
            "  M0: p=0 curg=1 mallocing=0 throwing=0 preemptoff= locks=0 dying=0 spinning=false"
                + " blocked=false lockedg=nil\n"),
        detail);
    assertTrue(detail.endsWith("  G1: status=2() m=0 lockedm=nil\n"), detail);
  }

  @Test
  void aCopyGoesItsOwnWay() {
    GoScheduler s = GoScheduler.start(2);
    GoScheduler copy = s.copy();
    copy.park(1, "sleep");
    assertEquals(GStatus.RUNNING, s.status(1));
    assertFalse(s.snapshot().equals(copy.snapshot()));
  }

  @Test
  void whatCannotBeIsSaid() {
    GoScheduler s = GoScheduler.start(1);
    int g = s.go(1, "main.f");
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> s.park(g, "chan send"));
    assertTrue(String.valueOf(e.getMessage()).startsWith("G2 is _Grunnable"), e.toString());
  }
}
