package paniclab.model.machine;

import java.util.Optional;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;

/** What a program can see of where its stack lies and how large it is. */
final class StackValues {
  private StackValues() {}

  private static final String MEM_STATS = "runtime.MemStats";
  private static final String STACK_INUSE = "StackInuse";
  private static final String MAIN = "main.main";

  /** Instead of reading a statistic that cannot be told. */
  static final Slow STATISTICS =
      (m, g, f) -> {
        throw new OutOfModelException(
            "not supported by the model: runtime.MemStats.StackInuse of a program whose frames were"
                + " not measured");
      };

  /** Whether a field of a struct is one that depends on frames of which nothing is known. */
  static boolean isUnknown(Linker k, GoType struct, int field) {
    return k.isUser()
        && struct instanceof GoType.Named n
        && n.name().equals(MEM_STATS)
        && n.underlying() instanceof GoType.Struct s
        && s.fields().get(field).name().equals(STACK_INUSE)
        && k.image().program.frames().find(MAIN).isEmpty();
  }

  // ---- the address of a local variable as a number

  /**
   * Whether the address is that of a local variable that stays on the stack, and all that becomes
   * of the number is a comparison with another one: then it can be told, as far as it can be told
   * whether the stack was copied.
   *
   * @param dst register of the number
   * @param x the unsafe.Pointer that is converted
   */
  static boolean isCompared(Linker k, int dst, Operand x) {
    Function f = k.function();
    return variable(f, x).isPresent()
        && uses(
            f,
            slotOf(k, dst),
            in ->
                in instanceof Instruction.BinOp o
                    && (o.op().equals("==") || o.op().equals("!="))
                    && isNumber(f, o.x())
                    && isNumber(f, o.y()));
  }

  private interface Use {
    boolean fits(Instruction in);
  }

  private static int slotOf(Linker k, int dst) {
    for (int i = 0; i < k.function().slots().size(); i++) {
      if (k.dst(i) == dst && !k.dstIsRef(i)) {
        return i;
      }
    }
    throw new IllegalStateException("no slot for register " + dst);
  }

  private static boolean isNumber(Function f, Operand o) {
    return definition(f, o) instanceof Instruction.Convert c
        && Linker.kind(c.type()) == GoType.Kind.UINTPTR
        && variable(f, c.x()).isPresent();
  }

  /** The local variable behind an unsafe.Pointer, if nothing else can have its address. */
  private static Optional<Instruction.Alloc> variable(Function f, Operand pointer) {
    return definition(f, pointer) instanceof Instruction.Convert c
            && definition(f, c.x()) instanceof Instruction.Alloc a
            && uses(f, a.dst(), in -> keeps(f, in, a.dst()))
        ? Optional.of(a)
        : Optional.empty();
  }

  private static boolean keeps(Function f, Instruction in, int slot) {
    return switch (in) {
      case Instruction.Store s -> !isSlot(s.value(), slot);
      case Instruction.UnOp o -> o.op().equals("*");
      case Instruction.Convert c ->
          uses(
              f,
              c.dst(),
              i ->
                  i instanceof Instruction.Convert n
                      && Linker.kind(n.type()) == GoType.Kind.UINTPTR);
      default -> false;
    };
  }

  private static boolean uses(Function f, int slot, Use use) {
    return f.blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .filter(in -> Operands.of(in).stream().anyMatch(o -> isSlot(o, slot)))
        .allMatch(use::fits);
  }

  private static boolean isSlot(Operand o, int slot) {
    return o instanceof Operand.Register r && r.slot() == slot;
  }

  private static Instruction definition(Function f, Operand o) {
    return f.blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .filter(in ->
            switch (in) {
              case Instruction.Convert c -> isSlot(o, c.dst());
              case Instruction.Alloc a -> isSlot(o, a.dst());
              default -> false;
            })
        .findFirst()
        .orElse(null);
  }

  /** The number: another one after each copy of the stack. */
  static Slow address(int dst, int pointer) {
    return (m, g, f) -> {
      if (g.stack.sure != g.stack.size) {
        throw new OutOfModelException(
            "whether the stack has been copied by now: only Go's compiler knows the sizes of these"
                + " frames");
      }
      f.longs[dst] = m.addressOf(f.refs[pointer]) ^ g.stack.size << 16;
      return Slow.NEXT;
    };
  }
}
