package paniclab.model.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import paniclab.model.c.CAbort;
import paniclab.model.c.CExit;
import paniclab.model.c.CFault;
import paniclab.model.c.CHeap;
import paniclab.model.c.CMachine;
import paniclab.model.c.CMemory;
import paniclab.model.c.COutside;
import paniclab.model.c.CProgram;
import paniclab.model.c.CThread;
import paniclab.model.program.GoString;
import paniclab.model.program.GoType;
import paniclab.model.program.Position;
import paniclab.model.signal.Fault;
import paniclab.model.trace.Event.LifeStage;

/**
 * The border between the Go and the C of a process: whose memory an address is in, which thread a
 * goroutine's C runs on, and what becomes of a process when C ends it.
 */
final class Cgo implements CMachine.World {
  /** The prefix of cgo's stubs for C functions. */
  static final String STUB = "main._Cfunc_";

  /** The same for calls that ask for errno. */
  static final String STUB_WITH_ERRNO = "main._C2func_";

  /** The prefix of cgo's wrappers of exported Go functions. */
  static final String EXPORT = "main._cgoexp_";

  /** Its receiver is the type of errors that errno gives. */
  static final String ERRNO_ERROR = "(syscall.Errno).Error";

  /** The file that cgo writes. */
  static final String TYPES_FILE = "_cgo_gotypes.go";

  private static final GoType UNSAFE = new GoType.Basic(GoType.Kind.UNSAFE_POINTER);

  private static final String TCACHE = "glibc.malloc.tcache_count=";

  private record Key(long address, RType elem, int count) {}

  private final Machine m;
  private final CProgram program;
  private final CMachine c;
  private final GoRegions regions = new GoRegions(this);
  private final CgoLives lives;
  private final Map<Key, CView> views = new HashMap<>();
  private final List<CView> filled = new ArrayList<>();
  private final Map<Integer, Goroutine> waiting = new TreeMap<>();
  private final List<Integer> idleThreads = new ArrayList<>();
  private final Map<Integer, Integer> threadOf = new TreeMap<>();
  private final Map<Cells, Integer> pinned = new LinkedHashMap<>();
  private Goroutine current;
  private Frame trapFrame;
  private int trapPc = -1;
  private int trapTry;
  private long trapSteps;

  /** Whether the program is all C. */
  final boolean standalone;

  Cgo(Machine m, CProgram program) {
    this.m = m;
    this.lives = new CgoLives(m);
    this.program = program;
    this.standalone = m.image.has("main._cgoMain");
    CMemory memory = new CMemory();
    this.c = new CMachine(program, memory, new CHeap(memory, tcacheCount()), this, !standalone);
    memory.foreign(regions);
    threadOf.put(1, c.newThread().id());
    if (!standalone) {
      m.deadlockDetectorOff("a program that uses cgo has a thread that the detector counts");
    }
  }

  /** GLIBC_TUNABLES, as far as the heap knows them. */
  private int tcacheCount() {
    int count = CHeap.TCACHE_COUNT;
    for (String tunable : env("GLIBC_TUNABLES").orElse("").split(":")) {
      if (tunable.startsWith(TCACHE)) {
        count = Integer.parseInt(tunable.substring(TCACHE.length()));
      } else if (tunable.startsWith("glibc.malloc.")) {
        throw new OutOfModelException("GLIBC_TUNABLES=" + tunable);
      }
    }
    if (env("MALLOC_PERTURB_").isPresent()) {
      throw new OutOfModelException("MALLOC_PERTURB_");
    }
    return Math.min(count, CHeap.TCACHE_COUNT);
  }

  CMachine machine() {
    return c;
  }

  CMemory memory() {
    return c.memory();
  }

  CProgram program() {
    return program;
  }

  // ---- pointers

  /** The Go pointer for an address, of a pointer type or unsafe.Pointer. */
  Pointer pointer(long address, RType pointerType) {
    if (address == 0) {
      return null;
    }
    if (regions.has(address)) {
      RType wanted = pointerType.elem;
      RType has = regions.typeAt(address);
      if (wanted == null || has != null && UnsafePointers.alike(has.type, wanted.type)) {
        return regions.pointer(address);
      }
      if (has == null && regions.at(address) == null) {
        throw new OutOfModelException("a pointer past a Go variable, made by C");
      }
    }
    RType elem =
        pointerType.elem == null
            ? m.image.type(new GoType.Basic(GoType.Kind.UINT8))
            : pointerType.elem;
    return view(address, elem, pointerType.elem == null);
  }

  /** The object of C that an address lies in gives a view its bounds. */
  private Pointer view(long address, RType elem, boolean isVoid) {
    long size = elem.size();
    long start = address;
    int count = 1;
    if (size > 0 && !isVoid) {
      Optional<long[]> object = object(address);
      if (object.isPresent() && address + size <= object.get()[1]) {
        start = address - (address - object.get()[0]) / size * size;
        count = (int) Math.min(Integer.MAX_VALUE, (object.get()[1] - start) / size);
      }
    }
    CView v = viewOf(start, elem, isVoid ? 0 : count);
    return new Pointer(v.cells, (int) (size == 0 ? 0 : (address - start) / size));
  }

  private CView viewOf(long start, RType elem, int count) {
    return views.computeIfAbsent(
        new Key(start, elem, count), k -> new CView(this, start, elem, Math.max(1, count)));
  }

  private Optional<long[]> object(long address) {
    return c.variable(address).or(() -> c.heap().block(address));
  }

  /** A slice of C memory, as unsafe.Slice makes it; null if the pointer is none to C memory. */
  SliceValue slice(Pointer p, RType elem, int n) {
    CView v = CView.of(p);
    if (v == null) {
      return null;
    }
    if (p.cells() == v.cells && p.index() + n <= v.count && v.elem == elem) {
      return new SliceValue(v.cells, p.index(), n, n);
    }
    CView w = viewOf(v.address(p), elem, n);
    return new SliceValue(w.cells, 0, n, n);
  }

  /** The address behind a pointer of Go, whose type is a pointer type or unsafe.Pointer. */
  long address(Object o, RType pointerType) {
    if (o == null) {
      return 0;
    }
    Pointer p = (Pointer) o;
    CView v = CView.of(p);
    if (v != null) {
      return v.address(p);
    }
    RType elem = pointerType.elem;
    if (elem == null && !regions.knows(p)) {
      throw new OutOfModelException(
          "the address of a variable that was made an unsafe.Pointer in a library");
    }
    return regions.address(p, elem == null ? m.image.type(UNSAFE) : elem);
  }

  /** Whether a pointer leads to Go's memory. */
  boolean isGo(Object o) {
    CView v = CView.of(o);
    return o instanceof Pointer && (v == null || regions.has(v.address));
  }

  /** A pointer becomes an unsafe.Pointer: from here on it has an address. */
  Pointer exposed(Object o, RType pointerType) {
    if (o == null) {
      return null;
    }
    Pointer p = (Pointer) o;
    CView v = CView.of(p);
    if (v != null) {
      return pointer(v.address(p), m.image.type(UNSAFE));
    }
    regions.address(p, pointerType.elem);
    return p;
  }

  /** An unsafe.Pointer becomes a pointer to a type. */
  Pointer typed(Object o, RType pointerType) {
    return o == null ? null : pointer(address(o, m.image.type(UNSAFE)), pointerType);
  }

  // ---- views

  /** A view wants values: those that overlap give theirs up. */
  void makeRoom(CView v) {
    for (CView w : List.copyOf(filled)) {
      if (w.address < v.end() && v.address < w.end()) {
        w.flush();
        filled.remove(w);
      }
    }
    filled.add(v);
  }

  /** C is about to look at its memory. */
  void flush() {
    for (CView v : filled) {
      v.flush();
    }
    filled.clear();
  }

  /**
   * An access of Go found cells without arrays: gives them their values.
   *
   * @return whether the access can be tried again
   */
  boolean trapped(Goroutine g) {
    Frame f = g.top;
    List<CView> candidates = candidates(f);
    boolean again = f == trapFrame && f.pc == trapPc && m.steps <= trapSteps + 1;
    trapTry = again ? trapTry + 1 : 0;
    trapFrame = f;
    trapPc = f.pc;
    trapSteps = m.steps;
    // Of a large operation it is not known which operand it goes through: one after the other.
    for (int i = 0; i < candidates.size() && trapTry <= 2 * candidates.size(); i++) {
      CView v = candidates.get((trapTry + i) % candidates.size());
      if (!v.isFilled()) {
        fill(g, v);
        return true;
      }
    }
    return false;
  }

  private void fill(Goroutine g, CView v) {
    if (regions.has(v.address)) {
      throw new OutOfModelException(
          "not supported by the model: a Go variable taken for a " + v.elem);
    }
    try {
      v.fill();
    } catch (CFault e) {
      filled.remove(v);
      Faults.fault(m, g, Fault.unmapped(v.address));
    } catch (COutside e) {
      throw new OutOfModelException(e.getMessage());
    }
  }

  private static List<CView> candidates(Frame f) {
    List<CView> list = new ArrayList<>();
    int[] code = f.code.ops;
    int operand =
        switch (code[f.pc]) {
          case Op.LOADL, Op.LOADR, Op.FIELD, Op.FLOADL, Op.FLOADR, Op.ILOADL, Op.ILOADR ->
              code[f.pc + 2];
          case Op.STOREL, Op.STORER, Op.FSTOREL, Op.FSTORER, Op.ISTOREL, Op.ISTORER ->
              code[f.pc + 1];
          default -> -1;
        };
    if (operand >= 0) {
      CView v = CView.of(f.refs[operand]);
      return v == null ? list : List.of(v);
    }
    for (Object o : f.refs) {
      Object inner = o instanceof InterfaceValue i ? i.ref() : o;
      CView v = CView.of(inner);
      if (v != null && !list.contains(v)) {
        list.add(v);
      }
    }
    return list;
  }

  // ---- the life of Go's memory

  CgoLives lives() {
    return lives;
  }

  /** A Pinner takes a pointer: from here on what it leads to has an address. */
  void pin(Goroutine g, Pointer p, RType elem) {
    pinned.merge(p.cells(), 1, Integer::sum);
    if (elem != null && elem.size() > 0) {
      lives.of(g, LifeStage.PINNED, regions.at(regions.address(p, elem)));
    }
  }

  void unpin(Goroutine g, Pointer p) {
    if (pinned.merge(p.cells(), -1, Integer::sum) <= 0) {
      pinned.remove(p.cells());
    }
    lives.of(g, LifeStage.UNPINNED, regions.of(p));
  }

  /** A call of C is given an address. */
  void lent(Goroutine g, long address) {
    lives.of(g, LifeStage.LENT, regions.at(address));
  }

  boolean isPinned(Cells cells) {
    return pinned.containsKey(cells);
  }

  /** What the collector must keep although no Go variable leads to it. */
  Iterable<Cells> pinnedCells() {
    return pinned.keySet();
  }

  /** The collector has found what is reachable. */
  void collected(Map<Object, Boolean> reachable) {
    for (GoRegions.Region r : regions.all()) {
      if (!r.dead && !reachable.containsKey(r.cells)) {
        r.dead = true;
        lives.of(m.last(), LifeStage.COLLECTED, r);
      }
    }
  }

  boolean clobbered(GoRegions.Region r) {
    if (r == null || !r.dead) {
      return false;
    }
    if (!env("GODEBUG").orElse("").contains("clobberfree=1")) {
      throw dead();
    }
    lives.used(current, r);
    return true;
  }

  OutOfModelException dead() {
    return new OutOfModelException(
        "C uses Go memory that the collector has taken back: what is there cannot be told,"
            + " except with GODEBUG=clobberfree=1");
  }

  // ---- threads

  /** The C thread a goroutine runs on. */
  CThread thread(Goroutine g) {
    Integer id = threadOf.get(g.id);
    if (id == null) {
      id = idleThreads.isEmpty() ? c.newThread().id() : idleThreads.removeLast();
      threadOf.put(g.id, id);
    }
    return c.thread(id);
  }

  CThread threadNumber(int id) {
    return c.thread(id);
  }

  /** A goroutine is outside C: another may have its thread. */
  void leave(Goroutine g, CThread t) {
    if (g.id != 1 && c.depth(t) == 0 && !g.system) {
      threadOf.remove(g.id);
      idleThreads.add(t.id());
    }
  }

  @Override
  public void threadMade(CThread t) {
    Goroutine g = m.startThread(CThreadStart.CODE);
    threadOf.put(g.id, t.id());
  }

  @Override
  public void threadEnded(CThread t) {
    wakeAll(new CThread.Wait.Join(t.id()));
  }

  @Override
  public void unlocked(long address) {
    wakeAll(new CThread.Wait.Mutex(address));
  }

  private void wakeAll(CThread.Wait what) {
    for (Map.Entry<Integer, Goroutine> e : new TreeMap<>(waiting).entrySet()) {
      CThread t = c.thread(e.getKey());
      if (t.waiting().filter(what::equals).isPresent()) {
        waiting.remove(e.getKey());
        m.ready(e.getValue(), false, current);
      }
    }
  }

  // ---- running

  /** Goes on with C; see {@link CMachine#run}. */
  CMachine.Stop run(Goroutine g, CThread t, int floor) {
    flush();
    Goroutine before = current;
    current = g;
    long from = c.steps();
    try {
      return c.run(t, floor, Machine.TIME_SLICE);
    } finally {
      m.steps += c.steps() - from;
      current = before;
    }
  }

  /** Something of the C library, for cgo's own helpers. */
  long library(Goroutine g, String name, long[] arguments, paniclab.model.c.CKind[] kinds) {
    flush();
    Goroutine before = current;
    current = g;
    try {
      return c.callLibrary(thread(g), name, arguments, kinds);
    } finally {
      current = before;
    }
  }

  /** Parks a goroutine whose C waits. */
  void park(Goroutine g, CThread t) {
    switch (t.waiting().orElseThrow()) {
      case CThread.Wait.Sleep(long nanos) -> {
        c.wake(t);
        m.sleepInSyscall(g, nanos);
      }
      case CThread.Wait.Join j -> hold(g, t);
      case CThread.Wait.Mutex x -> hold(g, t);
    }
  }

  private void hold(Goroutine g, CThread t) {
    waiting.put(t.id(), g);
    m.park(g, paniclab.model.trace.WaitReason.SYSCALL, "");
  }

  void resumed(CThread t) {
    c.wake(t);
  }

  // ---- the end

  /** What an exception out of C means for the process: never returns. */
  RuntimeException ended(Goroutine g, RuntimeException e) {
    return switch (e) {
      case CFault f -> die(g, f, "");
      case CAbort a ->
          die(g, new CFault(CFault.Signal.SIGABRT, CFault.SELF, 0), String.valueOf(a.getMessage()));
      case CExit x -> new ProcessExit(x.status(), "exit(3) in C");
      case COutside o -> new OutOfModelException(o.getMessage());
      default -> e;
    };
  }

  private RuntimeException die(Goroutine g, CFault f, String text) {
    CFault.Signal s = f.signal();
    if (!text.isEmpty()) {
      m.print(g, 2, GoString.of(text + "\n"));
    }
    if (standalone) {
      m.killed(g, s.name(), s.number());
    } else {
      m.dumped(g, s.name(), s.number(), header(f));
    }
    return new Machine.LimitReached();
  }

  /** Where C was: an address like one of a C library, for there is no machine code here. */
  private static final long PROGRAM_COUNTER = 0x7f52a40b2eecL;

  private static String header(CFault f) {
    CFault.Signal s = f.signal();
    StringBuilder b = new StringBuilder();
    b.append(s).append(": ").append(s.text()).append("\nPC=0x");
    b.append(Long.toHexString(f.isJump() ? f.address() : PROGRAM_COUNTER));
    b.append(" m=0 sigcode=").append(Long.toUnsignedString(f.code()));
    if (s == CFault.Signal.SIGSEGV || s == CFault.Signal.SIGBUS) {
      b.append(" addr=0x").append(Long.toHexString(f.address()));
    }
    b.append("\nsignal arrived during cgo execution\n");
    if (s == CFault.Signal.SIGFPE || s == CFault.Signal.SIGILL) {
      b.append("instruction bytes:").append(" 0x0".repeat(16)).append('\n');
    }
    return b.toString();
  }

  @Override
  public void write(int fd, byte[] bytes) {
    m.print(current, fd, GoString.wrap(bytes));
  }

  @Override
  public Optional<String> env(String name) {
    for (String e : m.options.env()) {
      if (e.startsWith(name + "=")) {
        return Optional.of(e.substring(name.length() + 1));
      }
    }
    return Optional.empty();
  }

  /** The position of a stub, for those that have none. */
  static Position stubPosition() {
    return new Position(TYPES_FILE, 1, 1);
  }
}
