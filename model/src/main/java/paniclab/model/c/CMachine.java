package paniclab.model.c;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Runs C functions. Frames are objects, so a call of Go in the middle is no more than a state to
 * come back to.
 */
public final class CMachine {
  /** Bytes of stack of a thread: what {@code ulimit -s} says by default. */
  public static final long STACK_BYTES = 8L << 20;

  /** What is mapped for it here: our frames may be larger than a compiler's. */
  private static final long STACK_ROOM = 64L << 20;

  private static final long TEXT = 0x4a0000;
  private static final long READ_ONLY = 0x4c0000;
  private static final long DATA = 0x590000;

  /** Return address, saved registers, alignment: at least, and at most. */
  private static final int FRAME_LEAST = 16;

  private static final int FRAME_MOST = 96;

  /** Why {@link #run} came back. */
  public enum Stop {
    /** The function it was called for has returned. */
    DONE,
    /** It has called Go: see {@link CThread#goCall}. */
    GO,
    /** It waits: see {@link CThread#waiting}. */
    WAIT,
    /** Its share of instructions is used up. */
    BUDGET
  }

  /** What C needs of the process around it. */
  public interface World {
    /** Output, at once. */
    void write(int fd, byte[] bytes);

    /** A thread was made and can run. */
    void threadMade(CThread thread);

    /** A thread has ended. */
    void threadEnded(CThread thread);

    /** A mutex is free again. */
    void unlocked(long address);

    /** The value of an environment variable. */
    Optional<String> env(String name);
  }

  private final CProgram program;
  private final CMemory memory;
  private final CHeap heap;
  private final World world;
  private final CLibrary library;
  private final boolean optimized;
  private final long[] data;
  private final int[] depths;
  private final Map<Integer, CThread> threads = new TreeMap<>();
  private int threadCount;
  private long steps;

  /**
   * Loads a program.
   *
   * @param optimized whether the compiler was told to optimize, as cgo does
   */
  public CMachine(CProgram program, CMemory memory, CHeap heap, World world, boolean optimized) {
    this.program = program;
    this.memory = memory;
    this.heap = heap;
    this.world = world;
    this.optimized = optimized;
    this.library = new CLibrary(this);
    this.data = new long[program.data().size()];
    this.depths = new int[program.functions().size()];
    for (int i = 0; i < depths.length; i++) {
      depths[i] = COp.depth(program.functions().get(i).code());
    }
    load();
  }

  private CMachine(CMachine from, World world) {
    program = from.program;
    memory = from.memory.copy();
    heap = from.heap.copy(memory);
    this.world = world;
    optimized = from.optimized;
    library = from.library.copy(this);
    data = from.data;
    depths = from.depths;
    threadCount = from.threadCount;
    steps = from.steps;
    reals.addAll(from.reals);
    from.threads.forEach((id, t) -> threads.put(id, copy(t)));
  }

  /** A second process in the same state. */
  public CMachine copy(World of) {
    return new CMachine(this, of);
  }

  private static CThread copy(CThread t) {
    CThread c = new CThread(t.id, t.stackTop);
    Map<CFrame, CFrame> map = new HashMap<>();
    c.top = copy(t.top, map);
    c.errno = t.errno;
    c.wait = t.wait;
    c.retry = t.retry;
    c.goCall = t.goCall;
    c.caught = t.caught;
    c.done = t.done;
    c.result = t.result;
    c.doubtful = t.doubtful;
    c.pointer = t.pointer;
    for (CThread.Handler h : t.handlers) {
      CFrame f = map.get(h.frame());
      if (f != null) {
        c.handlers.add(new CThread.Handler(f, h.pc(), h.values(), h.types()));
      }
    }
    return c;
  }

  private static CFrame copy(CFrame top, Map<CFrame, CFrame> map) {
    List<CFrame> stack = new ArrayList<>();
    for (CFrame f = top; f != CFrame.NONE; f = f.up) {
      stack.add(f);
    }
    CFrame up = CFrame.NONE;
    for (int i = stack.size() - 1; i >= 0; i--) {
      CFrame f = new CFrame(stack.get(i), up);
      map.put(stack.get(i), f);
      up = f;
    }
    return up;
  }

  private void load() {
    long[] next = {READ_ONLY, DATA};
    for (int i = 0; i < data.length; i++) {
      CProgram.Datum d = program.data().get(i);
      int k = d.readOnly() ? 0 : 1;
      long align = Math.max(d.align(), d.size() >= 32 ? 32 : 1);
      next[k] = (next[k] + align - 1) / align * align;
      data[i] = next[k];
      next[k] += Math.max(1, d.size());
    }
    memory.map(READ_ONLY, pages(next[0] - READ_ONLY), true, "read-only data");
    memory.map(DATA, pages(next[1] - DATA), true, "data");
    for (int i = 0; i < data.length; i++) {
      CProgram.Datum d = program.data().get(i);
      memory.put(data[i], d.bytes());
      for (CProgram.Reloc r : d.relocs()) {
        memory.store(
            data[i] + r.offset(),
            8,
            r.function() ? functionAddress(r.index()) : dataAddress(r.index()) + r.addend());
      }
      library.named(d, data[i]);
    }
    memory.map(READ_ONLY, pages(next[0] - READ_ONLY), false, "read-only data");
    memory.map(TEXT, pages(16L * program.functions().size()), false, "text");
  }

  private static long pages(long n) {
    return Math.max(1, (n + CMemory.PAGE - 1) / CMemory.PAGE) * CMemory.PAGE;
  }

  /** The memory. */
  public CMemory memory() {
    return memory;
  }

  /** The heap. */
  public CHeap heap() {
    return heap;
  }

  /** The program. */
  public CProgram program() {
    return program;
  }

  World world() {
    return world;
  }

  boolean optimized() {
    return optimized;
  }

  /** Operations executed so far. */
  public long steps() {
    return steps;
  }

  /** The address of a function; 0 of a weak one that nobody defines. */
  public long functionAddress(int number) {
    return isMissing(program.functions().get(number)) ? 0 : TEXT + 16L * number;
  }

  /** Whether the program was linked without a function that it names. */
  private boolean isMissing(CProgram.Function f) {
    return f.weak()
        && !f.defined()
        && !CLibrary.has(f.name())
        && program.export(f.name()).isEmpty();
  }

  private long dataAddress(int number) {
    CProgram.Datum d = program.data().get(number);
    return d.weak() && !d.defined() && library.isNone(d.name()) ? 0 : data[number];
  }

  /** The address of a variable or function that other files see. */
  public Optional<Long> address(String name) {
    for (int i = 0; i < data.length; i++) {
      if (program.data().get(i).name().equals(name)) {
        return Optional.of(dataAddress(i));
      }
    }
    return program.function(name).map(this::functionAddress);
  }

  /** The variable with static storage that an address lies in: where it begins and ends. */
  public Optional<long[]> variable(long address) {
    for (int i = 0; i < data.length; i++) {
      long size = program.data().get(i).size();
      if (address >= data[i] && address < data[i] + size) {
        return Optional.of(new long[] {data[i], data[i] + size});
      }
    }
    return Optional.empty();
  }

  /** A new thread with an empty stack. */
  public CThread newThread() {
    int id = threadCount++;
    long top = 0x7fffe3a00000L - id * (STACK_ROOM + (1L << 20)) - 0x2150;
    if (top - STACK_ROOM < CMemory.STACKS) {
      throw new COutside("more than " + id + " threads of C");
    }
    memory.map(top - STACK_ROOM & -CMemory.PAGE, STACK_ROOM + 0x3000, true, "stack");
    CThread t = new CThread(id, top);
    threads.put(id, t);
    return t;
  }

  /** The thread of a number. */
  public CThread thread(int id) {
    CThread t = threads.get(id);
    if (t == null) {
      throw new IllegalArgumentException("there is no thread " + id + " of C");
    }
    return t;
  }

  boolean hasThread(int id) {
    return threads.containsKey(id);
  }

  /** errno of a thread. */
  public int errno(CThread t) {
    return library.errno(t);
  }

  /** Sets errno, as cgo does before a call that asks for it. */
  public void clearErrno(CThread t) {
    t.errno = 0;
    library.clearErrno(t);
  }

  /** Writes what stdio holds back. */
  public void flush() {
    library.flushAll();
  }

  /** Room on a thread's stack that stays until the next {@link #release}. */
  public long reserve(CThread t, int bytes) {
    t.pointer = t.pointer - bytes & -16;
    memory.undefine(t.pointer, bytes);
    reals.subSet(t.pointer, t.pointer + bytes).clear();
    return t.pointer;
  }

  /** Where the stack ends when nothing is on it. */
  public long stackTop(CThread t) {
    return t.stackTop;
  }

  /** Where the stack ends now; for {@link #release}. */
  public long stackPointer(CThread t) {
    return t.pointer;
  }

  /** Gives back what was reserved since. */
  public void release(CThread t, long pointer) {
    t.pointer = pointer;
  }

  // ---- calls

  /** Begins a call; {@link #run} goes on with it. What is not defined here is the C library's. */
  public void call(CThread t, int number, long[] arguments) {
    CProgram.Function f = program.functions().get(number);
    if (f.defined()) {
      push(t, number, arguments);
      t.top.outermost = true;
      return;
    }
    requirePresent(f);
    throw new COutside("not supported by the model: C function " + f.name());
  }

  /** A call of what is not there is a jump to address 0. */
  private void requirePresent(CProgram.Function f) {
    if (isMissing(f)) {
      throw CFault.jump(0);
    }
  }

  /** A call of a function of the C library that cannot wait. */
  public long callLibrary(CThread t, String name, long[] arguments, CKind[] kinds) {
    heap.thread(t.id);
    return library.call(t, name, arguments, kinds);
  }

  /** Whether the C library that we have knows a function. */
  public boolean inLibrary(String name) {
    return CLibrary.has(name);
  }

  private void push(CThread t, int number, long[] arguments) {
    CProgram.Function f = program.functions().get(number);
    long sure = FRAME_LEAST + (optimized ? f.sure() : f.frame());
    long most = f.frame() + FRAME_MOST;
    CFrame up = t.top;
    sure += up.sure;
    most += up.most;
    long base = t.pointer - f.frame() - 32 & -16;
    if (sure > STACK_BYTES) {
      overflow(t, f, base);
    }
    if (most > STACK_BYTES) {
      if (most > STACK_ROOM) {
        throw doubtful();
      }
      t.doubtful = true;
    }
    CFrame frame = new CFrame(number, f, up, base, sure, most, depths[number]);
    memory.undefine(base, f.frame());
    reals.subSet(base, t.pointer).clear();
    for (int i = 0; i < f.params().size(); i++) {
      CProgram.Param p = f.params().get(i);
      if (p.kind() == CKind.AGGREGATE) {
        memory.copy(base + p.offset(), arguments[i], p.size());
      } else {
        memory.store(base + p.offset(), p.kind(), arguments[i]);
      }
    }
    t.pointer = base;
    t.top = frame;
  }

  private void overflow(CThread t, CProgram.Function f, long base) {
    if (optimized) {
      for (CFrame c = t.top; c != CFrame.NONE && c.function != f; c = c.up) {
        if (c.function.sure() > 0) {
          break;
        }
      }
      if (f.sure() == 0) {
        throw new COutside(
            "a recursion of C function "
                + f.name()
                + " that overflows the stack, unless gcc -O2 turns it into a loop");
      }
    }
    throw new CFault(CFault.Signal.SIGSEGV, 1, base);
  }

  private static COutside doubtful() {
    return new COutside(
        "recursion in C so deep that it depends on gcc's frames whether the stack overflows");
  }

  /** Gives C the result of the Go function it called. */
  public void returnFromGo(CThread t, CThread.GoCall c, long result) {
    CFrame f = t.top;
    t.goCall = Optional.empty();
    if (c.declaration().result() != CKind.VOID) {
      f.push(result);
    }
  }

  /** Takes the frames of a call off again, as a Go panic does that passes over them. */
  public void unwind(CThread t, int frames, long pointer) {
    while (depth(t) > frames) {
      t.top = t.top.up;
    }
    t.handlers.removeIf(h -> !isOn(t, h.frame()));
    t.goCall = Optional.empty();
    t.pointer = pointer;
  }

  private static boolean isOn(CThread t, CFrame f) {
    for (CFrame g = t.top; g != CFrame.NONE; g = g.up) {
      if (g == f) {
        return true;
      }
    }
    return false;
  }

  /** How many frames are in progress. */
  public int depth(CThread t) {
    int n = 0;
    for (CFrame f = t.top; f != CFrame.NONE; f = f.up) {
      n++;
    }
    return n;
  }

  /** The wait is over. */
  public void wake(CThread t) {
    t.wait = Optional.empty();
  }

  /** What the call that {@link Stop#DONE} ended returned. */
  public long result(CThread t) {
    return t.result;
  }

  /**
   * Goes on with a thread until the frames are no more than {@code floor}, it calls Go, waits, or
   * has done {@code budget} operations.
   */
  public Stop run(CThread t, int floor, long budget) {
    heap.thread(t.id);
    long end = steps + budget;
    int depth = depth(t);
    while (true) {
      CFrame f = t.top;
      if (depth <= floor) {
        return Stop.DONE;
      }
      if (steps >= end) {
        return Stop.BUDGET;
      }
      long[] code = f.function.code();
      int pc = f.pc;
      steps++;
      f.pc = pc + COp.length(code, pc);
      switch ((int) code[pc]) {
        case COp.CONST -> f.push(code[pc + 1]);
        case COp.LOCAL -> f.push(f.base + code[pc + 1]);
        case COp.GLOBAL -> f.push(global((int) code[pc + 1]) + code[pc + 2]);
        case COp.FUNC -> f.push(functionAddress((int) code[pc + 1]));
        case COp.LOAD -> load(f, code, pc);
        case COp.STORE -> {
          CKind k = CKind.of(code[pc + 1]);
          long v = f.pop();
          long to = f.pop();
          if (code[pc + 2] != 0) {
            heap.volatileStore(to, k.size());
          } else if (optimized) {
            heap.checkStore(to, k.size());
          }
          memory.store(to, k, v);
          if (optimized && (k.isReal() || !reals.isEmpty())) {
            if (k.isReal()) {
              reals.add(to);
            } else {
              reals.remove(to);
            }
          }
          f.push(v);
        }
        case COp.BINARY -> {
          long y = f.pop();
          long x = f.pop();
          if (optimized) {
            CArithmetic.requireDefined((int) code[pc + 1], CKind.of(code[pc + 2]), x, y);
          }
          f.push(CArithmetic.binary((int) code[pc + 1], CKind.of(code[pc + 2]), x, y));
        }
        case COp.UNARY ->
            f.push(CArithmetic.unary((int) code[pc + 1], CKind.of(code[pc + 2]), f.pop()));
        case COp.CONVERT ->
            f.push(CArithmetic.convert(CKind.of(code[pc + 1]), CKind.of(code[pc + 2]), f.pop()));
        case COp.JUMP -> f.pc = (int) code[pc + 1];
        case COp.FALSE -> f.pc = f.pop() == 0 ? (int) code[pc + 1] : f.pc;
        case COp.TRUE -> f.pc = f.pop() != 0 ? (int) code[pc + 1] : f.pc;
        case COp.POP -> f.depth--;
        case COp.DUP -> f.push(f.values[f.depth - 1]);
        case COp.SET -> f.registers[(int) code[pc + 1]] = f.pop();
        case COp.GET -> f.push(f.registers[(int) code[pc + 1]]);
        case COp.COPY -> {
          long from = f.pop();
          memory.copy(f.values[f.depth - 1], from, code[pc + 1]);
        }
        case COp.ZERO -> memory.fill(f.pop(), 0, code[pc + 1]);
        case COp.DIVISOR -> {
          if (f.values[f.depth - 1] == 0 && (code[pc + 1] != 0 || optimized)) {
            throw new COutside("a division in C that gcc compiles as if its divisor were not 0");
          }
        }
        case COp.LINE -> f.line = (int) code[pc + 1];
        case COp.RETURN -> {
          returned(t, f, code[pc + 1] != 0);
          depth--;
        }
        case COp.CALL, COp.CALL_POINTER -> {
          Optional<Stop> stop = invoke(t, f, code, pc);
          if (stop.isPresent()) {
            return stop.get();
          }
          depth = depth(t, f, depth);
        }
        default -> throw new IllegalStateException("C operation " + code[pc]);
      }
    }
  }

  /**
   * The depth after a call from a frame: one more, the same, or fewer if an exception was caught.
   */
  private int depth(CThread t, CFrame f, int before) {
    return t.top == f ? before : t.top.up == f ? before + 1 : depth(t);
  }

  private long global(int i) {
    CProgram.Datum d = program.data().get(i);
    if (!d.defined() && !d.weak() && library.isNone(d.name())) {
      throw new COutside("C variable " + d.name() + ", which is defined nowhere");
    }
    return dataAddress(i);
  }

  /** Addresses whose last value was a float or double that C stored. */
  private final TreeSet<Long> reals = new TreeSet<>();

  private void load(CFrame f, long[] code, int pc) {
    long address = f.pop();
    CKind k = CKind.of(code[pc + 1]);
    if (address >= CMemory.STACKS && !memory.isDefined(address, k.size())) {
      throw new COutside(
          "C reads a local variable that was never set: its value is whatever gcc left");
    }
    if (optimized && code[pc + 2] == 0 && !k.isReal() && k.size() > 1 && reals.contains(address)) {
      throw new COutside("C reads a float as an integer: gcc may take them for two variables");
    }
    try {
      f.push(memory.load(address, k));
    } catch (CFault e) {
      if (optimized && (code[pc + 2] & 1) == 0 && !CUse.isSure(f)) {
        throw new COutside(
            "C reads a bad address and does not need the value: gcc may leave the read out");
      }
      throw e;
    }
  }

  private void returned(CThread t, CFrame f, boolean value) {
    if (t.doubtful) {
      throw doubtful();
    }
    long v = value ? f.pop() : 0;
    t.top = f.up;
    t.pointer = f.up == CFrame.NONE ? t.stackTop : f.base + f.function.frame() + 32;
    t.result = v;
    if (!t.handlers.isEmpty()) {
      t.handlers.removeIf(h -> h.frame() == f);
    }
    if (f.up != CFrame.NONE && f.function.result() != CKind.VOID && !f.outermost) {
      f.up.push(v);
    }
  }

  private Optional<Stop> invoke(CThread t, CFrame f, long[] code, int pc) {
    boolean direct = code[pc] == COp.CALL;
    int n = (int) code[pc + (direct ? 2 : 1)];
    boolean hasResult = code[pc + (direct ? 3 : 2)] != 0;
    int kindsAt = pc + (direct ? 4 : 3);
    CKind[] kinds = new CKind[n];
    long[] arguments = new long[n];
    for (int i = 0; i < n; i++) {
      kinds[i] = CKind.of(code[kindsAt + i]);
      arguments[i] = f.values[f.depth - n + i];
    }
    int number = direct ? (int) code[pc + 1] : function(f.values[f.depth - n - 1]);
    int taken = n + (direct ? 0 : 1);
    CProgram.Function callee = program.functions().get(number);
    if (callee.defined()) {
      f.depth -= taken;
      push(t, number, arguments);
      return Optional.empty();
    }
    Optional<CProgram.Export> export = program.export(callee.name());
    if (export.isPresent()) {
      f.depth -= taken;
      t.goCall = Optional.of(new CThread.GoCall(export.get(), arguments, callee));
      return Optional.of(Stop.GO);
    }
    requirePresent(callee);
    t.retry = false;
    f.depth -= taken;
    if (optimized && callee.name().equals("free")) {
      library.checkFree(f, arguments[0]);
    }
    long r;
    try {
      r = library.call(t, callee.name(), arguments, kinds);
    } catch (CCaught e) {
      return Optional.empty(); // an exception was caught, here or further out
    }
    if (t.retry) {
      f.depth += taken;
      f.pc = pc;
      return Optional.of(Stop.WAIT);
    }
    if (hasResult) {
      f.push(r);
      library.allocated(f, callee.name(), r);
      if (r != 0 && !reals.isEmpty() && callee.name().endsWith("alloc")) {
        reals.subSet(r, r + heap.usable(r)).clear();
      }
    }
    return t.wait.isPresent() ? Optional.of(Stop.WAIT) : Optional.empty();
  }

  private int function(long address) {
    long i = (address - TEXT) / 16;
    if (address < TEXT || i >= program.functions().size() || (address - TEXT) % 16 != 0) {
      if (address == 0 || memory.range(address).isEmpty()) {
        throw CFault.jump(address);
      }
      throw new COutside("a C call of an address that is no function");
    }
    return (int) i;
  }

  /** Begins a thread of C at a function, for pthread_create. */
  CThread startThread(long function, long argument) {
    int number = function(function);
    if (!program.functions().get(number).defined()) {
      throw new COutside("a C thread that begins in the library");
    }
    CThread t = newThread();
    push(t, number, new long[] {argument});
    t.top.outermost = true;
    world.threadMade(t);
    return t;
  }

  /** A thread's first function has returned. */
  public void endThread(CThread t) {
    t.done = true;
    world.threadEnded(t);
  }
}
