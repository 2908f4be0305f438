package paniclab.model.machine;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import paniclab.model.program.Function;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;

/**
 * Which registers of a function are still needed at an instruction: what the compiler's stack maps
 * tell the garbage collector. A value that will not be read again keeps nothing alive.
 */
final class Liveness {
  private final Function fn;
  private final int[] where;

  /** By operation: the number of the instruction it was made of, -1 for none. */
  private final int[] owner;

  private final int[] first;
  private final List<BitSet> after = new ArrayList<>();

  private Liveness(Function fn, int[] where, int[] owner) {
    this.fn = fn;
    this.where = where;
    this.owner = owner;
    this.first = new int[fn.blocks().size()];
    int n = 0;
    for (int b = 0; b < first.length; b++) {
      first[b] = n;
      n += fn.blocks().get(b).instructions().size();
    }
    for (int i = 0; i < n; i++) {
      after.add(new BitSet());
    }
    solve();
  }

  /** Of a function as the machine runs it; null for one without a Go body. */
  static Liveness of(Image image, Code code) {
    if (code.live != null) {
      return code.live;
    }
    if (code.function.origin() == Function.Origin.EXTERNAL || code.function.blocks().isEmpty()) {
      return null;
    }
    Linker again = new Linker(image, new Code(code.function));
    int[] owner = again.owners();
    code.live = new Liveness(code.function, again.where(), owner);
    return code.live;
  }

  private void solve() {
    int n = fn.blocks().size();
    BitSet[] in = new BitSet[n];
    for (int b = 0; b < n; b++) {
      in[b] = new BitSet();
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (int b = n - 1; b >= 0; b--) {
        BitSet live = new BitSet();
        for (int s = 0; s < n; s++) {
          int edge = fn.blocks().get(s).predecessors().indexOf(b);
          if (edge >= 0) {
            live.or(in[s]);
            phis(live, s, edge);
          }
        }
        backwards(live, b);
        if (!live.equals(in[b])) {
          in[b] = live;
          changed = true;
        }
      }
    }
  }

  private void phis(BitSet live, int block, int edge) {
    for (Instruction i : fn.blocks().get(block).instructions()) {
      if (!(i instanceof Instruction.Phi p)) {
        break;
      }
      use(live, p.edges().get(edge));
    }
  }

  private void backwards(BitSet live, int b) {
    List<Instruction> list = fn.blocks().get(b).instructions();
    for (int i = list.size() - 1; i >= 0; i--) {
      after.set(first[b] + i, (BitSet) live.clone());
      Instruction in = list.get(i);
      int dst = Operands.destination(in);
      if (dst >= 0) {
        live.clear(dst);
      }
      if (!(in instanceof Instruction.Phi)) {
        for (Operand o : Operands.of(in)) {
          use(live, o);
        }
      }
    }
  }

  private static void use(BitSet live, Operand o) {
    if (o instanceof Operand.Register r) {
      live.set(r.slot());
    }
  }

  /** What the operation at a place was made of; null for none. */
  Instruction instructionAt(int pc) {
    int number = pc >= 0 && pc < owner.length ? owner[pc] : -1;
    return number < 0 ? null : instruction(number);
  }

  /**
   * Whether the reference in a register is needed.
   *
   * @param at the place of the operation in progress
   * @param again whether that operation will be done again, and needs its operands
   */
  boolean needs(int register, int at, boolean again) {
    int instruction = at >= 0 && at < owner.length ? owner[at] : -1;
    if (instruction < 0) {
      return true;
    }
    BitSet live = (BitSet) after.get(instruction).clone();
    if (again) {
      for (Operand o : Operands.of(instruction(instruction))) {
        use(live, o);
      }
    }
    boolean known = false;
    for (int s = 0; s < where.length; s++) {
      if (where[s] == (register << 1 | 1)) {
        known = true;
        if (live.get(s)) {
          return true;
        }
      }
    }
    return !known;
  }

  private Instruction instruction(int number) {
    int b = 0;
    while (b + 1 < first.length && first[b + 1] <= number) {
      b++;
    }
    return fn.blocks().get(b).instructions().get(number - first[b]);
  }
}
