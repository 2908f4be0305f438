package paniclab.model.machine;

import java.util.Arrays;

/**
 * Stands on a stack for frames that were packed: they wait far below the innermost call, have no
 * deferred calls, and nobody holds one of them. When the call above returns into it, or somebody
 * walks down the stack, they are frames again.
 */
final class Bridge extends Frame {
  /** Outermost first. Bridges over the same frames share it. */
  final Shape[] shapes;

  /** Values of the live registers, frame by frame in the order of {@link Shape#live}. */
  final long[] values;

  final Object[] objects;

  /** The least bytes that the stack takes up to here, these frames included. */
  final long low;

  /** What the call above gives: 0 nothing, 1 a long, 2 a reference. */
  private final int result;

  /** The innermost of the frames, once they are frames again; else null. */
  private Frame newest;

  Bridge(Code code, Frame up, Frame above, Shape[] shapes, long[] values, Object[] objects) {
    super(code, up, -1, above.dst + 1, words(up, shapes));
    this.result = above.dst < 0 ? 0 : above.code.result;
    this.shapes = shapes;
    this.values = values;
    this.objects = objects;
    this.deferCause = shapes[0].cause;
    long sum = Stacks.low(up);
    for (Shape s : shapes) {
      sum += s.code.lowBytes;
    }
    this.low = sum;
  }

  /** For copies; {@code objects} is filled in later. */
  Bridge(Bridge from, Frame up) {
    super(from.code, up, -1, from.longs.length, from.words);
    this.result = from.result;
    this.shapes = from.shapes;
    this.values = from.values;
    this.objects = new Object[from.objects.length];
    this.deferCause = from.deferCause;
    this.low = from.low;
  }

  private static int words(Frame up, Shape[] shapes) {
    int sum = up.words;
    for (Shape s : shapes) {
      sum += s.code.words;
    }
    return sum;
  }

  /** How many frames it stands for. */
  int count() {
    return shapes.length;
  }

  /** How many of them are the learner's. */
  int users() {
    int n = 0;
    for (Shape s : shapes) {
      n += s.code.user && !s.code.wrapper ? 1 : 0;
    }
    return n;
  }

  /** The frames again, above {@link #up}; the innermost of them. */
  Frame unpack() {
    if (newest == null) {
      newest = frames();
    }
    return newest;
  }

  /** The frames without their registers, the innermost first by {@link Frame#up}. */
  Frame outline() {
    Frame below = up;
    for (Shape s : shapes) {
      Frame f = new Frame(s.code, below, s.dst, 0, 0);
      s.place(f);
      below = f;
    }
    return below;
  }

  /** Copies of the frames, the innermost first by {@link Frame#up}. */
  Frame frames() {
    Frame below = up;
    int v = 0;
    int o = 0;
    for (Shape s : shapes) {
      Frame f = new Frame(s.code, below, s.dst);
      s.place(f);
      for (int e : s.live) {
        if ((e & 1) == 0) {
          f.longs[e >> 1] = values[v++];
        } else {
          f.refs[e >> 1] = Packer.expand(objects[o++]);
        }
      }
      below = f;
    }
    return below;
  }

  /** A call returned into the bridge: its result goes to the frame that made the call. */
  static int returned(Machine m, Goroutine g, Frame f) {
    Bridge b = (Bridge) f;
    Frame to = b.unpack();
    int dst = b.longs.length - 1;
    if (b.result == 1) {
      to.longs[dst] = b.longs[dst];
    } else if (b.result == 2) {
      to.refs[dst] = b.refs[dst];
    }
    g.top = to;
    Stacks.shallower(m, g, to);
    return Slow.SWITCH;
  }

  @Override
  public String toString() {
    return count() + " frames " + Arrays.stream(shapes).limit(4).map(s -> s.code).toList();
  }
}
