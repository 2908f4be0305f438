package paniclab.model.sched;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Go's scheduler after {@code runtime/proc.go} of Go 1.26: goroutines (G) run on threads (M) that
 * hold a processor (P).
 *
 * <p>What a goroutine does is told to it ({@link #go}, {@link #park}, {@link #entersyscall}, …);
 * what the threads then do is worked out by {@link #step}, one thread and one thing at a time. The
 * runtime's own goroutines and the collector are left out. Invariants: a goroutine is in one run
 * queue exactly when it is {@code _Grunnable}; a P that runs is with one thread; a thread that runs
 * Go code has a P. Every method that needs a running goroutine throws {@link IllegalStateException}
 * when it is not, and once the process has died.
 */
public final class GoScheduler {
  /** The most threads, until {@link #setMaxThreads}. */
  public static final int MAX_THREADS = 10_000;

  /** What schedule throws on a thread whose m.locks is not 0. */
  static final String HOLDING_LOCKS = "schedule: holding locks";

  /** The most Ps; Go has no such limit. */
  public static final int MAX_PROCS = 1024;

  /** Every so many goroutines a P takes one from the global queue first, for fairness. */
  private static final int FAIRNESS = 61;

  /** Visits of sysmon that find the same: then it acts, at the second and at the third. */
  private static final int SEEN_TWICE = 2;

  private static final int TEN_MILLISECONDS = 3;

  private final Map<Integer, G> gs = new TreeMap<>();
  private final List<M> ms = new ArrayList<>();
  private final List<P> ps = new ArrayList<>();
  private final ArrayDeque<Integer> globalQueue = new ArrayDeque<>();
  private final ArrayDeque<Integer> idlePs = new ArrayDeque<>();
  private final ArrayDeque<Integer> idleMs = new ArrayDeque<>();
  private final List<SchedEvent> events = new ArrayList<>();
  private int procs;
  private int spinning;
  private int freed;
  private int nmsys;
  private int maxThreads = MAX_THREADS;
  private int timers;
  private boolean templateThread;
  private boolean stopped;

  /** Whether somebody else knows of timers and files, and says when all is dead. */
  private boolean told;

  private Optional<Bug> bug = Optional.empty();
  private Optional<SchedEvent.Died> died = Optional.empty();

  private GoScheduler() {}

  /**
   * As main.main begins: M0 runs G1 on P0, M1 is sysmon, and M2, which the runtime needed for its
   * own goroutines before, is idle.
   *
   * @param procs GOMAXPROCS, 1 to {@link #MAX_PROCS}
   */
  public static GoScheduler start(int procs) {
    GoScheduler s = new GoScheduler();
    s.resize(procs);
    s.ms.add(new M(0, MState.RUNNING));
    s.ms.add(new M(1, MState.SYSMON));
    s.ms.add(new M(2, MState.IDLE));
    s.nmsys = 1;
    s.idleMs.push(2);
    G main = new G(1, "main.main");
    s.gs.put(1, main);
    main.status = GStatus.RUNNABLE;
    s.idlePs.remove(0);
    s.acquirep(s.ms.getFirst(), s.ps.getFirst(), "schedinit");
    s.execute(s.ms.getFirst(), main, "P0", false);
    s.events.clear();
    return s;
  }

  /** The same, in a runtime that is broken on purpose. */
  public GoScheduler withBug(Bug b) {
    GoScheduler s = copy();
    s.bug = Optional.of(b);
    return s;
  }

  /** A second scheduler in the same state, to go its own way. */
  public GoScheduler copy() {
    GoScheduler s = new GoScheduler();
    gs.forEach((id, g) -> s.gs.put(id, new G(g)));
    ms.forEach(m -> s.ms.add(new M(m)));
    ps.forEach(p -> s.ps.add(new P(p)));
    s.globalQueue.addAll(globalQueue);
    s.idlePs.addAll(idlePs);
    s.idleMs.addAll(idleMs);
    s.events.addAll(events);
    s.procs = procs;
    s.spinning = spinning;
    s.freed = freed;
    s.nmsys = nmsys;
    s.maxThreads = maxThreads;
    s.timers = timers;
    s.templateThread = templateThread;
    s.stopped = stopped;
    s.told = told;
    s.bug = bug;
    s.died = died;
    return s;
  }

  // ---- looking

  /** All Gs, Ms and Ps as they are now. */
  public Snapshot snapshot() {
    return new Snapshot(
        gs.values().stream()
            .map(g -> new Snapshot.GView(g.id, g.function, g.status, g.waitReason, g.m, g.lockedM))
            .toList(),
        ms.stream()
            .map(m -> new Snapshot.MView(m.id, m.state, m.p, m.curg, m.lockedG, m.locks))
            .toList(),
        ps.stream()
            .map(p ->
                new Snapshot.PView(
                    p.id,
                    p.status,
                    p.m,
                    p.runnext,
                    List.copyOf(p.runq),
                    p.schedtick,
                    p.syscalltick))
            .toList(),
        List.copyOf(globalQueue));
  }

  /** What happened since the start, in order. */
  public List<SchedEvent> events() {
    return List.copyOf(events);
  }

  /** How the process died, once it has. */
  public Optional<SchedEvent.Died> died() {
    return died;
  }

  /** The status of a goroutine. */
  public GStatus status(int g) {
    return goroutine(g).status;
  }

  /**
   * The line that {@code GODEBUG=schedtrace=N} prints, or with {@code detailed} the lines of {@code
   * scheddetail=1}; each ends with a newline.
   */
  public String schedtrace(long millis, boolean detailed) {
    return new Schedtrace(snapshot()).print(millis, timers, detailed);
  }

  @Override
  public String toString() {
    Snapshot s = snapshot();
    StringBuilder b = new StringBuilder();
    for (Snapshot.MView m : s.ms()) {
      if (m.state() != MState.DEAD) {
        b.append("M" + m.id() + " " + m.state().text());
        b.append(m.p() < 0 ? "" : ", P" + m.p());
        b.append(m.curg() == 0 ? "" : ", G" + m.curg());
        b.append(m.locks() == 0 ? "" : ", locks=" + m.locks());
        b.append(m.lockedG() == 0 ? "\n" : ", locked to G" + m.lockedG() + "\n");
      }
    }
    for (Snapshot.PView p : s.ps()) {
      b.append("P" + p.id() + " " + p.status() + " runnext=" + p.runnext());
      b.append(" queue=" + p.queue() + "\n");
    }
    b.append("global queue " + s.globalQueue() + "\n");
    for (Snapshot.GView g : s.gs()) {
      b.append("G" + g.id() + " " + g.status());
      b.append(g.waitReason().isEmpty() ? "\n" : " [" + g.waitReason() + "]\n");
    }
    return b.toString();
  }

  // ---- what goroutines do

  /**
   * A go statement (runtime.newproc): the new goroutine becomes runnext of its parent's P, and a
   * spinning thread is started if there is an idle P and none spins yet.
   *
   * @return the number of the new goroutine
   */
  public int go(int parent, String function) {
    M m = running(parent);
    int id = gs.keySet().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
    G g = new G(id, function);
    gs.put(id, g);
    change(g, GStatus.RUNNABLE, "newproc");
    runqput(ps.get(m.p), g.id, true);
    wakep();
    return id;
  }

  /**
   * A goroutine waits (runtime.gopark).
   *
   * @param reason as a trace prints it, e.g. {@code chan receive}
   */
  public void park(int goroutine, String reason) {
    M m = running(goroutine);
    m.locks++;
    if (bug.filter(b -> b == Bug.HOLDING_LOCKS).isEmpty()) {
      m.locks--;
    }
    G g = goroutine(goroutine);
    change(g, GStatus.WAITING, "gopark");
    g.waitReason = reason;
    dropg(m);
    thread(m, MState.SCHEDULING, "park_m");
  }

  /** A running goroutine makes a waiting one runnable (runtime.goready): it becomes runnext. */
  public void ready(int goroutine, int by) {
    M m = running(by);
    ready(goroutine, ps.get(m.p));
  }

  /**
   * A timer that is due makes a waiting goroutine runnable. Timers belong to Ps: where all are idle
   * a thread wakes with one of them.
   */
  public void readyByTimer(int goroutine) {
    alive();
    Optional<P> running = ps.stream().filter(p -> p.status == PStatus.RUNNING).findFirst();
    if (running.isPresent()) {
      ready(goroutine, running.get());
      return;
    }
    Integer idle = idlePs.poll();
    if (idle == null) {
      throw new IllegalStateException("no P is idle or runs");
    }
    ready(goroutine, ps.get(idle));
    startm(ps.get(idle), false, "timer");
  }

  private void ready(int goroutine, P p) {
    G g = goroutine(goroutine);
    if (g.status != GStatus.WAITING) {
      throw new IllegalStateException("G" + goroutine + " is " + g.status + ", not _Gwaiting");
    }
    g.waitReason = "";
    change(g, GStatus.RUNNABLE, "goready");
    runqput(p, g.id, true);
    wakep();
  }

  /** runtime.Gosched: to the end of the global queue. */
  public void gosched(int goroutine) {
    giveWay(running(goroutine), "Gosched");
  }

  /** Its time slice of 10 ms is over: the same as Gosched, asked for by sysmon. */
  public void preempt(int goroutine) {
    giveWay(running(goroutine), "preempted");
  }

  private void giveWay(M m, String by) {
    G g = goroutine(m.curg);
    change(g, GStatus.RUNNABLE, by);
    dropg(m);
    globalQueue.add(g.id);
    events.add(new SchedEvent.Queued(g.id, "the global queue"));
    thread(m, MState.SCHEDULING, by);
  }

  /** Its function returned, or runtime.Goexit: one that is locked takes its thread along. */
  public void goexit(int goroutine) {
    M m = running(goroutine);
    G g = goroutine(goroutine);
    boolean locked = g.lockedM >= 0;
    change(g, GStatus.DEAD, "goexit0");
    dropg(m);
    g.lockedM = -1;
    m.lockedG = 0;
    m.lockedExt = 0;
    if (!locked) {
      thread(m, MState.SCHEDULING, "goexit0");
      return;
    }
    P p = releasep(m, "mexit");
    thread(m, MState.DEAD, m.id == 0 ? "mexit: M0 is parked for good" : "mexit");
    handoffp(p, m, "its thread ends");
    freed++;
    checkdead();
  }

  /** A system call begins: the P stays with the thread until sysmon takes it. */
  public void entersyscall(int goroutine) {
    M m = running(goroutine);
    change(goroutine(goroutine), GStatus.SYSCALL, "entersyscall");
    m.oldP = m.p;
    thread(m, MState.SYSCALL, "entersyscall");
  }

  /** A system call that is known to block begins: the P is handed off at once. */
  public void entersyscallblock(int goroutine) {
    entersyscall(goroutine);
    M m = ms.get(goroutine(goroutine).m);
    handoffp(releasep(m, "entersyscallblock"), m, "it blocks in a system call");
  }

  /**
   * A system call comes back: on the same P if nobody took it, on an idle one if there is one; else
   * the goroutine goes into the global queue and the thread becomes idle.
   */
  public void exitsyscall(int goroutine) {
    alive();
    G g = goroutine(goroutine);
    if (g.status != GStatus.SYSCALL) {
      throw new IllegalStateException("G" + goroutine + " is " + g.status + ", not _Gsyscall");
    }
    M m = ms.get(g.m);
    change(g, GStatus.RUNNING, "exitsyscall");
    if (m.p < 0 && !idlePs.isEmpty()) {
      int p = idlePs.contains(m.oldP) ? m.oldP : idlePs.getFirst();
      idlePs.remove(p);
      acquirep(m, ps.get(p), "exitsyscall");
    }
    m.oldP = -1;
    if (m.p >= 0) {
      ps.get(m.p).syscalltick++;
      thread(m, MState.RUNNING, "exitsyscall");
      return;
    }
    change(g, GStatus.RUNNABLE, "exitsyscallNoP");
    dropg(m);
    globalQueue.add(g.id);
    events.add(new SchedEvent.Queued(g.id, "the global queue"));
    if (m.lockedG != 0) {
      thread(m, MState.LOCKED_IDLE, "stoplockedm");
      checkdead();
    } else {
      stopm(m);
    }
  }

  /** runtime.LockOSThread: only this goroutine runs on its thread from now on. */
  public void lockOSThread(int goroutine) {
    M m = running(goroutine);
    if (!templateThread) {
      templateThread = true;
      newm(MState.TEMPLATE, -1, "startTemplateThread");
      nmsys++;
    }
    m.lockedExt++;
    m.lockedG = goroutine;
    goroutine(goroutine).lockedM = m.id;
    events.add(new SchedEvent.Locked(goroutine, m.id, true));
  }

  /** runtime.UnlockOSThread: undoes one LockOSThread; without one it does nothing. */
  public void unlockOSThread(int goroutine) {
    M m = running(goroutine);
    if (m.lockedExt == 0 || --m.lockedExt > 0) {
      return;
    }
    m.lockedG = 0;
    goroutine(goroutine).lockedM = -1;
    events.add(new SchedEvent.Locked(goroutine, m.id, false));
  }

  /** The runtime takes one of its own locks (or forbids preemption) on the thread of G: locks++. */
  public void acquirem(int goroutine) {
    running(goroutine).locks++;
  }

  /** Undoes {@link #acquirem}. */
  public void releasem(int goroutine) {
    running(goroutine).locks--;
  }

  // ---- the world

  /** debug.SetMaxThreads; the old limit. */
  public int setMaxThreads(int n) {
    alive();
    int old = maxThreads;
    maxThreads = n;
    checkmcount();
    return old;
  }

  /** How many timers are pending: while there is one, a deadlock is not reported. */
  public void timers(int pending) {
    timers = pending;
  }

  /** The program uses cgo: the runtime keeps a thread for calls from C, which counts as running. */
  public void cgo() {
    newm(MState.EXTRA, -1, "oneNewExtraM");
  }

  /** Everybody but this goroutine stops (the collector, GOMAXPROCS): the Ps are _Pgcstop. */
  public void stopTheWorld(int goroutine) {
    M me = running(goroutine);
    stopped = true;
    for (P p : ps) {
      if (p.status == PStatus.DEAD) {
        continue;
      }
      idlePs.remove(p.id);
      if (p.m >= 0 && p.m != me.id) {
        M m = ms.get(p.m);
        if (m.curg != 0 && m.state == MState.RUNNING) {
          giveWay(m, "preempted");
        }
        releasep(m, "stopTheWorld");
        if (m.state != MState.SYSCALL) {
          spinning -= m.state == MState.SPINNING ? 1 : 0;
          stopm(m);
        }
      }
      processor(p, PStatus.GCSTOP, p.m, "stopTheWorld");
    }
  }

  /** The others go on: Ps with work get a thread, the rest become idle. */
  public void startTheWorld(int goroutine) {
    M me = running(goroutine);
    stopped = false;
    for (P p : ps) {
      if (p.id == me.p) {
        processor(p, PStatus.RUNNING, me.id, "startTheWorld");
      } else if (p.status == PStatus.GCSTOP) {
        processor(p, PStatus.IDLE, -1, "startTheWorld");
        if (p.isEmpty()) {
          idlePs.add(p.id);
        } else {
          startm(p, false, "startTheWorld");
        }
      }
    }
    wakep();
  }

  /** runtime.GOMAXPROCS(n): stops the world; Ps that are gone are _Pdead. The old number. */
  public int gomaxprocs(int goroutine, int n) {
    int old = procs;
    if (n <= 0 || n == old) {
      return old;
    }
    stopTheWorld(goroutine);
    M me = running(goroutine);
    resize(n);
    if (me.p >= n) {
      P p = ps.get(me.p);
      p.m = -1;
      me.p = 0;
      ps.getFirst().m = me.id;
    }
    for (P p : ps.subList(n, ps.size())) {
      if (p.runnext != 0) {
        globalQueue.addFirst(p.runnext);
        p.runnext = 0;
      }
      globalQueue.addAll(p.runq);
      p.runq.clear();
      processor(p, PStatus.DEAD, -1, "procresize");
    }
    startTheWorld(goroutine);
    return old;
  }

  private void resize(int n) {
    if (n < 1 || n > MAX_PROCS) {
      throw new IllegalArgumentException("GOMAXPROCS " + n + ": it is 1 to " + MAX_PROCS);
    }
    for (int i = 0; i < n; i++) {
      if (i == ps.size()) {
        ps.add(new P(i));
        idlePs.add(i);
        if (stopped) {
          ps.get(i).status = PStatus.GCSTOP;
          idlePs.removeLast();
        }
      } else if (ps.get(i).status == PStatus.DEAD) {
        ps.get(i).status = PStatus.GCSTOP;
      }
    }
    procs = n;
  }

  /**
   * One visit of sysmon (retake): a goroutine that ran through two visits is preempted; the P of a
   * thread that was in the same system call at two visits is taken away, if somebody can use it or
   * if it lasts over 10 ms, here a third visit.
   */
  public void sysmon() {
    alive();
    for (P p : List.copyOf(ps)) {
      if (p.status != PStatus.RUNNING || p.m < 0) {
        continue;
      }
      M m = ms.get(p.m);
      boolean same = p.seenSched == p.schedtick && p.seenSyscall == p.syscalltick;
      p.visits = same ? p.visits + 1 : 1;
      p.seenSched = p.schedtick;
      p.seenSyscall = p.syscalltick;
      boolean wanted = !p.isEmpty() || spinning + idlePs.size() == 0;
      if (m.state == MState.SYSCALL
          && (wanted && p.visits >= SEEN_TWICE || p.visits >= TEN_MILLISECONDS)) {
        handoffp(releasep(m, "retake"), m, "sysmon: its system call lasts");
      } else if (m.state == MState.RUNNING && p.visits >= SEEN_TWICE) {
        preempt(m.curg);
      }
    }
  }

  // ---- what threads do

  /**
   * Lets the first thread that has something to do do one thing: find a goroutine, begin to spin,
   * steal, become idle.
   *
   * @return whether there was one
   */
  public boolean step() {
    if (died.isPresent() || stopped) {
      return false;
    }
    for (M m : ms) {
      if (m.state == MState.LOCKED_IDLE && m.nextP >= 0) {
        wakeLocked(m);
        return true;
      }
      if (m.state == MState.SCHEDULING || m.state == MState.SPINNING) {
        schedule(m);
        return true;
      }
    }
    return false;
  }

  /** Steps until no thread has anything to do. */
  public void run() {
    while (step()) {
      // each step is an event
    }
  }

  /**
   * Lets a goroutine that is runnable run, whatever the order of the queues: on the thread that
   * looks for work, on an idle P, or else in place of the one that has run longest.
   */
  void runNow(int goroutine) {
    G g = goroutine(goroutine);
    if (died.isPresent() || g.status != GStatus.RUNNABLE) {
      return;
    }
    run();
    if (died.isPresent() || g.status != GStatus.RUNNABLE) {
      return;
    }
    String from = takeOut(goroutine);
    M m;
    if (g.lockedM >= 0) {
      m = ms.get(g.lockedM);
      m.nextP = idlePs.isEmpty() ? takeP() : idlePs.pop();
      wakeLocked(m);
      return;
    }
    if (idlePs.isEmpty()) {
      P p = ps.get(takeP());
      m = ms.get(idleMs.isEmpty() ? newm(MState.SCHEDULING, p.id, "startm").id : idleMs.pop());
      acquirep(m, p, "schedule");
    } else {
      P p = ps.get(idlePs.pop());
      startm(p, false, "wakep");
      if (died.isPresent()) {
        return;
      }
      m = ms.get(p.m);
    }
    execute(m, g, from, false);
  }

  /** Takes the P from the goroutine that runs longest: its time slice is over. */
  private int takeP() {
    P oldest =
        ps.stream()
            .filter(p -> p.m >= 0 && ms.get(p.m).state == MState.RUNNING)
            .min(Comparator.comparingInt(p -> p.since))
            .orElseThrow(() -> new IllegalStateException("no P runs"));
    M m = ms.get(oldest.m);
    giveWay(m, "preempted");
    releasep(m, "schedule");
    if (m.lockedG != 0) {
      thread(m, MState.LOCKED_IDLE, "stoplockedm");
    } else {
      stopm(m);
    }
    return oldest.id;
  }

  private String takeOut(int g) {
    if (globalQueue.remove(g)) {
      return "the global queue";
    }
    for (P p : ps) {
      if (p.runnext == g) {
        p.runnext = 0;
        return "runnext of P" + p.id;
      }
      if (p.runq.remove(g)) {
        return "the queue of P" + p.id;
      }
    }
    throw new IllegalStateException("G" + g + " is in no queue");
  }

  private void schedule(M m) {
    if (m.locks != 0) {
      die("", HOLDING_LOCKS, true);
      return;
    }
    if (m.lockedG != 0) {
      P p = releasep(m, "stoplockedm");
      thread(m, MState.LOCKED_IDLE, "stoplockedm");
      handoffp(p, m, "its goroutine is locked and cannot run");
      checkdead();
      return;
    }
    P p = ps.get(m.p);
    if (p.schedtick % FAIRNESS == 0 && !globalQueue.isEmpty()) {
      found(m, globalQueue.pop(), "the global queue", false);
    } else if (p.runnext != 0) {
      int g = p.runnext;
      p.runnext = 0;
      found(m, g, "runnext of P" + p.id, true);
    } else if (!p.runq.isEmpty()) {
      found(m, p.runq.pop(), "the queue of P" + p.id, false);
    } else if (!globalQueue.isEmpty()) {
      globalBatch(m, p);
    } else if (m.state == MState.SCHEDULING && 2 * spinning < procs - idlePs.size()) {
      spinning++;
      thread(m, MState.SPINNING, "findRunnable");
    } else if (m.state != MState.SPINNING || !steal(m, p)) {
      giveUp(m);
    }
  }

  private void globalBatch(M m, P p) {
    int n = Math.min(Math.min(globalQueue.size(), globalQueue.size() / procs + 1), P.QUEUE / 2);
    int first = globalQueue.pop();
    for (int i = 1; i < n; i++) {
      p.runq.add(globalQueue.pop());
    }
    found(m, first, "the global queue", false);
  }

  private boolean steal(M m, P p) {
    for (boolean runnext : new boolean[] {false, true}) {
      for (int i = 1; i < procs; i++) {
        P from = ps.get((p.id + i) % procs);
        int n = from.runq.size() - from.runq.size() / 2;
        if (n > 0) {
          ArrayDeque<Integer> taken = new ArrayDeque<>();
          for (int k = 0; k < n; k++) {
            taken.add(from.runq.pop());
          }
          events.add(new SchedEvent.Stole(p.id, from.id, n));
          int g = taken.removeLast();
          p.runq.addAll(taken);
          found(m, g, "P" + from.id, false);
          return true;
        }
        if (runnext && from.runnext != 0) {
          int g = from.runnext;
          from.runnext = 0;
          events.add(new SchedEvent.Stole(p.id, from.id, 1));
          found(m, g, "runnext of P" + from.id, false);
          return true;
        }
      }
    }
    return false;
  }

  private void giveUp(M m) {
    pidleput(releasep(m, "findRunnable"));
    spinning -= m.state == MState.SPINNING ? 1 : 0;
    stopm(m);
  }

  private void found(M m, int goroutine, String from, boolean inheritTime) {
    if (m.state == MState.SPINNING) {
      spinning--;
      thread(m, MState.SCHEDULING, "resetspinning");
      wakep();
    }
    G g = goroutine(goroutine);
    if (g.lockedM >= 0) {
      M locked = ms.get(g.lockedM);
      P p = releasep(m, "startlockedm");
      events.add(
          new SchedEvent.HandedOff(p.id, m.id, "for M" + locked.id + ", locked to G" + g.id));
      locked.nextP = p.id;
      stopm(m);
      return;
    }
    execute(m, g, from, inheritTime);
  }

  private void wakeLocked(M m) {
    P p = ps.get(m.nextP);
    m.nextP = -1;
    acquirep(m, p, "stoplockedm");
    execute(m, goroutine(m.lockedG), "its own lock", false);
  }

  private void execute(M m, G g, String from, boolean inheritTime) {
    P p = ps.get(m.p);
    g.m = m.id;
    m.curg = g.id;
    m.state = MState.RUNNING;
    p.schedtick += inheritTime ? 0 : 1;
    p.since = events.size();
    events.add(new SchedEvent.Executes(m.id, p.id, g.id, from));
    change(g, GStatus.RUNNING, "execute");
  }

  private void runqput(P p, int g, boolean next) {
    int put = g;
    if (next) {
      put = p.runnext;
      p.runnext = g;
      events.add(new SchedEvent.Queued(g, "runnext of P" + p.id));
    }
    if (put == 0) {
      return;
    }
    if (p.runq.size() < P.QUEUE) {
      p.runq.add(put);
      events.add(new SchedEvent.Queued(put, "the queue of P" + p.id));
      return;
    }
    for (int i = 0; i < P.QUEUE / 2; i++) {
      globalQueue.add(p.runq.pop());
    }
    globalQueue.add(put);
    events.add(
        new SchedEvent.Queued(put, "the global queue, with half of the full queue of P" + p.id));
  }

  private void wakep() {
    if (spinning != 0 || idlePs.isEmpty() || stopped) {
      return;
    }
    spinning = 1;
    startm(ps.get(idlePs.pop()), true, "wakep");
  }

  private void handoffp(P p, M from, String why) {
    events.add(new SchedEvent.HandedOff(p.id, from.id, why));
    if (!p.isEmpty() || !globalQueue.isEmpty()) {
      startm(p, false, "handoffp");
    } else if (spinning + idlePs.size() == 0) {
      spinning = 1;
      startm(p, true, "handoffp");
    } else {
      pidleput(p);
    }
  }

  private void startm(P p, boolean spins, String by) {
    MState state = spins ? MState.SPINNING : MState.SCHEDULING;
    M m;
    if (idleMs.isEmpty()) {
      m = newm(state, p.id, by);
      if (died.isPresent()) {
        return;
      }
    } else {
      m = ms.get(idleMs.pop());
      thread(m, state, by);
    }
    acquirep(m, p, by);
  }

  private M newm(MState state, int p, String by) {
    M m = new M(ms.size(), state);
    ms.add(m);
    events.add(new SchedEvent.ThreadStarted(m.id, p, by));
    checkmcount();
    return m;
  }

  private void stopm(M m) {
    thread(m, MState.IDLE, "stopm");
    idleMs.push(m.id);
    checkdead();
  }

  private void pidleput(P p) {
    processor(p, PStatus.IDLE, -1, "pidleput");
    idlePs.push(p.id);
  }

  private void acquirep(M m, P p, String by) {
    m.p = p.id;
    processor(p, PStatus.RUNNING, m.id, by);
  }

  private P releasep(M m, String by) {
    P p = ps.get(m.p);
    m.p = -1;
    processor(p, PStatus.IDLE, -1, by);
    return p;
  }

  private void dropg(M m) {
    goroutine(m.curg).m = -1;
    m.curg = 0;
  }

  // ---- the ends

  /** checkmcount: more threads than allowed is a throw. */
  private void checkmcount() {
    if (ms.size() - freed > maxThreads) {
      die("runtime: program exceeds " + maxThreads + "-thread limit\n", "thread exhaustion", true);
    }
  }

  /**
   * checkdead: asked whenever a thread becomes idle. Threads that are neither idle nor the
   * runtime's own count as running, those in system calls and the extra one of cgo included.
   */
  private void checkdead() {
    if (died.isPresent() || told) {
      return;
    }
    long idleLocked = ms.stream().filter(m -> m.state == MState.LOCKED_IDLE && m.nextP < 0).count();
    long run = ms.size() - freed - idleMs.size() - idleLocked - nmsys;
    if (run > 0) {
      return;
    }
    if (gs.values().stream().anyMatch(g -> g.status == GStatus.RUNNABLE)) {
      return; // a thread is about to be woken for it
    }
    if (gs.values().stream().noneMatch(g -> g.status == GStatus.WAITING)) {
      die("", "no goroutines (main called runtime.Goexit) - deadlock!", false);
    } else if (timers == 0) {
      die("", "all goroutines are asleep - deadlock!", false);
    }
  }

  /** Leaves it to the caller to say that all goroutines are asleep. */
  void told() {
    told = true;
  }

  void die(String note, String message, boolean isThrow) {
    SchedEvent.Died d = new SchedEvent.Died(note, message, isThrow);
    died = Optional.of(d);
    events.add(d);
  }

  // ---- helpers

  private void alive() {
    if (died.isPresent()) {
      throw new IllegalStateException("the process has died: " + died.get());
    }
  }

  private G goroutine(int id) {
    G g = gs.get(id);
    if (g == null) {
      throw new IllegalArgumentException("there is no G" + id + "; there are " + gs.keySet());
    }
    return g;
  }

  private M running(int goroutine) {
    alive();
    G g = goroutine(goroutine);
    if (g.status != GStatus.RUNNING) {
      throw new IllegalStateException(
          "G"
              + goroutine
              + " is "
              + g.status
              + "; only a running goroutine does something:"
              + " call run() to let the threads find work");
    }
    return ms.get(g.m);
  }

  private void change(G g, GStatus to, String by) {
    events.add(new SchedEvent.Changed(g.id, g.status, to, by));
    g.status = to;
  }

  private void thread(M m, MState to, String by) {
    m.state = to;
    events.add(new SchedEvent.ThreadChanged(m.id, to, by));
  }

  private void processor(P p, PStatus to, int m, String by) {
    p.status = to;
    p.m = m;
    events.add(new SchedEvent.ProcessorChanged(p.id, to, m, by));
  }
}
