package paniclab.model.machine;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import paniclab.model.program.Call;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;
import paniclab.model.program.Position;
import paniclab.model.trace.Event;

/** Calls, go statements, defer statements, closures. */
final class Calls {
  private Calls() {}

  static void call(Linker k, Instruction.CallInstruction c) {
    Call call = c.call();
    int dst = resultRegister(k, c);
    switch (call.target()) {
      case Call.Target.Static s -> {
        int n = call.arguments().size();
        int[] op = new int[4 + n];
        for (int i = 0; i < n; i++) {
          op[4 + i] = k.operand(call.arguments().get(i));
        }
        op[0] = Op.CALL;
        op[1] = dst;
        op[2] = k.site(s.function());
        op[3] = n;
        k.emit(op);
      }
      case Call.Target.Dynamic d -> {
        Arguments a = new Arguments(k, call.arguments());
        int fn = k.ref(d.function());
        k.slow((m, g, f) -> {
          Closure cl = (Closure) f.refs[fn];
          if (cl == null) {
            throw GoPanic.nil();
          }
          Frame nf = m.frame(g, cl, f, dst, a.longs(f), a.refs(f));
          f.pc += 2;
          g.top = nf;
          return Slow.SWITCH;
        });
      }
      case Call.Target.Invoke v -> invoke(k, call, v, dst);
      case Call.Target.Builtin b -> Builtins.call(k, b, call.arguments(), c.dst(), c.type());
    }
  }

  private static int resultRegister(Linker k, Instruction.CallInstruction c) {
    return c.type() instanceof GoType.Tuple t && t.types().isEmpty() ? -1 : k.dst(c.dst());
  }

  private static void invoke(Linker k, Call call, Call.Target.Invoke v, int dst) {
    Arguments a = new Arguments(k, call.arguments());
    int receiver = k.ref(v.receiver());
    String method = v.method();
    String pkg = v.packagePath();
    k.slow(
        new Slow() {
          private RType lastType;
          private Code lastCode;

          @Override
          public int run(Machine m, Goroutine g, Frame f) {
            InterfaceValue r = (InterfaceValue) f.refs[receiver];
            if (r == null) {
              throw GoPanic.nil();
            }
            if (r.type() != lastType) {
              lastCode = m.image.method(r.type(), method, pkg);
              lastType = r.type();
            }
            Frame nf = new Frame(lastCode, f, dst);
            if (nf.words > g.softWords) {
              Stacks.deeper(m, g, nf);
            }
            a.intoMethod(f, nf, r);
            f.pc += 2;
            g.top = nf;
            return SWITCH;
          }
        });
  }

  /** The arguments of a call, longs and references apart, each in order. */
  private static final class Arguments {
    private final int[] longs;
    private final int[] refs;

    Arguments(Linker k, List<Operand> arguments) {
      List<Integer> l = new ArrayList<>();
      List<Integer> r = new ArrayList<>();
      for (Operand o : arguments) {
        int e = k.operand(o);
        ((e & 1) == 0 ? l : r).add(e >> 1);
      }
      longs = l.stream().mapToInt(i -> i).toArray();
      refs = r.stream().mapToInt(i -> i).toArray();
    }

    long[] longs(Frame f) {
      long[] v = new long[longs.length];
      for (int i = 0; i < v.length; i++) {
        v[i] = f.longs[longs[i]];
      }
      return v;
    }

    Object[] refs(Frame f) {
      Object[] v = new Object[refs.length];
      for (int i = 0; i < v.length; i++) {
        v[i] = f.refs[refs[i]];
      }
      return v;
    }

    void intoMethod(Frame from, Frame to, InterfaceValue receiver) {
      int li = 0;
      int ri = 0;
      if (receiver.type().isLong()) {
        to.longs[li++] = receiver.bits();
      } else {
        to.refs[ri++] = receiver.ref();
      }
      for (int i : longs) {
        to.longs[li++] = from.longs[i];
      }
      for (int i : refs) {
        to.refs[ri++] = from.refs[i];
      }
    }
  }

  // ---- go and defer

  /** What go and defer keep: a function value and its arguments, taken from a frame. */
  private interface Capture {
    DeferRecord take(Machine m, Frame f, Position p);
  }

  private static Capture capture(Linker k, Call call, Position position, String kind) {
    String wrap = k.isUser() && isWrapped(call) ? wrapName(k, position, kind) : "";
    Arguments a = new Arguments(k, call.arguments());
    return switch (call.target()) {
      case Call.Target.Static s -> {
        Closure c = new Closure(s.function(), new long[0], new Object[0]);
        yield (m, f, p) -> new DeferRecord(c, false, a.longs(f), a.refs(f), p, wrap);
      }
      case Call.Target.Dynamic d -> {
        int fn = k.ref(d.function());
        yield (m, f, p) ->
            new DeferRecord((Closure) f.refs[fn], false, a.longs(f), a.refs(f), p, wrap);
      }
      case Call.Target.Invoke v -> {
        int receiver = k.ref(v.receiver());
        yield (m, f, p) -> {
          InterfaceValue r = (InterfaceValue) f.refs[receiver];
          if (r == null) {
            throw GoPanic.nil();
          }
          Code code = m.image.method(r.type(), v.method(), v.packagePath());
          Closure c = new Closure(code.function.name(), new long[0], new Object[0]);
          long[] longs = a.longs(f);
          Object[] refs = a.refs(f);
          if (r.type().isLong()) {
            long[] with = new long[longs.length + 1];
            with[0] = r.bits();
            System.arraycopy(longs, 0, with, 1, longs.length);
            longs = with;
          } else {
            Object[] with = new Object[refs.length + 1];
            with[0] = r.ref();
            System.arraycopy(refs, 0, with, 1, refs.length);
            refs = with;
          }
          return new DeferRecord(c, false, longs, refs, p, wrap);
        };
      }
      case Call.Target.Builtin b -> {
        if (b.name().equals("recover")) {
          yield (m, f, p) -> new DeferRecord(null, true, new long[0], new Object[0], p, "");
        }
        String own = b.name().equals("panic") ? wrapName(k, position, ".deferwrap") : "";
        Closure c = new Closure(builtinFunction(k, b, own, position), new long[0], new Object[0]);
        yield (m, f, p) -> new DeferRecord(c, false, a.longs(f), a.refs(f), p, "");
      }
    };
  }

  /**
   * The name of the function gc makes of a go or defer statement. It makes one of each call with
   * arguments or results, and numbers them; the trace of a panic shows only those that panic
   * themselves, that of a throw shows all.
   */
  private static String wrapName(Linker k, Position position, String kind) {
    int number = 0;
    for (Function.Block b : k.function().blocks()) {
      for (Instruction i : b.instructions()) {
        if (i instanceof Instruction.Defer d
                && isWrapped(d.call())
                && !after(d.position(), position)
            || i instanceof Instruction.Go g
                && isWrapped(g.call())
                && !after(g.position(), position)) {
          number++;
        }
      }
    }
    return k.function().displayName() + kind + number;
  }

  private static boolean isWrapped(Call c) {
    return !c.arguments().isEmpty()
        || !c.signature().results().isEmpty()
        || c.target() instanceof Call.Target.Invoke;
  }

  private static boolean after(Position a, Position b) {
    return a.line() > b.line() || a.line() == b.line() && a.column() > b.column();
  }

  /** A function that does nothing but call a builtin, for go and defer statements. */
  private static String builtinFunction(
      Linker k, Call.Target.Builtin b, String wrap, Position position) {
    StringBuilder name = new StringBuilder("builtin ").append(b.name());
    if (!wrap.isEmpty()) {
      name.append(' ').append(k.function().name()).append(' ').append(wrap);
    }
    List<Function.Slot> slots = new ArrayList<>();
    List<Operand> arguments = new ArrayList<>();
    for (GoType t : b.argumentTypes()) {
      name.append(' ').append(k.image().type(t).id);
      arguments.add(new Operand.Register(slots.size()));
      slots.add(new Function.Slot(t, ""));
    }
    if (k.image().isLinked(name.toString())) {
      return name.toString();
    }
    int n = slots.size();
    GoType none = new GoType.Tuple(List.of());
    GoType result =
        switch (b.name()) {
          case "copy", "len", "cap" -> new GoType.Basic(GoType.Kind.INT);
          default -> none;
        };
    slots.add(new Function.Slot(result, ""));
    GoType.Signature s = new GoType.Signature(b.argumentTypes(), List.of(), false);
    List<Instruction> body =
        List.of(
            new Instruction.CallInstruction(n, new Call(b, arguments, s), result, Position.NONE),
            new Instruction.Return(List.of(), Position.NONE));
    k.image()
        .link(
            new Function(
                name.toString(),
                wrap.isEmpty() ? b.name() : wrap,
                "runtime",
                Function.Origin.WRAPPER,
                position,
                s,
                n,
                0,
                slots,
                List.of(new Function.Block(List.of(), body)),
                OptionalInt.empty()));
    return name.toString();
  }

  static void go(Linker k, Instruction.Go s) {
    Position p = s.position();
    Capture c = capture(k, s.call(), p, ".gowrap");
    Slow start =
        (m, g, f) -> {
          DeferRecord r = c.take(m, f, p);
          if (r.recover()) {
            return Slow.NEXT;
          }
          m.spawn(g, r, p);
          return Slow.NEXT;
        };
    k.slow(k.image().counted ? new CountedStart(start) : start);
  }

  /** A go statement where somebody counts goroutines. */
  private record CountedStart(Slow start) implements Slow {
    @Override
    public int run(Machine m, Goroutine g, Frame f) {
      return start.run(m, g, f);
    }

    @Override
    public boolean visible() {
      return true;
    }

    @Override
    public boolean memory() {
      return true;
    }

    @Override
    public Operation operation(Machine m, Goroutine g, Frame f) {
      return Operation.on(Operation.GOROUTINES, Operation.Kind.SHARE);
    }
  }

  static void defer(Linker k, Instruction.Defer d) {
    Position p = d.position();
    Capture c = capture(k, d.call(), p, ".deferwrap");
    int stack = d.stack().map(k::ref).orElse(-1);
    k.slow((m, g, f) -> {
      DeferRecord r = c.take(m, f, p);
      Frame owner = stack < 0 ? f : (Frame) f.refs[stack];
      owner.defer(r);
      if (m.recording() && owner.code.user) {
        String name =
            r.recover()
                ? "recover"
                : r.closure() == null ? "nil" : m.code(r.closure()).function.displayName();
        m.event(new Event.DeferPushed(m.at(g), name, owner.defers.size()));
      }
      return Slow.NEXT;
    });
  }

  static void closure(Linker k, Instruction.MakeClosure c) {
    Arguments a = new Arguments(k, c.bindings());
    int d = k.dst(c.dst());
    String name = c.function();
    k.slow((m, g, f) -> {
      f.refs[d] = new Closure(name, a.longs(f), a.refs(f));
      return Slow.NEXT;
    });
  }
}
