package paniclab.diagrams;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import paniclab.model.c.CHeap;
import paniclab.model.c.Loader;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashReader;
import paniclab.model.explore.Schedule;
import paniclab.model.outcome.DataRace;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.model.program.GoString;
import paniclab.model.program.Position;
import paniclab.model.signal.Fault;
import paniclab.model.signal.Origin;
import paniclab.model.signal.SignalHandling;
import paniclab.model.signal.SignalPath;
import paniclab.model.signal.Signals;
import paniclab.model.stack.GoStack;
import paniclab.model.stack.VariableHome;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;
import paniclab.model.trace.Wait;
import paniclab.model.trace.WaitReason;

/** The runs whose pictures are kept. */
final class Samples {
  private Samples() {}

  /** A worker receives a value and answers; another goroutine is left waiting. */
  static Trace leak() {
    return new TraceBuilder()
        .at(1, 14, a -> new Event.Spawned(a, 2, "main.worker"))
        .at(1, 15, a -> new Event.Spawned(a, 3, "main.main.func1"))
        .at(1, 16, a -> new Event.Blocked(a, WaitReason.CHAN_RECEIVE, "results"))
        .at(2, 6, a -> new Event.Scheduled(a, 1))
        .at(2, 7, a -> new Event.Printed(a, 1, "working\n"))
        .at(2, 8, a -> new Event.Sent(a, "results", "42"))
        .at(1, 16, a -> new Event.Woken(a, 2))
        .at(2, 9, a -> new Event.Blocked(a, WaitReason.CHAN_SEND, "results"))
        .at(3, 15, a -> new Event.Blocked(a, WaitReason.CHAN_RECEIVE_NIL, ""))
        .at(1, 16, a -> new Event.Received(a, "results", "42", true))
        .at(1, 17, a -> new Event.Printed(a, 1, "got 42\n"))
        .at(1, 18, a -> new Event.ProcessEnded(a, 0, "main returned"))
        .build();
  }

  /** Two goroutines wait for each other's lock, main for both, and one for nobody. */
  static Trace circle() {
    Trace t =
        new TraceBuilder()
            .at(1, 8, a -> new Event.Spawned(a, 2, "main.main.func1"))
            .at(1, 9, a -> new Event.Spawned(a, 3, "main.main.func2"))
            .at(1, 10, a -> new Event.Spawned(a, 4, "main.main.func3"))
            .at(1, 11, a -> new Event.Blocked(a, WaitReason.SYNC_WAIT_GROUP_WAIT, "wg"))
            .at(2, 14, a -> new Event.ThreadLocked(a, true))
            .at(2, 15, a -> new Event.Blocked(a, WaitReason.SYNC_MUTEX_LOCK, "b"))
            .at(3, 20, a -> new Event.Blocked(a, WaitReason.SYNC_MUTEX_LOCK, "a"))
            .at(4, 25, a -> new Event.Blocked(a, WaitReason.CHAN_RECEIVE, "ch"))
            .at(0, 0, a -> new Event.FatalRaised(a, "all goroutines are asleep - deadlock!", false))
            .build();
    return new Trace(
        t.events(),
        0,
        List.of(
            wait(1, 11, WaitReason.SYNC_WAIT_GROUP_WAIT, "wg", Wait.Role.REACHES, 2, 3),
            wait(2, 15, WaitReason.SYNC_MUTEX_LOCK, "b", Wait.Role.HOLDS, 3),
            wait(3, 20, WaitReason.SYNC_MUTEX_LOCK, "a", Wait.Role.HOLDS, 2),
            wait(4, 25, WaitReason.CHAN_RECEIVE, "ch", Wait.Role.REACHES)));
  }

  private static Wait wait(
      int g, int line, WaitReason reason, String object, Wait.Role role, int... peers) {
    return new Wait(
        new At(9, g, "main.f", new Position("main.go", line, 2), 900),
        reason,
        object,
        IntStream.of(peers).mapToObj(p -> new Wait.Peer(p, role)).toList());
  }

  /** main defers a recover in vain: the panic is a child's. */
  static Trace childPanics() {
    return new TraceBuilder()
        .at(1, 9, a -> new Event.DeferPushed(a, "main.main.func1", 1))
        .at(1, 14, a -> new Event.Spawned(a, 2, "main.main.func2"))
        .at(1, 18, a -> new Event.Blocked(a, WaitReason.SYNC_WAIT_GROUP_WAIT, "wg"))
        .at(2, 15, a -> new Event.DeferPushed(a, "sync.(*WaitGroup).Done", 1))
        .at(2, 16, a -> new Event.PanicRaised(a, "boom", false, 1))
        .at(2, 15, a -> new Event.DeferRan(a, "sync.(*WaitGroup).Done", Event.DeferCause.PANIC))
        .at(2, 15, a -> new Event.Synced(a, "WaitGroup.Done", "wg"))
        .at(1, 18, a -> new Event.Woken(a, 2))
        .at(2, 15, a -> new Event.DeferReturned(a, "sync.(*WaitGroup).Done"))
        .at(2, 16, a -> new Event.ProcessEnded(a, 2, "panic"))
        .build();
  }

  /** Three deferred calls, one of them recovers, one tries too deep. */
  static Trace recovered() {
    return new TraceBuilder()
        .at(1, 20, a -> new Event.DeferPushed(a, "main.main.func1", 1))
        .at(1, 6, a -> new Event.DeferPushed(a, "main.f.func1", 2))
        .at(1, 9, a -> new Event.DeferPushed(a, "main.f.func2", 3))
        .at(
            1,
            12,
            a ->
                new Event.PanicRaised(
                    a, "runtime error: index out of range [3] with length 3", true, 1))
        .at(1, 9, a -> new Event.DeferRan(a, "main.f.func2", Event.DeferCause.PANIC))
        .at(
            1,
            10,
            a ->
                new Event.RecoverReturnedNil(
                    a, "main.helper", Event.RecoverNil.NOT_CALLED_BY_DEFERRED))
        .at(1, 9, a -> new Event.DeferReturned(a, "main.f.func2"))
        .at(1, 6, a -> new Event.DeferRan(a, "main.f.func1", Event.DeferCause.PANIC))
        .at(
            1,
            7,
            a ->
                new Event.Recovered(
                    a,
                    "runtime error: index out of range [3] with length 3",
                    "main.f.func1",
                    "main.f"))
        .at(1, 6, a -> new Event.DeferReturned(a, "main.f.func1"))
        .at(1, 22, a -> new Event.Printed(a, 1, "still here\n"))
        .at(1, 20, a -> new Event.DeferRan(a, "main.main.func1", Event.DeferCause.RETURN))
        .at(1, 20, a -> new Event.DeferReturned(a, "main.main.func1"))
        .at(1, 23, a -> new Event.ProcessEnded(a, 0, "main returned"))
        .build();
  }

  /** A fatal error with deferred calls pending, and words that want to be markup. */
  static Trace hostile() {
    return new TraceBuilder()
        .at(1, 3, a -> new Event.DeferPushed(a, "main.\"];x[label=<b>&\\N", 1))
        .at(1, 4, a -> new Event.Spawned(a, 2, "main.</script>\u202e`{}|#;"))
        .at(2, 5, a -> new Event.Sent(a, "通道", "值\u0000\u001b[31m\n\ud800"))
        .at(1, 6, a -> new Event.Received(a, "通道", "值\u0000\u001b[31m\n\ud800", true))
        .at(2, 7, a -> new Event.FatalRaised(a, "concurrent map writes", false))
        .at(2, 7, a -> new Event.ProcessEnded(a, 2, "fatal error"))
        .build();
  }

  /** More goroutines and events than a picture holds. */
  static Trace crowd() {
    TraceBuilder b = new TraceBuilder();
    for (int g = 2; g <= 40; g++) {
      int child = g;
      b.at(1, 5, a -> new Event.Spawned(a, child, "main.main.func1"));
    }
    for (int g = 2; g <= 40; g++) {
      b.at(g, 6, a -> new Event.Synced(a, "Mutex.Lock", "mu"));
      b.at(g, 7, a -> new Event.Blocked(a, WaitReason.CHAN_SEND, "ch"));
    }
    b.at(33, 8, a -> new Event.PanicRaised(a, "last", false, 1));
    return b.at(33, 8, a -> new Event.ProcessEnded(a, 2, "panic")).build();
  }

  /** More deferred calls than a stack shows. */
  static Trace tall() {
    TraceBuilder b = new TraceBuilder();
    for (int i = 1; i <= 1000; i++) {
      int depth = i;
      b.at(1, 5, a -> new Event.DeferPushed(a, "main.main.func1", depth));
    }
    for (int i = 1; i <= 1000; i++) {
      b.at(1, 5, a -> new Event.DeferRan(a, "main.main.func1", Event.DeferCause.RETURN));
      b.at(1, 5, a -> new Event.DeferReturned(a, "main.main.func1"));
    }
    return b.at(1, 7, a -> new Event.ProcessEnded(a, 0, "main returned")).build();
  }

  /** A program that sleeps is killed from outside. */
  static Trace killed() {
    SignalPath path = SignalPath.sent(Signals.of("SIGTERM"), Origin.KILL, SignalHandling.atStart());
    return new TraceBuilder()
        .at(1, 6, a -> new Event.Printed(a, 1, "ready\n"))
        .at(1, 7, a -> new Event.Blocked(a, WaitReason.SLEEP, ""))
        .at(0, 0, a -> Event.SignalDelivered.of(a, path))
        .at(0, 0, a -> new Event.ProcessEnded(a, 143, "killed by SIGTERM"))
        .build();
  }

  /** The first events of a trace whose rest was not kept. */
  static Trace cut(Trace whole) {
    List<Event> first =
        whole.events().stream().takeWhile(e -> !(e instanceof Event.DeferRan)).toList();
    return new Trace(first, whole.events().size() - first.size());
  }

  static Verdict race() {
    Ending quiet = new Ending(new Outcome.Exited(0), GoString.of("done\n"), GoString.EMPTY);
    Ending loud =
        new Ending(
            new Outcome.Panicked(
                List.of(new Outcome.PanicText("send on closed channel", "", false))),
            GoString.EMPTY,
            GoString.of("panic: send on closed channel\n\ngoroutine 18 [running]:\n"));
    return new Verdict.Depends(
        List.of(
            new Verdict.Witness(quiet, Schedule.FIRST),
            new Verdict.Witness(loud, Schedule.parse("0x3,1"))),
        17,
        List.of(new DataRace(new Position("main.go", 9, 3), new Position("main.go", 14, 2))));
  }

  /** A panic raised while a recovered one was being handled, in a goroutine, as Go prints it. */
  static Crash crash() {
    return CrashReader.read(
            """
            panic: no such <key> [recovered]
            \tpanic: load "config": no such <key>

            goroutine 18 [running]:
            main.load.func1()
            \t/src/main.go:11 +0x8d
            panic({0x4a9620?, 0x4cf6a8?})
            \t/usr/local/go/src/runtime/panic.go:860 +0x13a
            main.load()
            \t/src/main.go:14 +0x4c
            main.start()
            \t/src/main.go:21 +0x25
            created by main.main in goroutine 1
            \t/src/main.go:27 +0x25

            goroutine 1 [chan receive, 2 minutes]:
            main.main()
            \t/src/main.go:28 +0x40
            exit status 2
            """)
        .crashes()
        .getFirst();
  }

  /** A stack with variables that is copied once. */
  static GoStack copied() {
    GoStack s = GoStack.initial();
    s.call("main.f", 64);
    GoStack.Variable x = s.number("x", 1);
    s.pointer("p", x);
    s.number("a", x.address());
    s.call("main.g", 1500);
    return s;
  }

  /** A stack that grows until it overflows. */
  static GoStack deep() {
    GoStack s = GoStack.initial();
    s.recurse("main.f", 24, 1L << 40);
    return s;
  }

  /** Every kept picture by name. */
  static Map<String, Diagram> all() {
    Map<String, Diagram> m = new LinkedHashMap<>();
    m.put("anatomy-repanic", CrashAnatomy.of(crash()));
    m.put("lanes-leak", Lanes.of(leak()));
    m.put("lanes-child-panics", Lanes.of(childPanics()));
    m.put("lanes-hostile", Lanes.of(hostile()));
    m.put("lanes-crowd", Lanes.of(crowd()));
    m.put("lanes-signal", Lanes.of(killed()));
    m.put("lanes-empty", Lanes.of(new Trace(List.of(), 0)));
    m.put("defers-recovered", DeferStack.of(recovered()));
    m.put("defers-child-panics", DeferStack.of(childPanics()));
    m.put("defers-tall", DeferStack.of(tall()));
    m.put("defers-hostile", DeferStack.of(hostile()));
    m.put("defers-cut", DeferStack.of(cut(childPanics())));
    m.put("defers-empty", DeferStack.of(new Trace(List.of(), 0)));
    m.put("signals-killed", SignalFlow.of(killed()));
    m.put("signals-none", SignalFlow.of(new Trace(List.of(), 0)));
    m.put(
        "signals-fault",
        SignalFlow.of(SignalPath.fault(Fault.unmapped(0x123456789000L), false, false)));
    m.put("signals-in-c", SignalFlow.of(SignalPath.faultInC(Signals.of("SIGFPE"), true)));
    m.put("reach-recovered", RecoverReach.of(recovered()));
    m.put("reach-child-panics", RecoverReach.of(childPanics()));
    m.put("reach-hostile", RecoverReach.of(hostile()));
    m.put("reach-empty", RecoverReach.of(new Trace(List.of(), 0)));
    m.put("sched-circle", SchedulerState.of(circle()));
    m.put("sched-crowd", SchedulerState.of(crowd()));
    m.put("sched-empty", SchedulerState.of(new Trace(List.of(), 0)));
    m.put("waits-circle", WaitGraph.of(circle()));
    m.put("waits-empty", WaitGraph.of(new Trace(List.of(), 0)));
    m.put("stack-copied", StackGrowth.of(copied()));
    m.put("stack-overflow", StackGrowth.of(deep()));
    m.put("depth-overflow", StackDepth.of(deep()));
    for (VariableHome.Kind k : VariableHome.Kind.values()) {
      long bytes = k == VariableHome.Kind.IMPLICIT ? 100_000 : 8L << 20;
      m.put(
          "variable-" + k.name().toLowerCase(Locale.ROOT),
          VariableFlow.of(VariableHome.decide(k, bytes, false)));
    }
    m.put("tree-race", ScheduleTree.of(race()));
    m.put("heap-used", CHeapMap.of(usedHeap()));
    m.put("lives", Lifetimes.of(lives()));
    m.put("lives-empty", Lifetimes.of(new Trace(List.of(), 0)));
    Loader.Symbol bar = new Loader.Symbol("bar", "BAR_2.0");
    Loader.Symbol old = new Loader.Symbol("bar", "BAR_1.0");
    m.put("loader-bound", loader(bar, true, bar));
    m.put("loader-version", loader(bar, false, old));
    m.put("loader-missing", loader(bar, false));
    m.put("loader-missing-now", loader(bar, true));
    return m;
  }

  private static LoaderFlow loader(Loader.Symbol wanted, boolean now, Loader.Symbol... there) {
    return LoaderFlow.of(
        Loader.start("./m", wanted, new Loader.Library("libbar.so", List.of(there)), now));
  }

  /** Memory that C keeps, memory that is pinned, and a C string that nobody frees. */
  private static Trace lives() {
    return new TraceBuilder()
        .at(1, 20, a -> life(a, Event.LifeStage.ALLOCATED, 0x1c3e2a0L, "C.CString", 6))
        .at(1, 21, a -> life(a, Event.LifeStage.PINNED, 0xc000010000L, "C.int", 4))
        .at(1, 22, a -> new Event.CgoEntered(a, "keep", 0))
        .at(1, 22, a -> life(a, Event.LifeStage.LENT, 0xc000010020L, "[32]uint32", 128))
        .at(1, 22, a -> new Event.CgoReturned(a, "keep", 0))
        .at(1, 23, a -> life(a, Event.LifeStage.COLLECTED, 0xc000010020L, "[32]uint32", 128))
        .at(1, 24, a -> new Event.CgoEntered(a, "look", 0))
        .at(1, 24, a -> life(a, Event.LifeStage.USED_AFTER, 0xc000010020L, "[32]uint32", 128))
        .at(1, 24, a -> new Event.CgoReturned(a, "look", 0))
        .at(1, 25, a -> life(a, Event.LifeStage.UNPINNED, 0xc000010000L, "C.int", 4))
        .at(1, 26, a -> life(a, Event.LifeStage.LEFT, 0x1c3e2a0L, "C.CString", 6))
        .at(1, 26, a -> new Event.ProcessEnded(a, 0, "main returned"))
        .build();
  }

  private static Event life(At at, Event.LifeStage stage, long address, String what, long size) {
    return new Event.Lifetime(at, stage, address, what, size);
  }

  /** Blocks in use and free, in a cache and beside the top. */
  private static CHeap usedHeap() {
    CHeap heap = CHeap.fresh();
    long first = heap.malloc(24);
    heap.malloc(24);
    long large = heap.malloc(2_000);
    heap.malloc(16);
    heap.free(first);
    heap.free(large);
    return heap;
  }
}
