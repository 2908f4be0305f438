package paniclab.model.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import paniclab.model.program.Function;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;

/**
 * Which registers of a waiting frame are still needed. Only those of SSA values count: the linker's
 * own temporaries live within one instruction, and registers of constants never change.
 */
final class WaitLiveness {
  /**
   * A place where a frame may wait: where it goes on, and the instruction it waits in.
   *
   * @param again whether it waits for deferred calls, to run the instruction again
   */
  record Wait(int pc, boolean again, int block, int index) {}

  private WaitLiveness() {}

  /**
   * The registers needed from {@code pc} on, or all if nothing is known of the place. Free
   * variables count always: {@link RangeOverFunc} looks at them.
   */
  static int[] at(Code c, int pc, boolean again) {
    for (Wait w : c.waits) {
      if (w.pc() == pc && w.again() == again) {
        BitSet live = after(c.function, w);
        int p = c.function.parameterCount();
        live.set(p, p + c.function.freeVariableCount());
        return registers(c, live);
      }
    }
    BitSet all = new BitSet();
    all.set(0, c.where.length);
    return registers(c, all);
  }

  private static int[] registers(Code c, BitSet slots) {
    return slots.stream().map(s -> c.where[s]).toArray();
  }

  private static BitSet after(Function f, Wait w) {
    List<Instruction> list = f.blocks().get(w.block()).instructions();
    BitSet live = liveOut(f).get(w.block());
    for (int i = list.size() - 1; i > w.index(); i--) {
      step(list.get(i), live);
    }
    Instruction in = list.get(w.index());
    if (in instanceof Instruction.CallInstruction c) {
      live.clear(c.dst());
    } else {
      step(in, live);
    }
    return live;
  }

  /**
   * Whether a register holds the address of a local variable that nothing but this frame's register
   * can reach while it waits at {@code pc}.
   */
  static boolean isConfined(Code c, int register, int[] live) {
    int slot = -1;
    for (int i = 0; i < c.where.length; i++) {
      slot = c.where[i] == register ? i : slot;
    }
    BitSet waiting = new BitSet();
    for (int i = 0; i < c.where.length; i++) {
      int mine = c.where[i];
      waiting.set(i, Arrays.stream(live).anyMatch(e -> e == mine));
    }
    waiting.clear(slot);
    boolean allocated =
        c.function.blocks().stream()
            .flatMap(b -> b.instructions().stream())
            .anyMatch(new AllocatesSlot(slot));
    return allocated && staysHere(c.function, slot, waiting);
  }

  private record AllocatesSlot(int slot) implements Predicate<Instruction> {
    @Override
    public boolean test(Instruction in) {
      return in instanceof Instruction.Alloc a && a.dst() == slot;
    }
  }

  /** Whether an address is only used to load and store, also through parts of its variable. */
  private static boolean staysHere(Function f, int slot, BitSet waiting) {
    for (Function.Block b : f.blocks()) {
      for (Instruction in : b.instructions()) {
        if (Operands.of(in).stream().noneMatch(o -> isSlot(o, slot))) {
          continue;
        }
        boolean fine =
            switch (in) {
              case Instruction.UnOp o -> o.op().equals("*");
              case Instruction.Store s -> !isSlot(s.value(), slot);
              case Instruction.IndexAddr a ->
                  isSlot(a.x(), slot) && !waiting.get(a.dst()) && staysHere(f, a.dst(), waiting);
              case Instruction.FieldAddr a ->
                  !waiting.get(a.dst()) && staysHere(f, a.dst(), waiting);
              default -> false;
            };
        if (!fine) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isSlot(Operand o, int slot) {
    return o instanceof Operand.Register r && r.slot() == slot;
  }

  /** What each block needs at its end, the edges of phis included. */
  private static List<BitSet> liveOut(Function f) {
    int n = f.blocks().size();
    List<BitSet> in = new ArrayList<>();
    List<BitSet> out = new ArrayList<>();
    for (int b = 0; b < n; b++) {
      in.add(new BitSet());
      out.add(new BitSet());
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = n - 1; b >= 0; b--) {
        BitSet live = (BitSet) out.get(b).clone();
        List<Instruction> list = f.blocks().get(b).instructions();
        for (int i = list.size() - 1; i >= 0; i--) {
          step(list.get(i), live);
        }
        if (!live.equals(in.get(b))) {
          in.set(b, live);
          changed = true;
        }
        changed |= intoPredecessors(f.blocks().get(b), live, out);
      }
      recovering(f, in, out);
    }
    return out;
  }

  private static boolean intoPredecessors(Function.Block block, BitSet live, List<BitSet> out) {
    boolean changed = false;
    for (int k = 0; k < block.predecessors().size(); k++) {
      BitSet o = out.get(block.predecessors().get(k));
      int before = o.cardinality();
      o.or(live);
      for (Instruction i : block.instructions()) {
        if (i instanceof Instruction.Phi p && p.edges().get(k) instanceof Operand.Register r) {
          o.set(r.slot());
        }
      }
      changed |= o.cardinality() != before;
    }
    return changed;
  }

  /** A recovered panic goes on in the recover block from anywhere. */
  private static void recovering(Function f, List<BitSet> in, List<BitSet> out) {
    if (f.recoverBlock().isPresent()) {
      BitSet needed = in.get(f.recoverBlock().getAsInt());
      out.forEach(o -> o.or(needed));
    }
  }

  private static void step(Instruction in, BitSet live) {
    int dst = destination(in);
    if (dst >= 0) {
      live.clear(dst);
    }
    if (in instanceof Instruction.Phi) {
      return;
    }
    for (Operand o : Operands.of(in)) {
      if (o instanceof Operand.Register r) {
        live.set(r.slot());
      }
    }
  }

  private static int destination(Instruction in) {
    return switch (in) {
      case Instruction.Alloc x -> x.dst();
      case Instruction.BinOp x -> x.dst();
      case Instruction.UnOp x -> x.dst();
      case Instruction.CallInstruction x -> x.dst();
      case Instruction.Phi x -> x.dst();
      case Instruction.FieldAddr x -> x.dst();
      case Instruction.Field x -> x.dst();
      case Instruction.IndexAddr x -> x.dst();
      case Instruction.Index x -> x.dst();
      case Instruction.Lookup x -> x.dst();
      case Instruction.MakeMap x -> x.dst();
      case Instruction.MakeChan x -> x.dst();
      case Instruction.MakeSlice x -> x.dst();
      case Instruction.MakeClosure x -> x.dst();
      case Instruction.MakeInterface x -> x.dst();
      case Instruction.ChangeType x -> x.dst();
      case Instruction.ChangeInterface x -> x.dst();
      case Instruction.Convert x -> x.dst();
      case Instruction.MultiConvert x -> x.dst();
      case Instruction.SliceToArrayPointer x -> x.dst();
      case Instruction.TypeAssert x -> x.dst();
      case Instruction.Extract x -> x.dst();
      case Instruction.Range x -> x.dst();
      case Instruction.Next x -> x.dst();
      case Instruction.Select x -> x.dst();
      case Instruction.Slice x -> x.dst();
      case Instruction.Go x -> -1;
      case Instruction.Defer x -> -1;
      case Instruction.RunDefers x -> -1;
      case Instruction.Panic x -> -1;
      case Instruction.Return x -> -1;
      case Instruction.If x -> -1;
      case Instruction.Jump x -> -1;
      case Instruction.Store x -> -1;
      case Instruction.MapUpdate x -> -1;
      case Instruction.Send x -> -1;
    };
  }
}
