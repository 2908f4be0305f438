package paniclab.model.machine;

import java.util.Optional;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;

/** Putting values into interfaces and getting them out. */
final class Interfaces {
  private Interfaces() {}

  static void make(Linker k, Instruction.MakeInterface x) {
    RType t = k.image().type(x.xType());
    int d = k.dst(x.dst());
    int e = k.operand(x.x());
    int i = e >> 1;
    if ((e & 1) == 0) {
      k.slow((m, g, f) -> {
        f.refs[d] = new InterfaceValue(t, f.longs[i], null);
        return Slow.NEXT;
      });
    } else {
      k.slow((m, g, f) -> {
        f.refs[d] = new InterfaceValue(t, 0, f.refs[i]);
        return Slow.NEXT;
      });
    }
  }

  /**
   * Whether any instruction reads a register. SSA checks with an assertion whose result nobody
   * reads that an interface is not nil before a method value is taken of it.
   */
  private static boolean isUsed(Linker k, int slot) {
    Operand register = new Operand.Register(slot);
    return k.function().blocks().stream()
        .flatMap(b -> b.instructions().stream())
        .anyMatch(in -> Operands.of(in).contains(register));
  }

  static void typeAssert(Linker k, Instruction.TypeAssert t) {
    RType want = k.image().type(t.asserted());
    RType from = k.image().type(t.xType());
    int d = k.dst(t.dst());
    int x = k.ref(t.x());
    boolean commaOk = t.commaOk();
    boolean toInterface = want.isInterface();
    boolean nilCheck = toInterface && want == from && !isUsed(k, t.dst());
    k.slow((m, g, f) -> {
      InterfaceValue v = (InterfaceValue) f.refs[x];
      boolean ok =
          v != null
              && (toInterface
                  ? m.image.missingMethod(v.type(), (GoType.Interface) want.under).isEmpty()
                  : v.type() == want);
      if (commaOk) {
        f.refs[d] = pair(want, v, ok, toInterface);
        return Slow.NEXT;
      }
      if (!ok && nilCheck) {
        throw GoPanic.nil();
      }
      if (!ok) {
        throw GoPanic.runtime(GoPanic.TYPE_ASSERTION, failure(m, from, want, v));
      }
      if (toInterface) {
        f.refs[d] = v;
      } else if (want.isLong()) {
        f.longs[d] = v.bits();
      } else {
        f.refs[d] = v.ref();
      }
      return Slow.NEXT;
    });
  }

  private static Cells pair(RType want, InterfaceValue v, boolean ok, boolean toInterface) {
    long bits = ok && !toInterface ? v.bits() : 0;
    Object ref = !ok ? (want.isLong() ? null : want.zeroRef()) : toInterface ? v : v.ref();
    return new Cells(new long[] {bits, ok ? 1 : 0}, new Object[] {ref, null});
  }

  /** The text of runtime.TypeAssertionError. */
  static String failure(Machine m, RType from, RType want, InterfaceValue v) {
    String inter = from.type instanceof GoType.Named ? from.toString() : "interface";
    if (from.under instanceof GoType.Interface i
        && i.methods().isEmpty()
        && !(from.type instanceof GoType.Named)) {
      inter = "interface {}";
    }
    if (v == null) {
      return "interface conversion: "
          + (want.isInterface() ? "interface" : inter)
          + " is nil, not "
          + want;
    }
    if (want.under instanceof GoType.Interface i) {
      Optional<GoType.Method> missing = m.image.missingMethod(v.type(), i);
      return "interface conversion: "
          + v.type()
          + " is not "
          + want
          + ": missing method "
          + missing.map(GoType.Method::name).orElse("");
    }
    String text = "interface conversion: " + inter + " is " + v.type() + ", not " + want;
    if (v.type().toString().equals(want.toString())) {
      boolean otherPackage =
          v.type().type instanceof GoType.Named a
              && want.type instanceof GoType.Named b
              && !a.packagePath().equals(b.packagePath());
      text += otherPackage ? " (types from different packages)" : " (types from different scopes)";
    }
    return text;
  }
}
