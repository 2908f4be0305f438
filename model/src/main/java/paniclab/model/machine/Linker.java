package paniclab.model.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;
import paniclab.model.program.Position;

/**
 * Turns a function in SSA form into the interpreter's operations.
 *
 * <p>Registers are numbered apart for longs and references; constants are registers that a frame
 * starts with. Phis become moves on the edges. In a fine image every load and store is a {@link
 * Slow}, so that a search can stop before it; otherwise the common pairs are fused.
 */
final class Linker {
  private final Image image;
  private final Code code;
  private final Function fn;
  private final boolean fine;

  private int[] ops = new int[64];
  private Position[] at = new Position[64];
  private int pc;
  private Position position = Position.NONE;

  private final List<Slow> slows = new ArrayList<>();
  private final List<Code.Site> sites = new ArrayList<>();
  private long[] longs = new long[16];
  private Object[] refs = new Object[8];
  private int longCount;
  private int refCount;
  private int[] where = {};
  private final Map<Object, Integer> constants = new HashMap<>();
  private int[] uses = {};
  private int[] blockPc = {};
  private final List<int[]> fixups = new ArrayList<>();
  private final List<WaitLiveness.Wait> waits = new ArrayList<>();
  private final Map<Integer, String> names = new HashMap<>();

  /** By operation: the number of its instruction; null unless somebody wants to know. */
  private int[] owner;

  private int instruction;

  Linker(Image image, Code code) {
    this.image = image;
    this.code = code;
    this.fn = code.function;
    this.fine = image.fine;
  }

  /** The code of bridges: what a call does that returns into one. */
  static Code bridgeCode() {
    Code c = new Code(panicCode().function);
    c.ops = new int[] {Op.SLOW, 0};
    c.at = new Position[] {Position.NONE, Position.NONE};
    c.slows = new Slow[] {Bridge::returned};
    return c;
  }

  /** The code of panic frames: one operation, done again and again. */
  static Code panicCode() {
    Function f =
        new Function(
            "runtime.gopanic",
            "runtime.gopanic",
            "runtime",
            Function.Origin.EXTERNAL,
            Position.NONE,
            new GoType.Signature(List.of(), List.of(), false),
            0,
            0,
            List.of(),
            List.of(),
            OptionalInt.empty());
    Code c = new Code(f);
    c.ops = new int[] {Op.SLOW, 0};
    c.at = new Position[] {Position.NONE, Position.NONE};
    c.refs = new Object[1];
    c.slows =
        new Slow[] {
          new Slow() {
            @Override
            public int run(Machine m, Goroutine g, Frame f) {
              return Panics.turn(m, g, (PanicFrame) f);
            }

            @Override
            public boolean visible() {
              return true;
            }

            @Override
            public Operation operation(Machine m, Goroutine g, Frame f) {
              return Panics.willCrash((PanicFrame) f)
                  ? Operation.on(Operation.OUTPUT, Operation.Kind.WRITE)
                  : Operation.NONE;
            }
          }
        };
    c.words = 20;
    return c;
  }

  void link() {
    code.user = image.program.isUserPackage(fn.packagePath());
    code.wrapper = fn.origin() == Function.Origin.WRAPPER || fn.name().startsWith(Cgo.EXPORT);
    allocateSlots();
    if (fn.origin() == Function.Origin.EXTERNAL || fn.blocks().isEmpty()) {
      external();
    } else {
      body();
    }
    code.ops = Arrays.copyOf(ops, pc);
    code.at = Arrays.copyOf(at, pc);
    code.slows = slows.toArray(Slow[]::new);
    code.sites = sites.toArray(Code.Site[]::new);
    code.longs = Arrays.copyOf(longs, longCount);
    code.refs = Arrays.copyOf(refs, refCount);
    code.where = where;
    code.waits = List.copyOf(waits);
    code.result = resultKind(fn.signature().results());
    FrameSizes.set(image, code);
  }

  /** Links and says of each operation which instruction it was made of; see {@link Liveness}. */
  int[] owners() {
    owner = new int[0];
    link();
    return Arrays.copyOf(owner, pc);
  }

  /** The registers of the slots: number * 2, + 1 for a reference. */
  int[] where() {
    return where;
  }

  private int resultKind(List<GoType> results) {
    return results.isEmpty()
        ? 0
        : results.size() == 1 && image.type(results.getFirst()).isLong() ? 1 : 2;
  }

  /** The function gives its own frame away. */
  void ownsDeferStack() {
    code.ownsDeferStack = true;
  }

  // ---- registers

  private void allocateSlots() {
    int n = fn.slots().size();
    where = new int[n];
    code.parameterIsRef = new boolean[fn.parameterCount()];
    code.free = new int[fn.freeVariableCount()];
    for (int i = 0; i < n; i++) {
      boolean isLong = image.type(fn.slots().get(i).type()).isLong();
      where[i] = isLong ? newLong(0) << 1 : newRef(null) << 1 | 1;
      if (i < fn.parameterCount()) {
        code.parameterIsRef[i] = !isLong;
      } else if (i < fn.parameterCount() + fn.freeVariableCount()) {
        code.free[i - fn.parameterCount()] = where[i];
      }
    }
  }

  int newLong(long v) {
    if (longCount == longs.length) {
      longs = Arrays.copyOf(longs, longCount * 2);
    }
    longs[longCount] = v;
    return longCount++;
  }

  int newRef(Object v) {
    if (refCount == refs.length) {
      refs = Arrays.copyOf(refs, refCount * 2);
    }
    refs[refCount] = v;
    return refCount++;
  }

  private int constLong(long v) {
    return constants.computeIfAbsent(v, k -> newLong(v)) << 1;
  }

  private int constRef(Object key, Object v) {
    return constants.computeIfAbsent(key, k -> newRef(v)) << 1 | 1;
  }

  /** The register of an operand: number * 2, + 1 for a reference. */
  int operand(Operand o) {
    return switch (o) {
      case Operand.Register r -> where[r.slot()];
      case Operand.BoolConst b -> constLong(b.value() ? 1 : 0);
      case Operand.IntConst i when !image.type(i.type()).isLong() ->
          constRef("address " + i.value(), RawMemory.at(image, i.value()));
      case Operand.IntConst i ->
          kind(i.type()).isFloat()
              ? constLong(Double.doubleToRawLongBits((double) i.value()))
              : constLong(i.value());
      case Operand.FloatConst d ->
          constLong(
              Double.doubleToRawLongBits(
                  kind(d.type()) == GoType.Kind.FLOAT32 ? (float) d.value() : d.value()));
      case Operand.ComplexConst c -> constRef(c, new ComplexValue(c.real(), c.imaginary()));
      case Operand.StringConst s -> {
        image.constant(s.value());
        yield constRef(s.value(), s.value());
      }
      case Operand.ZeroConst z -> {
        RType t = image.type(z.type());
        yield t.isLong() ? constLong(0) : constRef("zero " + t.id, t.zeroRef());
      }
      case Operand.FunctionRef f ->
          constRef("func " + f.name(), new Closure(f.name(), new long[0], new Object[0]));
      case Operand.GlobalRef g -> {
        int r = newRef(null);
        emit(Op.GLOBAL, r, image.global(g.name()));
        yield r << 1 | 1;
      }
    };
  }

  /** The index of an operand that is held in a long. */
  int lo(Operand o) {
    int e = operand(o);
    if ((e & 1) != 0) {
      throw new IllegalStateException(o + " is no long in " + fn.name());
    }
    return e >> 1;
  }

  /** The index of an operand that is held in a reference. */
  int ref(Operand o) {
    int e = operand(o);
    if ((e & 1) == 0) {
      throw new IllegalStateException(o + " is no reference in " + fn.name());
    }
    return e >> 1;
  }

  int dst(int slot) {
    return where[slot] >> 1;
  }

  boolean dstIsRef(int slot) {
    return (where[slot] & 1) != 0;
  }

  boolean isUser() {
    return code.user;
  }

  /** Whether a pointer is only loaded through: then a copy of the target serves as well. */
  boolean readOnlyArray(int slot) {
    for (Function.Block b : fn.blocks()) {
      for (Instruction in : b.instructions()) {
        boolean load = in instanceof Instruction.UnOp o && o.op().equals("*");
        for (Operand o : Operands.of(in)) {
          if (is(o, slot) && !load) {
            return false;
          }
        }
      }
    }
    return true;
  }

  static GoType.Kind kind(GoType t) {
    return t.basicKind().orElse(GoType.Kind.UNTYPED_NIL);
  }

  Image image() {
    return image;
  }

  Function function() {
    return fn;
  }

  boolean fine() {
    return fine;
  }

  /** A name for what an allocation makes: the variable it goes to, or empty. */
  String nameOf(int slot) {
    String v = fn.slots().get(slot).variable();
    return v.isEmpty() ? names.getOrDefault(slot, "") : v;
  }

  // ---- emitting

  int emit(int... op) {
    int start = pc;
    while (pc + op.length > ops.length) {
      ops = Arrays.copyOf(ops, ops.length * 2);
      at = Arrays.copyOf(at, at.length * 2);
    }
    for (int x : op) {
      at[pc] = position;
      ops[pc++] = x;
    }
    if (owner != null) {
      owner = Arrays.copyOf(owner, ops.length);
      Arrays.fill(owner, start, pc, instruction);
    }
    return start;
  }

  void slow(Slow s) {
    slows.add(s);
    emit(Op.SLOW, slows.size() - 1);
  }

  int site(String name) {
    sites.add(new Code.Site(name, position.line(), code));
    return sites.size() - 1;
  }

  // ---- a body

  private void body() {
    countUses();
    nameAllocations();
    int n = fn.blocks().size();
    blockPc = new int[n];
    Arrays.fill(blockPc, -1);
    boolean defers = false;
    int numbered = 0;
    for (int b = 0; b < n; b++) {
      blockPc[b] = pc;
      List<Instruction> list = fn.blocks().get(b).instructions();
      int before = numbered;
      numbered += list.size();
      for (int i = 0; i < list.size(); i++) {
        Instruction in = list.get(i);
        instruction = before + i;
        position = in.position();
        defers |= in instanceof Instruction.Defer || in instanceof Instruction.RunDefers;
        int start = pc;
        int taken = instruction(list, i, b);
        if (in instanceof Instruction.CallInstruction) {
          waits.add(new WaitLiveness.Wait(pc, false, b, i));
        } else if (in instanceof Instruction.RunDefers) {
          waits.add(new WaitLiveness.Wait(start, true, b, i));
        }
        i += taken;
      }
    }
    instruction = -1;
    if (defers || fn.recoverBlock().isPresent()) {
      recoverTrailer();
    }
    for (int[] f : fixups) {
      ops[f[0]] = blockPc[f[1]];
    }
  }

  private void recoverTrailer() {
    code.recoverPc = pc;
    slow(Panics::runDefers);
    if (fn.recoverBlock().isPresent()) {
      jump(-1, fn.recoverBlock().getAsInt());
    } else {
      List<Operand> zeros = new ArrayList<>();
      for (GoType t : fn.signature().results()) {
        zeros.add(new Operand.ZeroConst(t));
      }
      returns(zeros);
    }
  }

  private void countUses() {
    uses = new int[fn.slots().size()];
    for (Function.Block b : fn.blocks()) {
      for (Instruction in : b.instructions()) {
        for (Operand o : Operands.of(in)) {
          if (o instanceof Operand.Register r) {
            uses[r.slot()]++;
          }
        }
      }
    }
  }

  /** A channel or variable takes the name of the variable it is stored to. */
  private void nameAllocations() {
    Map<Integer, String> allocated = new HashMap<>();
    for (Function.Block b : fn.blocks()) {
      for (Instruction in : b.instructions()) {
        if (in instanceof Instruction.Alloc a) {
          allocated.put(a.dst(), a.name());
        } else if (in instanceof Instruction.Store s && s.value() instanceof Operand.Register v) {
          if (s.address() instanceof Operand.Register r && allocated.containsKey(r.slot())) {
            names.putIfAbsent(v.slot(), allocated.get(r.slot()));
          } else if (s.address() instanceof Operand.GlobalRef g) {
            names.putIfAbsent(v.slot(), g.name().substring(g.name().lastIndexOf('.') + 1));
          }
        }
      }
    }
  }

  /** Links one instruction; returns how many following ones it took along. */
  private int instruction(List<Instruction> list, int i, int block) {
    Instruction in = list.get(i);
    switch (in) {
      case Instruction.BinOp o -> {
        if (i + 1 < list.size()
            && list.get(i + 1) instanceof Instruction.If c
            && c.condition() instanceof Operand.Register r
            && r.slot() == o.dst()
            && uses[o.dst()] == 1
            && fusedIf(o, c, block)) {
          return 1;
        }
        Arithmetic.binary(this, o);
      }
      case Instruction.If c -> branch(emit(Op.IF, lo(c.condition()), -1, -1) + 2, c, block);
      case Instruction.Jump j -> jump(block, j.block());
      case Instruction.Return r -> returns(r.results());
      case Instruction.Phi p -> {}
      case Instruction.FieldAddr a when StackValues.isUnknown(this, a.structType(), a.field()) ->
          slow(StackValues.STATISTICS);
      case Instruction.Field f when StackValues.isUnknown(this, f.structType(), f.field()) ->
          slow(StackValues.STATISTICS);
      case Instruction.FieldAddr a -> {
        if (!fine && fuseField(a, list, i)) {
          return 1;
        }
        emit(Op.FIELD, dst(a.dst()), ref(a.x()), a.field());
      }
      case Instruction.IndexAddr a -> {
        if (!fine && fuseIndex(a, list, i)) {
          return 1;
        }
        Memory.indexAddr(this, a);
      }
      case Instruction.CallInstruction c -> Calls.call(this, c);
      case Instruction.Go g -> Calls.go(this, g);
      case Instruction.Defer d -> Calls.defer(this, d);
      case Instruction.RunDefers r -> slow(Panics::runDefers);
      case Instruction.Panic p -> {
        int x = ref(p.x());
        slow((m, g, f) -> {
          Panics.panicInstruction(m, g, f, (InterfaceValue) f.refs[x]);
          return Slow.SWITCH;
        });
      }
      case Instruction.Extract e -> {
        if (dstIsRef(e.dst())) {
          emit(Op.EXTRACTR, dst(e.dst()), ref(e.tuple()), e.index());
        } else {
          emit(Op.EXTRACTL, dst(e.dst()), ref(e.tuple()), e.index());
        }
      }
      case Instruction.UnOp o -> {
        switch (o.op()) {
          case "*" -> Memory.load(this, o);
          case "<-" -> Channels.receive(this, o);
          default -> Arithmetic.unary(this, o);
        }
      }
      case Instruction.Send s -> Channels.send(this, s);
      case Instruction.Select s -> Channels.select(this, s);
      case Instruction.MakeChan c -> Channels.make(this, c);
      case Instruction.Alloc a -> Memory.alloc(this, a);
      case Instruction.Store s -> Memory.store(this, s);
      case Instruction.Field f -> Memory.field(this, f);
      case Instruction.Index x -> Memory.index(this, x);
      case Instruction.Slice s -> Memory.slice(this, s);
      case Instruction.MakeSlice s -> Memory.makeSlice(this, s);
      case Instruction.SliceToArrayPointer s -> Memory.sliceToArrayPointer(this, s);
      case Instruction.Lookup l -> Maps.lookup(this, l);
      case Instruction.MapUpdate u -> Maps.update(this, u);
      case Instruction.MakeMap x -> Maps.make(this, x);
      case Instruction.Range r -> Maps.range(this, r);
      case Instruction.Next x -> Maps.next(this, x);
      case Instruction.MakeClosure c -> Calls.closure(this, c);
      case Instruction.MakeInterface x -> Interfaces.make(this, x);
      case Instruction.TypeAssert t -> Interfaces.typeAssert(this, t);
      case Instruction.ChangeInterface c -> move(c.dst(), c.x());
      case Instruction.ChangeType c -> move(c.dst(), c.x());
      case Instruction.Convert c -> Conversions.convert(this, c.dst(), c.x(), c.xType(), c.type());
      case Instruction.MultiConvert c ->
          Conversions.convert(this, c.dst(), c.x(), c.xType(), c.type());
    }
    return 0;
  }

  void move(int dstSlot, Operand x) {
    int e = operand(x);
    emit((e & 1) == 0 ? Op.MOVL : Op.MOVR, dst(dstSlot), e >> 1);
  }

  /** Returns; in main.main that is the end of the process, which others may notice. */
  private void returns(List<Operand> results) {
    if (fine && fn.name().equals(image.program.mainFunction())) {
      slow(new VisibleEnd());
    }
    if (results.isEmpty()) {
      emit(Op.RET);
    } else if (results.size() == 1) {
      int e = operand(results.getFirst());
      emit((e & 1) == 0 ? Op.RETL : Op.RETR, e >> 1);
    } else {
      int[] from = new int[results.size()];
      boolean anyLong = false;
      boolean anyRef = false;
      for (int i = 0; i < from.length; i++) {
        from[i] = operand(results.get(i));
        anyLong |= (from[i] & 1) == 0;
        anyRef |= (from[i] & 1) != 0;
      }
      int tuple = newRef(null);
      boolean hasLong = anyLong;
      boolean hasRef = anyRef;
      slow((m, g, f) -> {
        Cells c =
            new Cells(
                hasLong ? new long[from.length] : null, hasRef ? new Object[from.length] : null);
        for (int i = 0; i < from.length; i++) {
          if ((from[i] & 1) == 0) {
            c.longs[i] = f.longs[from[i] >> 1];
          } else {
            c.refs[i] = f.refs[from[i] >> 1];
          }
        }
        f.refs[tuple] = c;
        return Slow.NEXT;
      });
      emit(Op.RETR, tuple);
    }
  }

  /** The end of main as an operation that output of others depends on. */
  private static final class VisibleEnd implements Slow {
    @Override
    public int run(Machine m, Goroutine g, Frame f) {
      return NEXT;
    }

    @Override
    public boolean visible() {
      return true;
    }

    @Override
    public Operation operation(Machine m, Goroutine g, Frame f) {
      return Operation.on(Operation.OUTPUT, Operation.Kind.WRITE);
    }
  }

  // ---- control flow

  private boolean fusedIf(Instruction.BinOp o, Instruction.If c, int block) {
    GoType.Kind k = kind(o.xType());
    if (!k.isInteger() && k != GoType.Kind.BOOL) {
      return false;
    }
    boolean unsigned = k.isUnsigned();
    int op;
    boolean swap = false;
    switch (o.op()) {
      case "==" -> op = Op.IFEQ;
      case "!=" -> op = Op.IFNE;
      case "<" -> op = unsigned ? Op.IFULT : Op.IFLT;
      case "<=" -> op = unsigned ? Op.IFULE : Op.IFLE;
      case ">" -> {
        op = unsigned ? Op.IFULT : Op.IFLT;
        swap = true;
      }
      case ">=" -> {
        op = unsigned ? Op.IFULE : Op.IFLE;
        swap = true;
      }
      default -> {
        return false;
      }
    }
    int x = lo(o.x());
    int y = lo(o.y());
    branch(emit(op, swap ? y : x, swap ? x : y, -1, -1) + 3, c, block);
    return true;
  }

  /** Where the two edges of a branch lead: to the block, or to the moves that come before it. */
  private void branch(int targets, Instruction.If c, int block) {
    edge(targets, block, c.thenBlock());
    edge(targets + 1, block, c.elseBlock());
  }

  private void edge(int target, int from, int to) {
    int stub = pc;
    List<int[]> moves = moves(from, fn.blocks().get(to));
    if (moves.isEmpty()) {
      fixups.add(new int[] {target, to});
    } else {
      ops[target] = stub;
      jump(moves, to, -1);
    }
  }

  /** The moves of the phis of the target, and the jump. */
  private void jump(int from, int to) {
    jump(from < 0 ? List.of() : moves(from, fn.blocks().get(to)), to, 0);
  }

  /**
   * Moves, and a jump that takes along the last of them: dispatching an operation costs more than
   * what it does.
   */
  private void jump(List<int[]> moves, int to, int steps) {
    int n = moves.size();
    int along = 0;
    while (along < 2 && along < n && isLong(moves.get(n - 1 - along))) {
      along++;
    }
    moves.subList(0, n - along).forEach(mv -> emitMove(mv[0], mv[1]));
    int op = along == 0 ? Op.JUMP : along == 1 ? Op.MOVEJUMP : Op.MOVESJUMP;
    int[] whole = new int[3 + 2 * along];
    whole[0] = op;
    whole[1] = -1;
    whole[2] = steps;
    for (int i = 0; i < along; i++) {
      int[] mv = moves.get(n - along + i);
      whole[3 + 2 * i] = mv[0] >> 1;
      whole[4 + 2 * i] = mv[1] >> 1;
    }
    fixups.add(new int[] {emit(whole) + 1, to});
  }

  private static boolean isLong(int[] move) {
    return (move[0] & 1) == 0;
  }

  /** What the phis of a block need on one of its edges, in an order that overwrites no source. */
  private List<int[]> moves(int from, Function.Block target) {
    List<int[]> moves = new ArrayList<>();
    int edge = target.predecessors().indexOf(from);
    for (Instruction in : target.instructions()) {
      if (!(in instanceof Instruction.Phi p)) {
        break;
      }
      int e = operand(p.edges().get(edge));
      int d = where[p.dst()];
      if (e != d) {
        moves.add(new int[] {d, e});
      }
    }
    Set<Integer> targets = new HashSet<>();
    boolean clash = false;
    for (int[] mv : moves) {
      clash |= targets.contains(mv[1]);
      targets.add(mv[0]);
    }
    if (!clash) {
      return moves;
    }
    List<int[]> safe = new ArrayList<>();
    for (int[] mv : moves) {
      int temp = (mv[1] & 1) == 0 ? newLong(0) << 1 : newRef(null) << 1 | 1;
      safe.add(new int[] {temp, mv[1]});
    }
    for (int i = 0; i < moves.size(); i++) {
      safe.add(new int[] {moves.get(i)[0], safe.get(i)[0]});
    }
    return safe;
  }

  private void emitMove(int to, int from) {
    emit((to & 1) == 0 ? Op.MOVL : Op.MOVR, to >> 1, from >> 1);
  }

  // ---- fusing an address with the load or store that uses it

  private boolean fuseField(Instruction.FieldAddr a, List<Instruction> list, int i) {
    if (i + 1 >= list.size() || uses[a.dst()] != 1) {
      return false;
    }
    Instruction next = list.get(i + 1);
    if (next instanceof Instruction.UnOp o && o.op().equals("*") && is(o.x(), a.dst())) {
      RType t = image.type(o.type());
      if (t.shape == RType.Shape.CELLS) {
        return false;
      }
      emit(t.isLong() ? Op.FLOADL : Op.FLOADR, dst(o.dst()), ref(a.x()), a.field());
      return true;
    }
    if (next instanceof Instruction.Store s
        && is(s.address(), a.dst())
        && !is(s.value(), a.dst())) {
      RType t = image.type(s.valueType());
      if (t.shape == RType.Shape.CELLS) {
        return false;
      }
      int v = operand(s.value()) >> 1;
      emit(t.isLong() ? Op.FSTOREL : Op.FSTORER, ref(a.x()), a.field(), v);
      return true;
    }
    return false;
  }

  private boolean fuseIndex(Instruction.IndexAddr a, List<Instruction> list, int i) {
    if (Memory.unsigned64(a.indexType())
        || i + 1 >= list.size()
        || uses[a.dst()] != 1
        || !(a.xType().underlying() instanceof GoType.Slice)) {
      return false;
    }
    Instruction next = list.get(i + 1);
    if (next instanceof Instruction.UnOp o && o.op().equals("*") && is(o.x(), a.dst())) {
      RType t = image.type(o.type());
      if (t.shape == RType.Shape.CELLS) {
        return false;
      }
      emit(t.isLong() ? Op.ILOADL : Op.ILOADR, dst(o.dst()), ref(a.x()), lo(a.index()));
      return true;
    }
    if (next instanceof Instruction.Store s
        && is(s.address(), a.dst())
        && !is(s.value(), a.dst())) {
      RType t = image.type(s.valueType());
      if (t.shape == RType.Shape.CELLS) {
        return false;
      }
      int v = operand(s.value()) >> 1;
      emit(t.isLong() ? Op.ISTOREL : Op.ISTORER, ref(a.x()), lo(a.index()), v);
      return true;
    }
    return false;
  }

  private static boolean is(Operand o, int slot) {
    return o instanceof Operand.Register r && r.slot() == slot;
  }

  // ---- natives

  private void external() {
    if (fn.name().startsWith(Cgo.STUB_WITH_ERRNO)
        || fn.name().startsWith(Cgo.STUB) && image.natives.find(fn.name()).isEmpty()) {
      cgoStub();
      return;
    }
    Natives.Entry e =
        image
            .natives
            .find(fn.name())
            .orElseThrow(() -> new OutOfModelException("not supported by the model: " + fn.name()));
    int n = fn.parameterCount();
    int[] at = new int[n + 1];
    for (int i = 0; i < n; i++) {
      boolean isLong = image.type(fn.signature().parameters().get(i)).isLong();
      at[i] = fn.slots().size() > i ? where[i] >> 1 : isLong ? newLong(0) : newRef(null);
      if (fn.slots().size() <= i) {
        code.parameterIsRef[i] = !isLong;
      }
    }
    List<GoType> results = fn.signature().results();
    boolean isLong = results.size() == 1 && image.type(results.getFirst()).isLong();
    RType tuple = results.size() > 1 ? image.type(new GoType.Tuple(results)) : null;
    at[n] = results.isEmpty() ? -1 : isLong ? newLong(0) : newRef(null);
    slow(new NativeSlow(e, at, tuple));
    if (results.isEmpty()) {
      emit(Op.RET);
    } else {
      emit(isLong ? Op.RETL : Op.RETR, at[n]);
    }
  }

  /** A function that cgo declares: its body is C. */
  private void cgoStub() {
    boolean withErrno = fn.name().startsWith(Cgo.STUB_WITH_ERRNO);
    String name = fn.name().substring(withErrno ? Cgo.STUB_WITH_ERRNO.length() : Cgo.STUB.length());
    List<GoType> parameters = fn.signature().parameters();
    int[] at = new int[parameters.size()];
    for (int i = 0; i < at.length; i++) {
      boolean isLong = image.type(parameters.get(i)).isLong();
      at[i] = fn.slots().size() > i ? where[i] >> 1 : isLong ? newLong(0) : newRef(null);
      if (fn.slots().size() <= i) {
        code.parameterIsRef[i] = !isLong;
      }
    }
    List<GoType> results = fn.signature().results();
    boolean isLong = results.size() == 1 && image.type(results.getFirst()).isLong();
    int result = results.isEmpty() ? -1 : isLong ? newLong(0) : newRef(null);
    position = Cgo.stubPosition();
    slow(new CgoCall(name, parameters, results, withErrno, at, result, newRef(null)));
    if (results.isEmpty()) {
      emit(Op.RET);
    } else {
      emit(isLong ? Op.RETL : Op.RETR, result);
    }
  }

  /** Calls a native on the parameters of its own frame. */
  private record NativeSlow(Natives.Entry entry, int[] where, RType tuple) implements Slow {
    @Override
    public int run(Machine m, Goroutine g, Frame f) {
      if (g.resumed) {
        g.resumed = false;
        return NEXT;
      }
      if (tuple != null) {
        f.refs[where[where.length - 1]] = tuple.zeroRef();
      }
      Step s = entry.body().call(new NativeCall(m, g, f, where));
      return switch (s) {
        case DONE -> NEXT;
        case BLOCK, RETRY -> BLOCK;
        case SWITCH -> SWITCH;
        case AGAIN -> YIELD;
        case YIELD -> {
          g.resumed = true;
          yield YIELD;
        }
      };
    }

    @Override
    public boolean visible() {
      return entry.footprint().isPresent();
    }

    @Override
    public boolean memory() {
      return !entry.orders();
    }

    @Override
    public boolean ready(Machine m, Goroutine g, Frame f) {
      return entry.ready().now(new NativeCall(m, g, f, where));
    }

    @Override
    public Operation operation(Machine m, Goroutine g, Frame f) {
      return entry
          .footprint()
          .map(x -> x.of(new NativeCall(m, g, f, where)))
          .orElse(Operation.NONE);
    }
  }
}
