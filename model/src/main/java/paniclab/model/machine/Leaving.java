package paniclab.model.machine;

import java.util.List;
import java.util.OptionalInt;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Position;

/**
 * The last step of a goroutine, after its function has returned: runtime.goexit1, which takes it
 * out of the count. Between {@code wg.Done} and this step others may already have seen the one and
 * not the other. A step of its own only in searches of programs that count goroutines.
 */
record Leaving() implements Slow {
  private static final Operation END = Operation.on(Operation.GOROUTINES, Operation.Kind.SHARE);

  /** The code of the frame a goroutine has left then: one operation. */
  static Code code() {
    Code c =
        new Code(
            new Function(
                "runtime.goexit1",
                "runtime.goexit1",
                "runtime",
                Function.Origin.EXTERNAL,
                Position.NONE,
                new GoType.Signature(List.of(), List.of(), false),
                0,
                0,
                List.of(),
                List.of(),
                OptionalInt.empty()));
    c.ops = new int[] {Op.SLOW, 0};
    c.at = new Position[] {Position.NONE, Position.NONE};
    c.slows = new Slow[] {new Leaving()};
    return c;
  }

  @Override
  public int run(Machine m, Goroutine g, Frame f) {
    m.endGoroutine(g, g.leaving == Goroutine.Leaving.BY_GOEXIT);
    return Slow.END;
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
    return END;
  }
}
