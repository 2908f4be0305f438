package paniclab.model.machine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import paniclab.model.crash.CrashPrinter;
import paniclab.model.explore.Scheduler;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.program.GoString;
import paniclab.model.program.Position;
import paniclab.model.program.Program;
import paniclab.model.sched.Bug;
import paniclab.model.signal.Signal;
import paniclab.model.signal.SignalPath;
import paniclab.model.signal.Signals;
import paniclab.model.stack.FrameTable;
import paniclab.model.stack.StackLimits;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;
import paniclab.model.trace.WaitReason;

/**
 * A Go process on the model: goroutines with frames on the heap, memory, a virtual clock, timers.
 *
 * <p>Invariants: a goroutine is in the run queue exactly when it is RUNNABLE; at most one is
 * RUNNING; a parked one has a wait reason and is known to whatever can wake it. Once {@link
 * #ending} is there nothing changes any more.
 */
public final class Machine {
  /** Virtual nanoseconds that an instruction takes. */
  public static final long NANOS_PER_STEP = 2;

  /** Wall time at the start of the virtual clock: 2009-11-10 23:00:00 UTC, Go's birthday. */
  public static final long EPOCH_SECONDS = 1_257_894_000L;

  /** Instructions after which a goroutine that could go on gives way to others. */
  public static final long TIME_SLICE = 10_000;

  /**
   * The clock of the runtime's monitor: whoever runs when so many instructions are over gives way,
   * even if it just began, so that no place in a loop is safe for ever.
   */
  private static final long TICK = 100_003;

  /**
   * Every so many decisions the goroutine that would go first goes last, as schedtick does in
   * runtime/proc.go: two that wake each other must not keep the rest waiting.
   */
  private static final int FAIRNESS = 61;

  /** How long past its time slice a goroutine may run to be caught in the middle of a map write. */
  private static final long GRACE = 256;

  /** Stacks below this size come out of spans of this size. */
  private static final long STACK_SPAN = 32 << 10;

  /** What the runtime's own stacks and the first ones of the program take together. */
  private static final long STACKS_AT_START = 7 * STACK_SPAN;

  /** Options of the choice behind a random number of 64 bits. */
  public static final int RANDOM_OPTIONS = 1 << 30;

  final Image image;
  final RunOptions options;
  private final Scheduler scheduler;
  final RuntimeState runtime;
  final ProcessSignals signals;
  final MemoryFiles files;
  private RunOptions.Traceback traceback;

  long steps;

  /** Whether the runtime is broken so that the first wait of a goroutine ends in a throw. */
  private final boolean holdsLocks;

  private long idleNanos;

  /** Whether goroutines are moved one at a time, by a search or a replay of one. */
  boolean searching;

  /**
   * Whether goroutines stop before visible operations: while searching, from the first go or the
   * first signal to itself on, or from the start where something may come from outside.
   */
  boolean pausing;

  /** Largest stack in bytes (debug.SetMaxStack). */
  long maxStackBytes = StackLimits.MAX_STACK_SIZE;

  /** Why it is in doubt that the process still lives, or empty; and whose stack it is about. */
  private String doubt = "";

  private int doubtBy;

  /** What packed frames take, in bytes. */
  private long packedBytes;

  private final Map<Integer, Goroutine> goroutines = new LinkedHashMap<>();
  private final ArrayDeque<Goroutine> queue = new ArrayDeque<>();
  private Goroutine next;
  private int lastId;
  private int timerCount;

  /** In a search: the timer that fires; 0 for none. */
  private int firing;

  private int lastRun;
  private int picks;
  private boolean mainGone;
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private long timerOrder;
  private final Map<Object, ArrayDeque<Goroutine>> waiters = new HashMap<>();
  private final List<Pointer> globals = new ArrayList<>();
  private int lastChannel;
  private final IdentityHashMap<Object, Long> addresses = new IdentityHashMap<>();
  boolean wantMapWrite;
  private Cgo cgo;
  private final boolean hasC;
  private Listener listener = new Listener() {};

  /** Hears who makes and wakes whom: what happens before what. */
  public interface Listener {
    /** A go statement. */
    default void spawned(int parent, int child) {}

    /**
     * A goroutine is about to touch plain memory.
     *
     * @return whether it may go on without a pause, as if it had been moved on again
     */
    default boolean passes(Pause p) {
      return false;
    }

    /** It went on although others could have moved. */
    default void wentOn() {}

    /** A goroutine can run again; {@code by} is 0 for a timer. */
    default void woken(int goroutine, int by) {}
  }

  /** Why the deadlock detector is off, or empty. */
  private String detectorOff = "";

  private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private int stdinRead;

  private final List<Event> events = new ArrayList<>();
  private final Waits waits;

  /** What prints the lines of GODEBUG=schedtrace; not in searches, whose endings it would blur. */
  private final Optional<SchedTracer> tracer;

  private long dropped;
  private Ending ending;

  /** Starts a process: main has not run yet. */
  public Machine(Image image, RunOptions options, Scheduler scheduler) {
    this.image = image;
    this.options = options;
    this.scheduler = scheduler;
    this.traceback = options.traceback();
    this.holdsLocks = options.bug().filter(b -> b == Bug.HOLDING_LOCKS).isPresent();
    this.runtime = new RuntimeState();
    this.waits = new Waits();
    runtime.maxProcs = procsOf(options.env());
    this.tracer = image.fine ? Optional.empty() : SchedTracer.of(options.env(), runtime.maxProcs);
    this.signals = new ProcessSignals(options.scenario());
    this.files = new MemoryFiles();
    this.hasC = !image.program.c().isEmpty();
    Goroutine g = new Goroutine(++lastId, 0, "", Position.NONE, false);
    try {
      Frame main = new Frame(image.code(image.program.mainFunction()), null, -1);
      Frame init = new Frame(image.code(image.program.initFunction()), main, -1);
      init.injected = true;
      int runtimeMain =
          (int)
              (image.program.frames().find("runtime.main").map(FrameTable.Entry::bytes).orElse(0L)
                  / 8);
      main.words += runtimeMain;
      init.words += runtimeMain;
      g.top = init;
      goroutines.put(g.id, g);
      enqueue(g);
      cgo = hasC ? new Cgo(this, image.program.c()) : null;
    } catch (OutOfModelException e) {
      end(new Outcome.OutOfModel(e.getMessage()));
    }
  }

  private Machine(Machine from, Scheduler scheduler) {
    image = from.image;
    options = from.options;
    holdsLocks = from.holdsLocks;
    this.scheduler = scheduler;
    traceback = from.traceback;
    Copier c = new Copier();
    runtime = from.runtime.copy(c);
    hasC = from.hasC;
    signals = from.signals.copy();
    files = from.files.copy();
    steps = from.steps;
    idleNanos = from.idleNanos;
    searching = from.searching;
    pausing = from.pausing;
    maxStackBytes = from.maxStackBytes;
    doubt = from.doubt;
    doubtBy = from.doubtBy;
    packedBytes = from.packedBytes;
    lastId = from.lastId;
    lastRun = from.lastRun;
    picks = from.picks;
    mainGone = from.mainGone;
    timerOrder = from.timerOrder;
    timerCount = from.timerCount;
    lastChannel = from.lastChannel;
    wantMapWrite = from.wantMapWrite;
    detectorOff = from.detectorOff;
    stdinRead = from.stdinRead;
    dropped = from.dropped;
    ending = from.ending;
    stdout.writeBytes(from.stdout.toByteArray());
    stderr.writeBytes(from.stderr.toByteArray());
    events.addAll(from.events);
    from.goroutines.forEach((id, g) -> goroutines.put(id, c.goroutine(g)));
    from.queue.forEach(g -> queue.add(c.goroutine(g)));
    next = c.goroutine(from.next);
    waits = from.waits.copy(c);
    tracer = from.tracer.map(SchedTracer::copy);
    from.timers.forEach(t -> timers.add(c.timer(t)));
    from.globals.forEach(p -> globals.add((Pointer) c.value(p)));
    from.addresses.forEach((o, a) -> addresses.put(c.value(o), a));
    for (Map.Entry<Object, ArrayDeque<Goroutine>> e : from.waiters.entrySet()) {
      ArrayDeque<Goroutine> q = new ArrayDeque<>();
      e.getValue().forEach(g -> q.add(c.goroutine(g)));
      waiters.put(SyncNatives.copyKey(e.getKey(), c), q);
    }
    c.finish();
  }

  // ---- running

  /** Starts a process in the plain world, with Go's run queue in order. */
  public static Machine start(Program program) {
    return new Machine(
        new Image(program, StandardNatives.get(), false),
        RunOptions.DEFAULT,
        new paniclab.model.explore.RoundRobin());
  }

  /**
   * A second process in the same state, to go its own way: nothing that happens in one is seen in
   * the other.
   *
   * @param scheduler decides from here on
   * @throws UnsupportedOperationException for a program with C in it, whose memory is not copied
   */
  public Machine copy(Scheduler scheduler) {
    if (hasC) {
      throw new UnsupportedOperationException("a process with C in it cannot be copied");
    }
    return new Machine(this, scheduler);
  }

  // ---- C

  /** The C side of the process. */
  Cgo cgo() {
    return cgo;
  }

  /** What the program can reach from: goroutines, package variables, timers, what is pinned. */
  List<Object> roots() {
    List<Object> roots = new ArrayList<>(goroutines.values());
    roots.addAll(globals);
    roots.addAll(timers);
    waiters.keySet().forEach(roots::add);
    if (hasC) {
      cgo.pinnedCells().forEach(roots::add);
    }
    return roots;
  }

  /** Virtual nanoseconds that a collection takes. */
  private static final long COLLECTION_NANOS = 100_000;

  /**
   * What a collection does for those who can tell what is garbage: cleanups, and C.
   *
   * @return whether anybody can
   */
  boolean collectGarbage() {
    if (runtime.cleanups.isEmpty() && !hasC) {
      return false;
    }
    idleNanos += COLLECTION_NANOS;
    for (Closure call : Collector.collect(this)) {
      Goroutine g = new Goroutine(++lastId, 0, "", Position.NONE, true);
      if (recording()) {
        event(new Event.Spawned(atLast(), g.id, code(call).function.displayName()));
      }
      g.top = frame(g, call, null, -1, new long[0], new Object[0]);
      goroutines.put(g.id, g);
      listener.spawned(lastRun, g.id);
      readyNext(g);
    }
    return true;
  }

  /** Whether cells are a package variable. */
  boolean isGlobal(Cells cells) {
    for (Pointer p : globals) {
      if (p != null && p.cells() == cells) {
        return true;
      }
    }
    return false;
  }

  /** Whether a string was made while the program ran: constants are no Go pointers. */
  boolean isHeapString(Object s) {
    return s instanceof GoString t && t.length() > 0 && !image.isConstant(t);
  }

  /** Whether the program has C. */
  boolean hasC() {
    return hasC;
  }

  /** A goroutine for a thread that C made; seen only while it runs Go. */
  Goroutine startThread(Code code) {
    Goroutine g = new Goroutine(++lastId, 0, "", Position.NONE, true);
    if (recording()) {
      event(new Event.Spawned(atLast(), g.id, code.function.displayName()));
    }
    g.top = new Frame(code, null, -1);
    goroutines.put(g.id, g);
    pausing = searching;
    listener.spawned(lastRun, g.id);
    readyNext(g);
    return g;
  }

  /** A sleep in C: the thread is in a system call. */
  void sleepInSyscall(Goroutine g, long nanos) {
    park(g, WaitReason.SYSCALL, "");
    Timer t = new Timer();
    t.sleeper = g;
    t.sleeperTicket = g.ticket;
    startTimer(t, nanos() + nanos, 0);
  }

  /** A signal that C raised made the runtime print all goroutines and exit. */
  void dumped(Goroutine g, String signal, int number, String header) {
    crash(g, Outcome.Signalled.dumped(signal, number), header, true);
  }

  /** A signal killed a process without a Go runtime. */
  void killed(Goroutine g, String signal, int number) {
    ended(g, 128 + number, "killed by " + signal);
    end(Outcome.Signalled.killed(signal, number));
  }

  /** Executes one instruction of the goroutine that ran last, or of the next if it cannot run. */
  public void step() {
    if (ending != null) {
      return;
    }
    fireDueTimers();
    if (ending != null || isStopped()) {
      return;
    }
    Goroutine g = goroutines.get(lastRun);
    if (g != null && g.status == Goroutine.Status.RUNNABLE) {
      if (next == g) {
        next = null;
      } else {
        queue.remove(g);
      }
    } else {
      g = pick();
    }
    if (g == null) {
      idle();
      return;
    }
    g.status = Goroutine.Status.RUNNING;
    lastRun = g.id;
    if (guarded(g, steps + 1) == Interpreter.PREEMPTED && ending == null) {
      g.status = Goroutine.Status.RUNNABLE;
      queue.addFirst(g);
    }
    checkLimits();
  }

  /** The goroutines that are alive, by age. */
  public Collection<Goroutine> goroutines() {
    return goroutines.values().stream().filter(g -> !g.system).toList();
  }

  /** Instructions executed so far. */
  public long steps() {
    return steps;
  }

  /** Virtual nanoseconds since the start. */
  public long nanos() {
    return idleNanos + steps * NANOS_PER_STEP;
  }

  /** How it ended, once it has. */
  public Optional<Ending> ending() {
    return Optional.ofNullable(ending);
  }

  /** What happened so far. */
  public Trace trace() {
    return new Trace(events, dropped, recording() ? waits.of(this) : List.of());
  }

  /** How many bytes were written to stdout so far. */
  int stdoutLength() {
    return stdout.size();
  }

  /** What was written to stdout so far. */
  public GoString stdout() {
    return GoString.wrap(stdout.toByteArray());
  }

  /** What was written to stderr so far. */
  public GoString stderr() {
    return GoString.wrap(stderr.toByteArray());
  }

  /** The program it runs. */
  public Program program() {
    return image.program;
  }

  /** The world it started in. */
  public RunOptions options() {
    return options;
  }

  /**
   * Takes the next goroutine from the run queue and lets it run until it parks, ends or its time
   * slice is over. Does nothing once there is an {@link #ending}.
   */
  public void turn() {
    if (ending != null) {
      return;
    }
    fireDueTimers();
    if (ending != null || isStopped()) {
      return;
    }
    Goroutine g = pick();
    if (g == null) {
      idle();
      return;
    }
    long tick = (steps / TICK + 1) * TICK;
    run(g, Math.min(Math.min(steps + TIME_SLICE, tick), options.limits().steps()));
  }

  // ---- one goroutine at a time, for searches

  /** Makes this machine stop before every visible operation; only for a fine image. */
  void pauseAtVisible(Listener l) {
    if (!image.fine) {
      throw new IllegalStateException("the image is not fine");
    }
    searching = true;
    pausing = lastId > 1 || !options.scenario().isEmpty();
    listener = l;
  }

  /** The runnable goroutines in the order of the run queue; none while the process is stopped. */
  List<Integer> runnable() {
    List<Integer> ids = new ArrayList<>();
    if (!signals.stopped().isEmpty()) {
      return ids;
    }
    if (next != null) {
      ids.add(next.id);
    }
    for (Goroutine g : queue) {
      ids.add(g.id);
    }
    return ids;
  }

  boolean isRunnable(int id) {
    Goroutine g = goroutines.get(id);
    return g != null && g.status == Goroutine.Status.RUNNABLE && signals.stopped().isEmpty();
  }

  /** Moves a runnable goroutine on to its next visible operation, its end or its next wait. */
  Pause advance(int id) {
    Goroutine g = goroutines.get(id);
    if (next == g) {
      next = null;
    } else {
      queue.remove(g);
    }
    g.status = Goroutine.Status.RUNNING;
    if (recording() && lastRun != g.id) {
      event(new Event.Scheduled(at(g), lastRun));
    }
    lastRun = g.id;
    if (hasNoThread(g)) {
      return pause(g);
    }
    g.granted = g.paused;
    int why = guarded(g, options.limits().steps());
    if (why == Interpreter.ENDED
        && ending == null
        && g.leaving != Goroutine.Leaving.NO
        && g.top != null) {
      why = guarded(g, options.limits().steps());
    }
    checkLimits();
    g.paused = why == Interpreter.PAUSED;
    if (why == Interpreter.PAUSED || why == Interpreter.PREEMPTED) {
      g.status = Goroutine.Status.RUNNABLE;
      queue.addFirst(g);
    }
    return pause(g);
  }

  private Pause pause(Goroutine g) {
    if (ending != null || !g.paused) {
      return new Pause(g.id, Operation.NONE, false, true, NOWHERE);
    }
    Frame f = g.top;
    int pc = f.pc;
    Slow s = f.code.slows[f.code.ops[pc + 1]];
    return new Pause(
        g.id, s.operation(this, g, f), s.memory(), s.ready(this, g, f), new Site(f.code, pc));
  }

  /** An instruction of the program. */
  record Site(Code code, int pc) {}

  /** The number of the world outside among the goroutines of a search. */
  static final int OUTSIDE = 0;

  private static final Site NOWHERE = new Site(new Code(Linker.panicCode().function), 0);

  /** Whether a goroutine may go on through a plain access to memory without a pause. */
  boolean passes(Goroutine g, Frame f, int pc, Slow s) {
    Operation o = s.operation(this, g, f);
    if (!listener.passes(new Pause(g.id, o, true, true, new Site(f.code, pc)))) {
      return false;
    }
    if (next != null || !queue.isEmpty() || signals.mayCome(nanos()) || !ripeTimers().isEmpty()) {
      listener.wentOn();
    }
    return true;
  }

  /** Where a goroutine stands now: what it is about to do may depend on what others did. */
  Pause pending(int id) {
    return pause(goroutines.get(id));
  }

  /** Lets time go on to the next timer, or finds a deadlock: when nothing is runnable. */
  void advanceTime() {
    if (isStopped()) {
      return;
    }
    idle();
    long now = nanos();
    for (Timer t : List.copyOf(timers)) {
      if (ending == null && t.when <= now && !t.isEffective()) {
        timers.remove(t);
        fire(t);
      }
    }
  }

  // ---- timers in a search

  /** From here on the numbers of a search are timers, not goroutines. */
  static final int TIMERS = 1 << 30;

  /**
   * Timers that are due within so many nanoseconds may fire in any order, and at any moment of what
   * the goroutines do: an operating system that wakes a thread is no more exact. Two goroutines
   * that slept for 10 ms each came back in either order (41 of 100 times the second first).
   */
  public static final long TIMER_SLACK = 100_000;

  /** The most timers that are tried in all orders; of more the earliest. */
  static final int MAX_RIPE = 64;

  /** In a search: the timers that may fire now, the earliest first. */
  List<Integer> ripeTimers() {
    Timer first = timers.peek();
    if (first == null || first.when > nanos() + TIMER_SLACK) {
      return List.of();
    }
    long until = nanos() + TIMER_SLACK;
    return timers.stream()
        .filter(t -> t.when <= until && t.isEffective())
        .sorted()
        .limit(MAX_RIPE)
        .map(Machine::numberOf)
        .toList();
  }

  /** Whether more timers may fire now than are tried. */
  boolean hasMoreRipe() {
    long until = nanos() + TIMER_SLACK;
    return timers.size() > MAX_RIPE
        && timers.stream().filter(t -> t.when <= until && t.isEffective()).count() > MAX_RIPE;
  }

  private static int numberOf(Timer t) {
    return TIMERS + (t.sleeper != null ? 2 * t.sleeper.id : 2 * t.number - 1);
  }

  private Optional<Timer> ripeTimer(int number) {
    long until = nanos() + TIMER_SLACK;
    return timers.stream()
        .filter(t -> numberOf(t) == number && t.when <= until && t.isEffective())
        .findFirst();
  }

  boolean isRipe(int number) {
    return ripeTimer(number).isPresent();
  }

  /** A timer that may fire, as if it were a goroutine of its own. */
  Pause ripe(int number) {
    Timer t = ripeTimer(number).orElseThrow(() -> new IllegalStateException("timer " + number));
    List<Operation.Access> all = new ArrayList<>();
    all.add(new Operation.Access(t, Operation.Kind.WRITE));
    if (t.channel != null) {
      all.add(new Operation.Access(t.channel, Operation.Kind.WRITE));
      Channels.addPartners(all, t.channel, true, false);
    }
    return new Pause(number, new Operation(all), false, true, NOWHERE);
  }

  /** Lets it fire. */
  void fireRipe(int number) {
    Timer t = ripeTimer(number).orElseThrow(() -> new IllegalStateException("timer " + number));
    timers.remove(t);
    idleNanos += Math.max(0, t.when - nanos());
    firing = number;
    try {
      fire(t);
    } finally {
      firing = 0;
    }
  }

  // ---- signals and the world outside

  /** Whether a signal has stopped the process; then time goes on to what comes next. */
  private boolean isStopped() {
    if (signals.stopped().isEmpty()) {
      return false;
    }
    if (!waitForOutside(Long.MAX_VALUE)) {
      end(
          new Outcome.Hung(
              "stopped by " + signals.stopped() + "; only SIGCONT would let it go on"));
    }
    return true;
  }

  /** Lets time go on to what comes from outside, if that comes by then; whether it does. */
  private boolean waitForOutside(long until) {
    long due = signals.due(searching);
    if (due == Long.MAX_VALUE || due > until || searching && due <= nanos()) {
      return false;
    }
    idleNanos += Math.max(0, due - nanos());
    return true;
  }

  /** In a search: whether something may come from outside now, instead of anything else. */
  boolean outsideMayCome() {
    if (ending != null || !signals.mayCome(nanos())) {
      return false;
    }
    if (next != null || !queue.isEmpty() || !signals.stopped().isEmpty()) {
      return true;
    }
    Timer t = nextTimer();
    return t == null ? mayHang() : signals.latest() <= t.when;
  }

  /** What comes from outside, as if it were a goroutine of its own. */
  Pause outside() {
    return new Pause(OUTSIDE, signals.operation(this), false, true, NOWHERE);
  }

  /** Lets it come, in a search. */
  void outsideComes() {
    Goroutine g = goroutines.get(lastRun);
    signals.arrive(this, g != null && g.status == Goroutine.Status.RUNNABLE ? g : null);
  }

  /** Whether crashes end in SIGABRT. */
  boolean crashes() {
    return traceback == RunOptions.Traceback.CRASH;
  }

  /** A signal kills the process. */
  void kill(Signal s, Goroutine current) {
    ended(current, s.killedStatus(), "killed by " + s);
    end(ProcessSignals.killed(s));
  }

  /** A signal makes the runtime print all goroutines and exit. */
  void dump(SignalPath path, Goroutine current) {
    Signal s = path.signal();
    crash(current, Outcome.Signalled.dumped(s.name(), s.number()), path.header(), true);
  }

  /** Tells of the end, in this goroutine or in none. */
  private void ended(Goroutine g, int status, String why) {
    if (recording()) {
      if (hasC()) {
        cgo().lives().left(g);
      }
      event(new Event.ProcessEnded(at(g), status, why));
    }
  }

  /** What was written to a descriptor and somebody saw. */
  byte[] written(int fd) {
    return (fd == 2 ? stderr : stdout).toByteArray();
  }

  /** Forgets what was written after its reader went away. */
  void cutUnread(int fd) {
    signals
        .lastRead(fd)
        .ifPresent(length -> {
          ByteArrayOutputStream to = fd == 2 ? stderr : stdout;
          byte[] all = to.toByteArray();
          to.reset();
          to.write(all, 0, Math.min(length, all.length));
        });
  }

  /** The program asked for a signal to itself. */
  void sendToSelf(Goroutine g, Signal s) {
    signals.sendToSelf(this, s, g);
    if (searching) {
      pausing = true;
      listener.woken(OUTSIDE, g.id);
    }
    leaveIfEnded();
  }

  /** Leaves the loop if what a native did has ended the process. */
  void leaveIfEnded() {
    if (ending != null) {
      throw new LimitReached();
    }
  }

  private void run(Goroutine g, long deadline) {
    g.status = Goroutine.Status.RUNNING;
    if (recording() && lastRun != g.id && !g.system) {
      event(new Event.Scheduled(at(g), lastRun));
    }
    lastRun = g.id;
    if (hasNoThread(g)) {
      return;
    }
    int why = guarded(g, deadline);
    if (why == Interpreter.PREEMPTED && ending == null && steps >= deadline && mayCatchMapWrite()) {
      wantMapWrite = true;
      why = guarded(g, steps + GRACE);
      wantMapWrite = false;
    }
    if (why == Interpreter.PREEMPTED && ending == null) {
      g.status = Goroutine.Status.RUNNABLE;
      queue.add(g);
    }
    checkLimits();
  }

  /** At the end of a time slice, not of a tick, and when there is somebody to catch it. */
  private boolean mayCatchMapWrite() {
    return steps % TICK != 0 && !(queue.isEmpty() && next == null);
  }

  /** Runs the interpreter; what ends the process arrives here. */
  int guarded(Goroutine g, long deadline) {
    while (true) {
      try {
        return Interpreter.execute(this, g, deadline);
      } catch (FatalError e) {
        fatal(g, e);
        return Interpreter.ENDED;
      } catch (OutOfModelException e) {
        end(new Outcome.OutOfModel(e.getMessage()));
        return Interpreter.ENDED;
      } catch (LimitReached e) {
        return Interpreter.ENDED;
      } catch (ProcessExit e) {
        exit(g, e.status, e.how);
        return Interpreter.ENDED;
      } catch (OutOfMemoryError e) {
        g.top = null;
        goroutines.clear();
        end(unfinished(Outcome.Limit.MEMORY, "the program needs more memory than the model has"));
        return Interpreter.ENDED;
      }
    }
  }

  private Goroutine pick() {
    if (next != null && ++picks % FAIRNESS == 0) {
      queue.add(next);
      next = null;
    }
    int n = queue.size() + (next == null ? 0 : 1);
    if (n == 0) {
      return null;
    }
    int k = 0;
    if (n > 1 && !(scheduler instanceof paniclab.model.explore.RoundRobin)) {
      List<Integer> ids = new ArrayList<>(n);
      if (next != null) {
        ids.add(next.id);
      }
      for (Goroutine g : queue) {
        ids.add(g.id);
      }
      k = choose(new Scheduler.Choice.Goroutine(ids, lastRun, false));
    }
    if (next != null) {
      if (k == 0) {
        Goroutine g = next;
        next = null;
        return g;
      }
      k--;
    }
    if (k == 0) {
      return queue.poll();
    }
    int i = 0;
    for (Goroutine g : queue) {
      if (i++ == k) {
        queue.remove(g);
        return g;
      }
    }
    throw new IllegalStateException("run queue");
  }

  /** Asks the scheduler; its answer is checked. */
  int choose(Scheduler.Choice c) {
    int k = scheduler.choose(c);
    if (k < 0 || k >= c.options()) {
      throw new IllegalArgumentException(
          "scheduler chose " + k + " of " + c.options() + " options");
    }
    return k;
  }

  /** Nothing can run: time goes on to the next timer, or there is a deadlock. */
  private void idle() {
    Timer t = nextTimer();
    if ((t != null || mayHang()) && waitForOutside(t == null ? Long.MAX_VALUE : t.when)) {
      return;
    }
    if (t != null) {
      if (t.when > options.limits().virtualNanos()) {
        end(
            unfinished(
                Outcome.Limit.VIRTUAL_TIME,
                "the virtual clock would pass "
                    + options.limits().virtualNanos() / 1_000_000_000L
                    + " s"));
        return;
      }
      idleNanos += Math.max(0, t.when - nanos());
      return;
    }
    if (mayHang()) {
      boolean file = detectorOff.isEmpty();
      end(new Outcome.Hung(file ? "a goroutine waits for a file, and nothing comes" : detectorOff));
      return;
    }
    boolean nobody = goroutines.values().stream().allMatch(g -> g.system);
    fatal(
        null,
        FatalError.fatal(
            nobody && mainGone
                ? "no goroutines (main called runtime.Goexit) - deadlock!"
                : "all goroutines are asleep - deadlock!"));
  }

  /** The next timer that time may go on to, or null. */
  private @Nullable Timer nextTimer() {
    Timer t = timers.peek();
    return t == null || t.isAwaited()
        ? t
        : timers.stream().filter(Timer::isAwaited).min(Timer::compareTo).orElse(null);
  }

  /** Whether the deadlock detector is off, so that waiting is possible when all are asleep. */
  private boolean mayHang() {
    return !detectorOff.isEmpty() || waitsForFile();
  }

  /** Whether a goroutine waits for a pipe: a thread waits with it, and the detector sees that. */
  private boolean waitsForFile() {
    return goroutines.values().stream()
        .anyMatch(g ->
            g.status == Goroutine.Status.WAITING
                && (g.waitReason == WaitReason.IO_WAIT || g.waitReason == WaitReason.SYSCALL));
  }

  private void checkLimits() {
    if (ending != null) {
      return;
    }
    if (steps >= options.limits().steps()) {
      end(unfinished(Outcome.Limit.STEPS, "the program did not end within " + steps + " steps"));
    } else if (goroutines.size() > options.limits().goroutines()) {
      end(
          unfinished(
              Outcome.Limit.GOROUTINES,
              "more than " + options.limits().goroutines() + " goroutines are alive"));
    }
  }

  static Outcome.Unfinished unfinished(Outcome.Limit limit, String message) {
    return new Outcome.Unfinished(limit, message);
  }

  // ---- goroutines

  /** A go statement. */
  void spawn(Goroutine parent, DeferRecord call, Position position) {
    Closure c = call.closure();
    if (c == null) {
      throw FatalError.fatal("go of nil func value");
    }
    Goroutine g = new Goroutine(++lastId, parent.id, creator(parent), position, false);
    g.wrap = call.wrap();
    if (recording()) {
      event(new Event.Spawned(at(parent), g.id, code(c).function.displayName()));
    }
    g.top = frame(g, c, null, -1, call.longs(), call.refs());
    goroutines.put(g.id, g);
    pausing = searching;
    listener.spawned(mover(parent), g.id);
    readyNext(g);
  }

  /** Who does what a goroutine does: a timer that fires has none of its own. */
  private int mover(Goroutine g) {
    return g == null || g.id == 0 ? firing : g.id;
  }

  private static String creator(Goroutine parent) {
    Frame f = parent.top;
    while (f.up() != null && f.code.wrapper) {
      f = f.up();
    }
    return f.code.function.displayName();
  }

  void endGoroutine(Goroutine g, boolean goexit) {
    if (g.id == 1 && !goexit) {
      exit(g, 0, "main returned");
      return;
    }
    if (searching && image.counted && g.leaving == Goroutine.Leaving.NO) {
      g.leaving = goexit ? Goroutine.Leaving.BY_GOEXIT : Goroutine.Leaving.BY_RETURN;
      g.panic = null;
      g.top = new Frame(image.leaveCode, null, -1);
      return;
    }
    if (recording() && g.id > 0) {
      event(new Event.GoroutineEnded(at(g)));
    }
    if (g.id == 1) {
      mainGone = true;
    }
    if (g.locks > 0) {
      g.locks = 0;
      runtime.threads.locked--;
    }
    g.top = null;
    g.panic = null;
    g.status = Goroutine.Status.DEAD;
    goroutines.remove(g.id);
  }

  private void enqueue(Goroutine g) {
    g.status = Goroutine.Status.RUNNABLE;
    queue.add(g);
  }

  /** As Go's runnext: the newest runnable goroutine goes first, the one it displaces last. */
  private void readyNext(Goroutine g) {
    g.status = Goroutine.Status.RUNNABLE;
    if (next != null) {
      queue.add(next);
    }
    next = g;
  }

  /** Parks the goroutine; whoever has it on record calls {@link #ready}. */
  public void park(Goroutine g, WaitReason reason, Object object) {
    g.ticket++;
    g.status = Goroutine.Status.WAITING;
    g.waitReason = reason;
    g.waitObject = object;
    if (recording() && !g.system) {
      event(new Event.Blocked(at(g), reason, label(object)));
    }
    if (holdsLocks && !g.system && programRuns()) {
      throw FatalError.holdingLocks();
    }
  }

  /** Parks the goroutine in the queue of {@code object}; see {@link #firstWaiter}. */
  public void parkOn(Goroutine g, WaitReason reason, Object object) {
    park(g, reason, object);
    waiters.computeIfAbsent(object, k -> new ArrayDeque<>()).add(g);
  }

  /** The same; {@code first} puts it at the head of the queue, as one that had waited before. */
  void parkOn(Goroutine g, WaitReason reason, Object object, boolean first) {
    park(g, reason, object);
    ArrayDeque<Goroutine> q = waiters.computeIfAbsent(object, k -> new ArrayDeque<>());
    if (first) {
      q.addFirst(g);
    } else {
      q.add(g);
    }
  }

  /** Takes the longest waiting goroutine off the queue of an object; empty if there is none. */
  public Optional<Goroutine> firstWaiter(Object object) {
    ArrayDeque<Goroutine> q = waiters.get(object);
    if (q == null) {
      return Optional.empty();
    }
    Goroutine g = q.poll();
    if (q.isEmpty()) {
      waiters.remove(object);
    }
    return Optional.ofNullable(g);
  }

  /** How many goroutines wait in the queue of an object. */
  public int waiterCount(Object object) {
    ArrayDeque<Goroutine> q = waiters.get(object);
    return q == null ? 0 : q.size();
  }

  /**
   * Makes a parked goroutine runnable.
   *
   * @param done whether the operation it waits in is complete; if not, it is done again
   * @param by who wakes it, or null for a timer
   */
  public void ready(Goroutine g, boolean done, Goroutine by) {
    if (g.status != Goroutine.Status.WAITING) {
      throw new IllegalStateException(g + " is not waiting");
    }
    boolean signal = ProcessSignals.RECEIVER.equals(g.waitObject);
    g.ticket++;
    g.waitSince = 0;
    g.resumed = done;
    g.waitReason = null;
    g.waitObject = null;
    if (recording() && !g.system) {
      int none = signal ? Event.Woken.SIGNAL : Event.Woken.TIMER;
      event(new Event.Woken(at(g), by == null ? none : by.id));
    }
    listener.woken(g.id, mover(by));
    readyNext(g);
  }

  // ---- threads

  /** GOMAXPROCS at the start: the variable of that name, or one P for each processor. */
  private static int procsOf(List<String> env) {
    for (String e : env.reversed()) {
      if (e.matches("GOMAXPROCS=0*[1-9][0-9]{0,8}")) {
        return Integer.parseInt(e.substring(e.indexOf('=') + 1));
      }
    }
    return RuntimeNatives.CPUS;
  }

  /** How many goroutines may run Go code at the same time, as runtime.GOMAXPROCS(0). */
  public int procs() {
    return runtime.maxProcs;
  }

  void setMaxProcs(Goroutine g, long n) {
    int to = (int) Math.min(n, Integer.MAX_VALUE);
    if (recording() && to != runtime.maxProcs) {
      event(new Event.ProcsChanged(at(g), runtime.maxProcs, to));
    }
    runtime.maxProcs = to;
  }

  void lockThread(Goroutine g) {
    if (g.locks++ == 0) {
      if (recording()) {
        event(new Event.ThreadLocked(at(g), true));
      }
      runtime.threads.lock(runtime.maxProcs);
    }
  }

  void unlockThread(Goroutine g) {
    if (g.locks > 0 && --g.locks == 0) {
      runtime.threads.locked--;
      if (recording()) {
        event(new Event.ThreadLocked(at(g), false));
      }
    }
  }

  /** Whether the goroutine would have to run on one thread more than is allowed: a throw. */
  private boolean hasNoThread(Goroutine g) {
    if (g.locks > 0 || g.system) {
      return false;
    }
    try {
      runtime.threads.unlockedRuns(runtime.maxProcs);
      return false;
    } catch (FatalError e) {
      g.status = Goroutine.Status.RUNNABLE;
      fatal(g, e);
      return true;
    }
  }

  /** Whether main.main has begun: its goroutine is past the initialisation of packages. */
  private boolean programRuns() {
    Goroutine main = goroutines.get(1);
    return main == null || !GoroutineView.initialising(main);
  }

  /** A collection: it notes, of who has waited since the one before, since when. */
  void collect() {
    runtime.collections++;
    for (Goroutine g : goroutines.values()) {
      if (g.status == Goroutine.Status.WAITING && g.waitSince == 0) {
        g.waitSince = runtime.lastCollection;
      }
      g.stack.collected(g.top);
      Stacks.soften(g);
    }
    runtime.lastCollection = Math.max(1, nanos());
  }

  /** Number of goroutines, as runtime.NumGoroutine. */
  public int numGoroutine() {
    int n = 0;
    for (Goroutine g : goroutines.values()) {
      n += g.system ? 0 : 1;
    }
    return n;
  }

  /** Goexit, called by a native. */
  public void goexit(Goroutine g) {
    Panics.goexit(this, g);
  }

  /**
   * Memory that the allocator holds for stacks, as MemStats.StackInuse: those of 32 KiB and more by
   * themselves, the small ones in spans of 32 KiB that the runtime's own stacks share.
   */
  long stackBytes() {
    long small = 0;
    long large = 0;
    for (Goroutine g : goroutines.values()) {
      if (g.stack.size < STACK_SPAN) {
        small += g.stack.size;
      } else {
        large += g.stack.size;
      }
    }
    long more = Math.max(0, small - STACK_SPAN);
    return STACKS_AT_START + large + (more + STACK_SPAN - 1) / STACK_SPAN * STACK_SPAN;
  }

  /** Changes the GOTRACEBACK level, as debug.SetTraceback does: it can only be raised. */
  void setTraceback(String level) {
    RunOptions.Traceback t =
        switch (level) {
          case "none" -> RunOptions.Traceback.NONE;
          case "single", "" -> RunOptions.Traceback.SINGLE;
          case "all" -> RunOptions.Traceback.ALL;
          case "system" -> RunOptions.Traceback.SYSTEM;
          case "crash" -> RunOptions.Traceback.CRASH;
          default -> RunOptions.Traceback.ALL;
        };
    if (t.compareTo(traceback) > 0) {
      traceback = t;
    }
  }

  /**
   * A random number of 64 bits: one sequence, which the schedule's choices change. An exploration
   * does not go through all of them.
   */
  long random64(Goroutine g) {
    int k = choose(new Scheduler.Choice.Random(g.id, RANDOM_OPTIONS));
    return runtime.random(k);
  }

  /** Ends the process with a status; never returns. */
  public RuntimeException exitProcess(int status) {
    throw new ProcessExit(status);
  }

  /** Switches the deadlock detector off, as signal.Notify does; {@code why} in words. */
  public void deadlockDetectorOff(String why) {
    detectorOff = why;
  }

  /** Changes the largest stack; the old limit in bytes. */
  public long setMaxStack(long bytes) {
    long old = maxStackBytes;
    maxStackBytes = bytes;
    for (Goroutine g : goroutines.values()) {
      g.stack.limited(bytes);
      Stacks.soften(g);
    }
    return old;
  }

  /** From here on it is in doubt whether the process still lives; {@code why} in words. */
  void doubt(Goroutine g, String why) {
    if (doubt.isEmpty()) {
      doubt = why;
      doubtBy = g.id;
    }
  }

  /** The goroutine in doubt died after all. */
  void doubtless(Goroutine g) {
    if (doubtBy == g.id) {
      doubt = "";
    }
  }

  /** Frames were packed, and what is left of them takes so many bytes. */
  void packed(long bytes) {
    packedBytes += bytes;
    if (packedBytes > options.limits().memoryBytes()) {
      end(
          unfinished(
              Outcome.Limit.MEMORY,
              "the frames of a deep recursion take more than "
                  + options.limits().memoryBytes()
                  + " bytes"));
      throw new LimitReached();
    }
  }

  // ---- calls

  Code code(Closure c) {
    Code k = c.code;
    if (k == null) {
      k = image.code(c.function);
      c.code = k;
    }
    return k;
  }

  Code resolve(Code.Site s) {
    s.code = FrameSizes.at(s, image.code(s.name));
    return s.code;
  }

  /** A frame for a call of a function value with its arguments, longs and refs apart. */
  Frame frame(Goroutine g, Closure c, Frame up, int dst, long[] longs, Object[] refs) {
    Code k = code(c);
    Frame f = new Frame(k, up, dst);
    System.arraycopy(longs, 0, f.longs, 0, longs.length);
    System.arraycopy(refs, 0, f.refs, 0, refs.length);
    bind(c, k, f);
    if (f.words > g.softWords) {
      Stacks.deeper(this, g, f);
    }
    return f;
  }

  static void bind(Closure c, Code k, Frame f) {
    int li = 0;
    int ri = 0;
    for (int e : k.free) {
      if ((e & 1) == 0) {
        f.longs[e >> 1] = c.longs[li++];
      } else {
        f.refs[e >> 1] = c.refs[ri++];
      }
    }
  }

  /** Runs a Go function that may not block, such as a timer's, to its end. */
  void runHidden(Closure c, long[] longs, Object[] refs) {
    Goroutine g = new Goroutine(0, 0, "", Position.NONE, true);
    g.top = frame(g, c, null, -1, longs, refs);
    g.status = Goroutine.Status.RUNNING;
    boolean paused = pausing;
    pausing = false;
    int why = guarded(g, steps + 1_000_000);
    pausing |= paused;
    if (why != Interpreter.ENDED && ending == null) {
      throw new OutOfModelException("a timer function that blocks");
    }
  }

  // ---- memory

  Pointer global(int i) {
    while (globals.size() <= i) {
      globals.add(null);
    }
    Pointer p = globals.get(i);
    if (p == null) {
      p = new Pointer(variable(image.globalType(i)), 0);
      p.cells().site = image.globalName(i);
      globals.set(i, p);
    }
    return p;
  }

  /** A zeroed variable. */
  public static Cells variable(RType t) {
    return t.newCells(1);
  }

  /** Zeroed cells for a slice; a request that cannot be met ends the run. */
  Cells allocate(RType elem, long n) {
    long bytes = n * Math.max(1, elem.size());
    if (bytes > options.limits().memoryBytes() || n > Integer.MAX_VALUE - 8) {
      end(
          unfinished(
              Outcome.Limit.MEMORY,
              "the program asked for "
                  + bytes
                  + " bytes at once; the limit is "
                  + options.limits().memoryBytes()));
      throw new LimitReached();
    }
    return elem.newCells((int) n);
  }

  ChannelValue newChannel(RType elem, int capacity, String label) {
    return new ChannelValue(++lastChannel, elem, capacity, label);
  }

  /** A made-up address: the same object always has the same; 0 for nil. */
  public long addressOf(Object o) {
    return switch (o) {
      case null -> 0;
      case Pointer p when CView.of(p) instanceof CView v -> v.address(p);
      case Pointer p -> base(p.cells()) + 8L * p.index();
      case SliceValue s -> base(s.cells()) + 8L * s.offset();
      default -> base(o);
    };
  }

  /** Whether an address lies where the model has put variables. */
  boolean hasGivenOut(long address) {
    return address >= FIRST_ADDRESS && address < FIRST_ADDRESS + 0x1000L * (addresses.size() + 1);
  }

  /** Where the addresses of variables begin. */
  private static final long FIRST_ADDRESS = 0xc000010000L;

  private long base(Object o) {
    if (o instanceof Cells c && c.site instanceof RawMemory r) {
      return r.address();
    }
    Long a = addresses.get(o);
    if (a == null) {
      a = FIRST_ADDRESS + 0x1000L * addresses.size();
      addresses.put(o, a);
    }
    return a;
  }

  /** The machine's type for a Go type. */
  public RType type(paniclab.model.program.GoType t) {
    return image.type(t);
  }

  // ---- timers

  /** Starts a timer: {@code when} and {@code period} in virtual nanoseconds since the start. */
  public void startTimer(Timer t, long when, long period) {
    stopTimer(t);
    t.when = Math.max(0, when);
    t.period = period;
    t.order = timerOrder++;
    t.active = true;
    timers.add(t);
    if (searching) {
      startedInSearch(t);
    }
  }

  private void startedInSearch(Timer t) {
    boolean fresh = t.sleeper != null || t.number == 0;
    if (t.sleeper == null && fresh) {
      t.number = ++timerCount;
      pausing = true;
    }
    int by = firing == 0 ? lastRun : firing;
    if (fresh) {
      listener.spawned(by, numberOf(t));
    } else if (by != numberOf(t)) {
      listener.woken(numberOf(t), by);
    }
  }

  /** Stops a timer; whether it was active. */
  public boolean stopTimer(Timer t) {
    boolean was = t.active;
    if (was) {
      timers.remove(t);
      t.active = false;
    }
    return was;
  }

  /** time.Sleep. */
  public void sleep(Goroutine g, long nanos) {
    park(g, WaitReason.SLEEP, "");
    Timer t = new Timer();
    t.sleeper = g;
    t.sleeperTicket = g.ticket;
    startTimer(t, nanos() + nanos, 0);
  }

  private void fireDueTimers() {
    while (!searching && ending == null && signals.due(false) <= nanos()) {
      outsideComes();
    }
    // To fire takes time itself: a ticker of a nanosecond would be due again and again.
    long now = nanos();
    while (ending == null && !timers.isEmpty() && timers.peek().when <= now) {
      fire(timers.poll());
    }
  }

  private void fire(Timer t) {
    t.active = false;
    if (t.sleeper != null) {
      if (t.sleeper.ticket == t.sleeperTicket) {
        Goroutine g = t.sleeper;
        ready(g, true, null);
      }
      return;
    }
    if (t.period > 0) {
      long late = Math.max(0, nanos() - t.when);
      startTimer(t, t.when + t.period * (1 + late / t.period), t.period);
    }
    if (recording()) {
      event(
          new Event.TimerFired(
              new At(steps, 0, "", Position.NONE, nanos()),
              t.channel == null ? t.function.function() : t.channel.label()));
    }
    runHidden(t.function, new long[] {0, 0}, new Object[] {t.argument});
  }

  // ---- the end

  void exit(Goroutine g, int status, String why) {
    ended(g, status, why);
    end(new Outcome.Exited(status));
  }

  private void fatal(Goroutine g, FatalError e) {
    if (recording() && g != null) {
      event(new Event.FatalRaised(at(g), e.getMessage(), e.isThrow));
    } else if (recording()) {
      event(
          new Event.FatalRaised(
              new At(steps, 0, "", Position.NONE, nanos()), e.getMessage(), e.isThrow));
    }
    if (g != null && e.overflowing != null) {
      e.overflowing.enterTooDeep();
      g.top = e.overflowing;
    }
    String before = g == null || e.isThrow ? "" : Panics.beforeFatal(this, g);
    crash(
        e.noGoroutine ? null : g,
        e.isThrow ? new Outcome.Thrown(e.getMessage()) : new Outcome.Fatal(e.getMessage()),
        before
            + e.note
            + "fatal error: "
            + e.getMessage()
            + "\n"
            + (g == null || e.overflowing != null ? "" : g.signal),
        e.isThrow);
  }

  /** Prints the crash text and ends the process. */
  void crash(Goroutine g, Outcome o, String header, boolean everything) {
    boolean signalled = o instanceof Outcome.Signalled;
    if (g != null || signalled) {
      int status = crashes() ? ProcessSignals.killed(Signals.of("SIGABRT")).exitStatus() : 2;
      ended(g, status, header.lines().findFirst().orElse(""));
    }
    int current = g == null ? 0 : g.id;
    boolean system = traceback.compareTo(RunOptions.Traceback.SYSTEM) >= 0;
    List<GoroutineView> views =
        snapshot().stream()
            .map(v ->
                v.id() == current && o instanceof Outcome.Panicked && g != null
                    ? v.panicked(g.locks > 0, system)
                    : v)
            .toList();
    if (signalled && g == null) {
      views = mainThreadFirst(views);
    }
    String text = CrashPrinter.print(header, current, views, traceback, everything);
    text = signalled ? text + "\n" : text;
    if (doubt.isEmpty()) {
      write(2, text.getBytes(java.nio.charset.StandardCharsets.UTF_8), false);
    }
    end(crashes() ? ProcessSignals.killed(Signals.of("SIGABRT")) : o);
  }

  /**
   * The kernel gives a signal to the main thread if it can, and the trace begins with the goroutine
   * on it: one that waits in a system call sits on the thread that ran it, as a rule the main one.
   */
  private List<GoroutineView> mainThreadFirst(List<GoroutineView> views) {
    Optional<Integer> id =
        goroutines.values().stream()
            .filter(g ->
                g.status == Goroutine.Status.WAITING
                    && g.waitReason == WaitReason.SYSCALL
                    && !ProcessSignals.RECEIVER.equals(g.waitObject))
            .map(g -> g.id)
            .findFirst();
    List<GoroutineView> ordered = new ArrayList<>(views);
    ordered.sort(Comparator.comparing(v -> !id.equals(Optional.of(v.id()))));
    return ordered;
  }

  void end(Outcome o) {
    if (ending != null) {
      return;
    }
    String threads = runtime.threads.doubt;
    boolean told =
        threads.isEmpty() || o instanceof Outcome.Thrown || o instanceof Outcome.Unfinished;
    Outcome what = told ? o : new Outcome.OutOfModel(threads);
    ending = new Ending(doubt.isEmpty() ? what : new Outcome.OutOfModel(doubt), stdout(), stderr());
  }

  /** Ends a run from outside: a limit of the caller's. */
  public void stop(String why) {
    end(unfinished(Outcome.Limit.STOPPED, why));
  }

  /** All goroutines with their frames, as a crash text shows them. */
  public List<GoroutineView> snapshot() {
    List<GoroutineView> out = new ArrayList<>();
    for (Goroutine g : goroutines.values()) {
      if (!g.system) {
        out.add(GoroutineView.of(g, nanos()));
      }
    }
    return out;
  }

  // ---- output and input

  /** Writes to stdout (1) or stderr (2). */
  public void write(int fd, byte[] bytes, boolean record) {
    if (signals.isDeaf(fd)) {
      return;
    }
    if (!doubt.isEmpty()) {
      end(new Outcome.OutOfModel(doubt));
      throw new LimitReached();
    }
    (fd == 2 ? stderr : stdout).writeBytes(bytes);
    if (!options.scenario().isEmpty() && signals.wrote(fd, written(fd), bytes.length, nanos())) {
      cutUnread(fd);
      listener.woken(OUTSIDE, lastRun);
    }
    if (stdout.size() + (long) stderr.size() > options.limits().outputBytes()) {
      end(
          unfinished(
              Outcome.Limit.OUTPUT,
              "the program wrote more than " + options.limits().outputBytes() + " bytes"));
    }
  }

  /** Writes and records who did it. */
  public void print(Goroutine g, int fd, GoString s) {
    if (!runtime.threads.doubt.isEmpty()) {
      throw new OutOfModelException(runtime.threads.doubt);
    }
    write(fd, s.toBytes(), true);
    if (recording()) {
      event(new Event.Printed(at(g), fd, s.toString()));
    }
    if (ending != null) {
      throw new LimitReached();
    }
  }

  /** Takes up to {@code max} bytes of standard input; empty at its end. */
  public GoString read(int max) {
    GoString in = options.stdin();
    int n = Math.min(max, in.length() - stdinRead);
    GoString s = in.slice(stdinRead, stdinRead + n);
    stdinRead += n;
    return s;
  }

  /** Leaves the loop after a limit. */
  static final class LimitReached extends RuntimeException {
    private static final long serialVersionUID = 1;

    LimitReached() {
      super(null, null, false, false);
    }
  }

  // ---- events

  boolean recording() {
    return options.record() || tracer.isPresent();
  }

  void event(Event e) {
    if (tracer.isPresent()) {
      String lines = tracer.get().before(e);
      if (!lines.isEmpty()) {
        write(2, lines.getBytes(java.nio.charset.StandardCharsets.UTF_8), false);
      }
    }
    if (events.size() < Trace.MAX_EVENTS) {
      events.add(e);
    } else {
      dropped++;
    }
  }

  /**
   * Records an operation of package sync, for natives; not one that other packages of the library
   * ask for on their own account, as context does.
   */
  public void synced(Goroutine g, String operation, Object object) {
    if (recording()) {
      waits.synced(g.id, operation, object);
    }
    if (recording() && isLearners(g.top)) {
      event(new Event.Synced(at(g), operation, label(object)));
    }
  }

  /** Whether the learner's code asked package sync for what it is about to do. */
  private static boolean isLearners(Frame top) {
    for (Frame f = top; f != null; f = f.up()) {
      if (f instanceof PanicFrame panic) {
        return panic.owner != null && panic.owner.code.user;
      }
      if (f.code.user) {
        return true;
      }
      String path = f.code.function.packagePath();
      if (!path.startsWith("sync") && !path.startsWith("internal/") && !f.code.wrapper) {
        return false;
      }
    }
    return false;
  }

  /** Where the goroutine stands that ran last: what the runtime does is done for it. */
  private At atLast() {
    return at(last());
  }

  /** The goroutine that ran last. */
  Goroutine last() {
    return goroutines.get(lastRun);
  }

  At at(Goroutine g) {
    if (g == null) {
      return new At(steps, 0, "", Position.NONE, nanos());
    }
    Frame callee = null;
    Frame user = null;
    Position p = Position.NONE;
    for (Frame f = g.top; f != null; callee = f, f = f.up()) {
      if (f.code.user && !f.code.wrapper) {
        user = f;
        p = GoroutineView.position(f, callee);
        if (!p.file().equals(Cgo.TYPES_FILE) && !p.file().isEmpty()) {
          break; // what cgo wrote, or nobody, is no line of the program: its caller is
        }
      }
    }
    return new At(steps, g.id, user == null ? "" : user.code.function.displayName(), p, nanos());
  }

  static String label(Object o) {
    return switch (o) {
      case null -> "";
      case String s -> s;
      case ChannelValue c -> c.label();
      case Pointer p -> p.cells().site == null ? "" : p.cells().site.toString();
      default -> "";
    };
  }
}
