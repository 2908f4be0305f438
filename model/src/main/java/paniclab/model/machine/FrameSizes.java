package paniclab.model.machine;

import java.util.List;
import java.util.Optional;
import paniclab.model.program.Call;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;
import paniclab.model.stack.FrameTable;
import paniclab.model.stack.VariableHome;

/**
 * How much of a Go stack a call takes: as the compiler made it where that is known, or else between
 * two bounds.
 */
final class FrameSizes {
  private FrameSizes() {}

  /** A return address and a saved base pointer. */
  private static final int LEAST = 16;

  /** With more instructions or calls than these the compiler makes no call part of its caller. */
  private static final int MAX_INLINED_INSTRUCTIONS = 80;

  private static final int MAX_INLINED_CALLS = 1;

  /** How deep parts of parts are looked at for the larger bound. */
  private static final int MAX_NESTED = 3;

  /**
   * What a level of recursion takes at least where calls may be part of their caller: one frame of
   * 16 bytes serves two levels of a function that calls itself, and four of three functions that
   * call each other.
   */
  private static final int LEAST_OF_TWO = 8;

  private static final int LEAST_OF_FOUR = 4;

  /** What an instruction may need on the stack besides its result: a record, a buffer, a header. */
  private static final int SCRATCH = 64;

  /** How much larger frames of the library are taken to be where nothing is known of them. */
  private static final int LIBRARY_FACTOR = 4;

  static void set(Image image, Code code) {
    Function f = code.function;
    Optional<FrameTable.Entry> known =
        code.wrapper ? Optional.empty() : image.program.frames().find(f.displayName());
    if (known.isPresent()) {
      FrameTable.Entry e = known.get();
      code.words = (int) (e.bytes() / 8);
      code.lowBytes = e.mayBeInlined() ? 0 : (int) e.bytes();
      code.exactFrame = !e.mayBeInlined();
      code.inlined = e.inlined();
    } else if (code.user && !code.wrapper) {
      code.words = (int) Math.min(1 << 28, most(image, f) / 8 + 1);
      code.lowBytes = least(image, f);
    } else {
      code.words =
          LIBRARY_FACTOR * (2 + Math.min(4096, (f.slots().size() + 1) / 2 + f.parameterCount()));
    }
  }

  /**
   * More than any build needs: every value in a place of its own, scratch for the rest, and the
   * same for calls that may be parts of this function.
   */
  private static long most(Image image, Function f) {
    return LEAST + SCRATCH + locals(image, f, 0);
  }

  private static long locals(Image image, Function f, int nested) {
    long sum = 0;
    for (Function.Slot s : f.slots()) {
      sum += bytes(image, s.type());
    }
    for (GoType t : f.signature().results()) {
      sum += bytes(image, t);
    }
    long widest = 0;
    for (Function.Block b : f.blocks()) {
      for (Instruction in : b.instructions()) {
        sum += scratch(image, in);
        if (in instanceof Instruction.CallInstruction c) {
          widest = Math.max(widest, arguments(image, c.call()));
          sum += callee(image, f, c.call(), nested);
        }
      }
    }
    return sum + widest;
  }

  /**
   * What a call adds that may be a part of its caller; one of the caller itself counts as a level.
   */
  private static long callee(Image image, Function caller, Call c, int nested) {
    if (!(c.target() instanceof Call.Target.Static s) || s.function().equals(caller.name())) {
      return 0;
    }
    Optional<Function> f = image.program.function(s.function());
    return nested < MAX_NESTED
            && f.isPresent()
            && image.program.isUserPackage(f.get().packagePath())
        ? mayBePart(f.get()) ? locals(image, f.get(), nested + 1) : 0
        : SCRATCH;
  }

  private static long arguments(Image image, Call c) {
    long sum = 0;
    for (GoType t : c.signature().parameters()) {
      sum += bytes(image, t);
    }
    for (GoType t : c.signature().results()) {
      sum += bytes(image, t);
    }
    return sum;
  }

  private static long scratch(Image image, Instruction in) {
    return switch (in) {
      case Instruction.Alloc a -> variable(image, a.type());
      case Instruction.MakeSlice s -> VariableHome.MAX_IMPLICIT_STACK_VAR_SIZE;
      case Instruction.Defer d -> SCRATCH;
      case Instruction.Go g -> SCRATCH;
      case Instruction.MakeMap m -> 1024;
      case Instruction.MakeClosure c -> SCRATCH + 8L * c.bindings().size();
      case Instruction.MakeInterface i -> bytes(image, i.xType());
      case Instruction.Convert c -> SCRATCH;
      case Instruction.Select s -> SCRATCH + 16L * s.cases().size();
      case Instruction.Range r -> 128;
      case Instruction.BinOp o -> Linker.kind(o.xType()) == GoType.Kind.STRING ? SCRATCH : 0;
      default -> 0;
    };
  }

  private static long variable(Image image, GoType t) {
    long size = bytes(image, t);
    return size > VariableHome.MAX_STACK_VAR_SIZE ? 8 : size;
  }

  private static long bytes(Image image, GoType t) {
    return (image.type(t).size() + 7) / 8 * 8;
  }

  /** Less than any build needs. */
  private static int least(Image image, Function f) {
    long arrays = 0;
    boolean self = false;
    for (Function.Block b : f.blocks()) {
      for (Instruction in : b.instructions()) {
        if (in instanceof Instruction.Alloc a) {
          arrays += array(image, f, a);
        } else if (in instanceof Instruction.CallInstruction c) {
          self |=
              c.call().target() instanceof Call.Target.Static s && s.function().equals(f.name());
        }
      }
    }
    int frame = !mayBePart(f) ? LEAST : self ? LEAST_OF_TWO : LEAST_OF_FOUR;
    return (int) Math.min(1 << 28, frame + arrays);
  }

  /** Whether the compiler may make calls of a function a part of their callers. */
  private static boolean mayBePart(Function f) {
    int instructions = 0;
    int calls = 0;
    for (Function.Block b : f.blocks()) {
      for (Instruction in : b.instructions()) {
        instructions++;
        switch (in) {
          case Instruction.CallInstruction c ->
              calls += c.call().target() instanceof Call.Target.Builtin ? 0 : 1;
          case Instruction.Defer d -> {
            return false;
          }
          case Instruction.Go g -> {
            return false;
          }
          case Instruction.Select s -> {
            return false;
          }
          default -> {}
        }
      }
    }
    return calls <= MAX_INLINED_CALLS && instructions <= MAX_INLINED_INSTRUCTIONS;
  }

  /** A local array that is indexed by what only the run knows has a place in the frame. */
  private static long array(Image image, Function f, Instruction.Alloc a) {
    RType t = image.type(a.type());
    if (a.heap() || !(t.under instanceof GoType.Array)) {
      return 0;
    }
    long size = t.size();
    if (size > VariableHome.MAX_STACK_VAR_SIZE) {
      return 0;
    }
    for (Function.Block b : f.blocks()) {
      for (Instruction in : b.instructions()) {
        if (in instanceof Instruction.IndexAddr x
            && x.x() instanceof Operand.Register r
            && r.slot() == a.dst()
            && x.index() instanceof Operand.Register) {
          return size / 8 * 8;
        }
      }
    }
    return 0;
  }

  /** The call at a site: a part of its caller if the compiler made it one. */
  static Code at(Code.Site site, Code callee) {
    List<FrameTable.Inlined> parts = site.owner.inlined;
    for (FrameTable.Inlined i : parts) {
      if (i.line() == site.line && i.function().equals(callee.function.displayName())) {
        return callee.asPart(i.inlined());
      }
    }
    return callee;
  }
}
