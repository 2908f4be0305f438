package paniclab.model.machine;

import java.util.ArrayList;
import java.util.List;
import paniclab.model.program.Call;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;

/** The operands that an instruction reads. */
final class Operands {
  private Operands() {}

  static List<Operand> of(Instruction in) {
    return switch (in) {
      case Instruction.Alloc a -> List.of();
      case Instruction.BinOp o -> List.of(o.x(), o.y());
      case Instruction.UnOp o -> List.of(o.x());
      case Instruction.CallInstruction c -> of(c.call());
      case Instruction.Go g -> of(g.call());
      case Instruction.Defer d -> {
        List<Operand> l = of(d.call());
        d.stack().ifPresent(l::add);
        yield l;
      }
      case Instruction.RunDefers r -> List.of();
      case Instruction.Panic p -> List.of(p.x());
      case Instruction.Return r -> r.results();
      case Instruction.If c -> List.of(c.condition());
      case Instruction.Jump j -> List.of();
      case Instruction.Phi p -> p.edges();
      case Instruction.Store s -> List.of(s.address(), s.value());
      case Instruction.FieldAddr f -> List.of(f.x());
      case Instruction.Field f -> List.of(f.x());
      case Instruction.IndexAddr x -> List.of(x.x(), x.index());
      case Instruction.Index x -> List.of(x.x(), x.index());
      case Instruction.Lookup l -> List.of(l.x(), l.index());
      case Instruction.MapUpdate u -> List.of(u.map(), u.key(), u.value());
      case Instruction.MakeMap m -> m.reserve().map(List::of).orElse(List.of());
      case Instruction.MakeChan c -> List.of(c.size());
      case Instruction.MakeSlice s -> List.of(s.length(), s.capacity());
      case Instruction.MakeClosure c -> c.bindings();
      case Instruction.MakeInterface x -> List.of(x.x());
      case Instruction.ChangeType c -> List.of(c.x());
      case Instruction.ChangeInterface c -> List.of(c.x());
      case Instruction.Convert c -> List.of(c.x());
      case Instruction.MultiConvert c -> List.of(c.x());
      case Instruction.SliceToArrayPointer s -> List.of(s.x());
      case Instruction.TypeAssert t -> List.of(t.x());
      case Instruction.Extract e -> List.of(e.tuple());
      case Instruction.Range r -> List.of(r.x());
      case Instruction.Next n -> List.of(n.iterator());
      case Instruction.Send s -> List.of(s.channel(), s.x());
      case Instruction.Select s -> {
        List<Operand> l = new ArrayList<>();
        for (Instruction.SelectCase c : s.cases()) {
          l.add(c.channel());
          c.send().ifPresent(l::add);
        }
        yield l;
      }
      case Instruction.Slice s -> {
        List<Operand> l = new ArrayList<>();
        l.add(s.x());
        s.low().ifPresent(l::add);
        s.high().ifPresent(l::add);
        s.max().ifPresent(l::add);
        yield l;
      }
    };
  }

  /** The slot that an instruction sets; -1 for none. */
  static int destination(Instruction in) {
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

  private static List<Operand> of(Call c) {
    List<Operand> l = new ArrayList<>(c.arguments());
    switch (c.target()) {
      case Call.Target.Static s -> {}
      case Call.Target.Builtin b -> {}
      case Call.Target.Dynamic d -> l.add(d.function());
      case Call.Target.Invoke i -> l.add(i.receiver());
    }
    return l;
  }
}
