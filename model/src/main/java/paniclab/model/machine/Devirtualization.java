package paniclab.model.machine;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import paniclab.model.program.Call;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;

/**
 * Which calls of an interface's method the compiler makes direct, because it sees which type the
 * interface holds. A nil pointer whose method has a value receiver shows the difference: a direct
 * call dereferences it, a call through the interface is stopped by the wrapper.
 *
 * <p>What the compiler sees only after it has put one function into another is not seen here.
 * Source: cmd/compile/internal/devirtualize of Go 1.26.
 */
final class Devirtualization {
  private final Machine m;

  /** What is looked at, so that a loop ends. */
  private final Set<Object> seen = new LinkedHashSet<>();

  private Devirtualization(Machine m) {
    this.m = m;
  }

  /** Whether the call that made this frame of a wrapper is direct in compiled code. */
  static boolean applies(Machine m, Frame wrapper) {
    Optional<Site> site = wrapper.deferCause == null ? called(m, wrapper) : deferred(wrapper);
    return site.filter(s ->
            s.call().target() instanceof Call.Target.Invoke v
                && new Devirtualization(m).type(s.function(), v.receiver()).isPresent())
        .isPresent();
  }

  private record Site(Function function, Call call) {}

  private static Optional<Site> called(Machine m, Frame wrapper) {
    Frame caller = wrapper.up();
    if (caller == null || caller.code.wrapper) {
      return Optional.empty();
    }
    Liveness live = Liveness.of(m.image, caller.code);
    return live != null
            && live.instructionAt(caller.pc - 2) instanceof Instruction.CallInstruction c
        ? Optional.of(new Site(caller.code.function, c.call()))
        : Optional.empty();
  }

  private static Optional<Site> deferred(Frame wrapper) {
    for (Frame f = wrapper.up(); f != null; f = f.up()) {
      for (Instruction in : instructions(f.code.function)) {
        if (in instanceof Instruction.Defer d && d.position().equals(wrapper.wrapAt)) {
          return Optional.of(new Site(f.code.function, d.call()));
        }
      }
    }
    return Optional.empty();
  }

  /** The only type that an interface can hold, if that can be seen. */
  private Optional<GoType> type(Function fn, Operand o) {
    if (!(o instanceof Operand.Register r) || !seen.add(List.of(fn.name(), r.slot()))) {
      return Optional.empty();
    }
    return definition(fn, r.slot())
        .flatMap(in -> type(fn, in))
        .filter(t -> isOnlyTypeOf(fn, fn.slots().get(r.slot()).variable(), t));
  }

  private Optional<GoType> type(Function fn, Instruction in) {
    return switch (in) {
      case Instruction.MakeInterface i -> Optional.of(i.xType());
      case Instruction.ChangeInterface c -> type(fn, c.x());
      case Instruction.ChangeType c -> type(fn, c.x());
      case Instruction.TypeAssert a when a.asserted().underlying() instanceof GoType.Interface ->
          type(fn, a.x());
      case Instruction.Extract e when e.index() == 0 -> type(fn, e.tuple());
      case Instruction.Phi p -> oneOf(fn, p.edges());
      case Instruction.UnOp u when u.op().equals("*") -> variable(fn, u.x());
      default -> Optional.empty();
    };
  }

  /** What all of these hold, nil aside. */
  private Optional<GoType> oneOf(Function fn, List<Operand> values) {
    Optional<GoType> one = Optional.empty();
    for (Operand o : values) {
      boolean known =
          o instanceof Operand.ZeroConst
              || o instanceof Operand.Register r && seen.contains(List.of(fn.name(), r.slot()));
      if (!known) {
        Optional<GoType> t = type(fn, o);
        if (t.isEmpty() || one.isPresent() && !one.equals(t)) {
          return Optional.empty();
        }
        one = t;
      }
    }
    return one;
  }

  /** A variable that closures share: what all its assignments hold. */
  private Optional<GoType> variable(Function fn, Operand address) {
    if (!(address instanceof Operand.Register r)) {
      return Optional.empty();
    }
    int free = r.slot() - fn.parameterCount();
    if (free >= 0 && free < fn.freeVariableCount()) {
      return maker(fn).flatMap(made -> variable(made.maker(), made.closure().bindings().get(free)));
    }
    if (!(definition(fn, r.slot()).orElse(null) instanceof Instruction.Alloc)) {
      return Optional.empty();
    }
    Optional<GoType> one = Optional.empty();
    for (Instruction in : instructions(fn)) {
      if (in instanceof Instruction.Store s && s.address().equals(address)) {
        Optional<GoType> t = type(fn, s.value());
        if (t.isEmpty() || one.isPresent() && !one.equals(t)) {
          return Optional.empty();
        }
        one = t;
      } else if (in instanceof Instruction.MakeClosure c) {
        int i = c.bindings().indexOf(address);
        if (i >= 0 && assigns(c, i)) {
          return Optional.empty();
        }
      } else if (!(in instanceof Instruction.UnOp) && Operands.of(in).contains(address)) {
        return Optional.empty();
      }
    }
    return one;
  }

  /** Whether a closure does anything to a variable that it shares but read it. */
  private boolean assigns(Instruction.MakeClosure closure, int variable) {
    Function fn = m.image.program.function(closure.function()).orElse(null);
    if (fn == null) {
      return true;
    }
    Operand address = new Operand.Register(fn.parameterCount() + variable);
    return instructions(fn).stream()
        .anyMatch(in -> !(in instanceof Instruction.UnOp) && Operands.of(in).contains(address));
  }

  private record Made(Function maker, Instruction.MakeClosure closure) {}

  /** Where a closure is made, if that is one place: in the function that its name begins with. */
  private Optional<Made> maker(Function fn) {
    int end = fn.name().lastIndexOf('$');
    Optional<Function> around =
        end < 0 ? Optional.empty() : m.image.program.function(fn.name().substring(0, end));
    List<Made> all =
        around.stream()
            .flatMap(f ->
                instructions(f).stream()
                    .filter(in ->
                        in instanceof Instruction.MakeClosure c && c.function().equals(fn.name()))
                    .map(in -> new Made(f, (Instruction.MakeClosure) in)))
            .toList();
    return all.size() == 1 ? Optional.of(all.getFirst()) : Optional.empty();
  }

  /** SSA tells the assignments of a variable apart; the compiler asks about all of them. */
  private static boolean isOnlyTypeOf(Function fn, String variable, GoType type) {
    return variable.isEmpty()
        || instructions(fn).stream()
            .noneMatch(in ->
                in instanceof Instruction.MakeInterface i
                    && fn.slots().get(i.dst()).variable().equals(variable)
                    && !i.xType().equals(type));
  }

  private static List<Instruction> instructions(Function fn) {
    return fn.blocks().stream().flatMap(b -> b.instructions().stream()).toList();
  }

  private static Optional<Instruction> definition(Function fn, int slot) {
    return instructions(fn).stream().filter(in -> Operands.destination(in) == slot).findFirst();
  }
}
