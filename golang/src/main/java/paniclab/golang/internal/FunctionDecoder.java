package paniclab.golang.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import paniclab.model.program.Call;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;
import paniclab.model.program.Position;

/** Decodes one function. */
final class FunctionDecoder {
  private static final Function.Origin[] ORIGINS = Function.Origin.values();

  private final Unit unit;
  private final Reader r;
  private final List<Function.Slot> slots = new ArrayList<>();
  private String file = "";
  private int line;

  FunctionDecoder(Unit unit, Reader r) {
    this.unit = unit;
    this.r = r;
  }

  Function decode(String name) {
    String display = string();
    String path = string();
    Function.Origin origin = ORIGINS[r.u8()];
    Position position = position();
    GoType.Signature signature = (GoType.Signature) type();
    int parameters = r.uint();
    int freeVariables = r.uint();
    for (int n = r.uint(); n > 0; n--) {
      slots.add(new Function.Slot(type(), string()));
    }
    int recover = r.uint();
    return new Function(
        name,
        display,
        path,
        origin,
        position,
        signature,
        parameters,
        freeVariables,
        slots,
        blocks(),
        recover == 0 ? OptionalInt.empty() : OptionalInt.of(recover - 1));
  }

  private List<Function.Block> blocks() {
    int n = r.uint();
    List<Function.Block> blocks = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      int p = r.uint();
      List<Integer> predecessors = new ArrayList<>(p);
      for (int k = 0; k < p; k++) {
        predecessors.add(r.uint());
      }
      int m = r.uint();
      List<Instruction> instructions = new ArrayList<>(m);
      for (int k = 0; k < m; k++) {
        instructions.add(instruction());
      }
      blocks.add(new Function.Block(predecessors, instructions));
    }
    return blocks;
  }

  private Instruction instruction() {
    int code = r.u8();
    Position at = position();
    return switch (code) {
      case 0, 11, 15, 17, 19, 20, 21, 22, 30, 31, 32, 34 -> making(code, r.uint(), at);
      case 1, 2, 13, 14, 16, 23, 24, 25, 26, 27, 28, 29, 35 -> computing(code, r.uint(), at);
      case 3 -> {
        int dst = r.uint();
        yield new Instruction.CallInstruction(dst, call(), slotType(dst), at);
      }
      case 4 -> new Instruction.Go(call(), at);
      case 5 -> new Instruction.Defer(call(), optional(), at);
      case 6 -> new Instruction.RunDefers(at);
      case 7 -> new Instruction.Panic(operand(), at);
      case 8 -> new Instruction.Return(operands(), at);
      case 9 -> new Instruction.If(operand(), r.uint(), r.uint(), at);
      case 10 -> new Instruction.Jump(r.uint(), at);
      case 12 -> new Instruction.Store(operand(), operand(), type(), at);
      case 18 -> new Instruction.MapUpdate(operand(), operand(), operand(), type(), at);
      case 33 -> new Instruction.Send(operand(), operand(), type(), at);
      default -> throw new IllegalStateException("instruction of unknown code " + code);
    };
  }

  /** Instructions that make something new, choose or iterate. */
  private Instruction making(int code, int dst, Position at) {
    GoType type = slotType(dst);
    return switch (code) {
      case 0 -> new Instruction.Alloc(dst, type(), r.bool(), string(), at);
      case 11 -> new Instruction.Phi(dst, operands(), type, at);
      case 15 -> new Instruction.IndexAddr(dst, operand(), operand(), type(), type(), type, at);
      case 17 -> new Instruction.Lookup(dst, operand(), operand(), type(), r.bool(), type, at);
      case 19 -> new Instruction.MakeMap(dst, optional(), type, at);
      case 20 -> new Instruction.MakeChan(dst, operand(), type(), type, at);
      case 21 -> new Instruction.MakeSlice(dst, operand(), operand(), type(), type(), type, at);
      case 22 -> new Instruction.MakeClosure(dst, string(), operands(), type, at);
      case 30 -> new Instruction.Extract(dst, operand(), r.uint(), type, at);
      case 31 -> new Instruction.Range(dst, operand(), type(), at);
      case 32 -> new Instruction.Next(dst, operand(), r.bool(), type, at);
      default -> new Instruction.Select(dst, r.bool(), cases(), type, at);
    };
  }

  /** Instructions that compute a value from others. */
  private Instruction computing(int code, int dst, Position at) {
    GoType type = slotType(dst);
    return switch (code) {
      case 1 ->
          new Instruction.BinOp(dst, string(), operand(), operand(), type(), type(), type, at);
      case 2 -> new Instruction.UnOp(dst, string(), operand(), type(), r.bool(), type, at);
      case 13 -> new Instruction.FieldAddr(dst, operand(), r.uint(), type(), type, at);
      case 14 -> new Instruction.Field(dst, operand(), r.uint(), type(), type, at);
      case 16 -> new Instruction.Index(dst, operand(), operand(), type(), type(), type, at);
      case 23 -> new Instruction.MakeInterface(dst, operand(), type(), type, at);
      case 24 -> new Instruction.ChangeType(dst, operand(), type(), type, at);
      case 25 -> new Instruction.ChangeInterface(dst, operand(), type(), type, at);
      case 26 -> new Instruction.Convert(dst, operand(), type(), type, at);
      case 27 -> new Instruction.MultiConvert(dst, operand(), type(), type, at);
      case 28 -> new Instruction.SliceToArrayPointer(dst, operand(), type(), type, at);
      case 29 -> new Instruction.TypeAssert(dst, operand(), type(), type(), r.bool(), type, at);
      default ->
          new Instruction.Slice(
              dst, operand(), optional(), optional(), optional(), type(), type, at);
    };
  }

  private List<Instruction.SelectCase> cases() {
    List<Instruction.SelectCase> cases = new ArrayList<>();
    for (int n = r.uint(); n > 0; n--) {
      cases.add(new Instruction.SelectCase(operand(), optional(), type(), position()));
    }
    return cases;
  }

  private Call call() {
    int kind = r.u8();
    Call.Target target =
        switch (kind) {
          case 0 -> new Call.Target.Static(string());
          case 1 -> new Call.Target.Dynamic(operand());
          case 2 -> new Call.Target.Invoke(operand(), string(), string());
          case 3 -> new Call.Target.Builtin(string(), unit.types(r));
          default -> throw new IllegalStateException("callee of unknown kind " + kind);
        };
    return new Call(target, operands(), (GoType.Signature) type());
  }

  private List<Operand> operands() {
    int n = r.uint();
    List<Operand> list = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      list.add(operand());
    }
    return list;
  }

  private Optional<Operand> optional() {
    return r.bool() ? Optional.of(operand()) : Optional.empty();
  }

  private Operand operand() {
    int x = r.uint();
    if ((x & 1) == 0) {
      return new Operand.Register(x >> 1);
    }
    return switch (x >> 1) {
      case 0 -> new Operand.BoolConst(type(), false);
      case 1 -> new Operand.BoolConst(type(), true);
      case 2 -> new Operand.IntConst(type(), r.slong());
      case 3 -> new Operand.FloatConst(type(), r.float64());
      case 4 -> new Operand.ComplexConst(type(), r.float64(), r.float64());
      case 5 -> new Operand.StringConst(type(), unit.goString(r.uint()));
      case 6 -> new Operand.ZeroConst(type());
      case 7 -> new Operand.FunctionRef(string());
      case 8 -> new Operand.GlobalRef(string());
      default -> throw new IllegalStateException("operand of unknown kind " + (x >> 1));
    };
  }

  private Position position() {
    int x = r.uint();
    if (x == 0) {
      return Position.NONE;
    }
    if (x == 1) {
      file = string();
      line = r.uint();
      return new Position(file, line, r.uint());
    }
    line += (int) r.slong();
    return new Position(file, line, x - 2);
  }

  private GoType slotType(int dst) {
    return slots.get(dst).type();
  }

  private GoType type() {
    return unit.type(r.uint());
  }

  private String string() {
    return unit.string(r.uint());
  }
}
