package paniclab.model.machine;

import paniclab.model.stack.StackLimits;
import paniclab.model.trace.Event;

/**
 * The stacks of goroutines in bytes: when they grow, when they overflow, and the packing of frames
 * that makes room for the deepest of them.
 *
 * <p>Where the compiler's frames are known, all is as exact as Go. Elsewhere a frame lies between
 * two bounds. A stack that fits with the larger of them fits; one that does not fit with the
 * smaller overflows; in between the run goes on with a doubt, and if it then does anything but
 * overflow, or shows that it came so far, it is out of the model.
 */
final class Stacks {
  private Stacks() {}

  /** Words above the first frame of a goroutine. */
  static final int WORDS_ABOVE = (int) StackLimits.ABOVE_FIRST_FRAME / 8;

  /** Words of stack between two packings: half a megabyte. */
  static final int PACK_STEP = 1 << 16;

  static final int FIRST_SOFT_WORDS = softWords(StackLimits.STACK_MIN);

  /** More words than this in use, the new frame included, and its check may find no room. */
  private static int softWords(long size) {
    return (int) Math.min(Integer.MAX_VALUE, (size - StackLimits.STACK_GUARD) / 8 - 1);
  }

  /** A call for which there may be no room, or below which frames are to be packed. */
  static void deeper(Machine m, Goroutine g, Frame nf) {
    StackState s = g.stack;
    if (nf.code.words > 0 && nf.words > growWords(s)) {
      check(m, g, nf);
    }
    if (nf.words > s.packAt) {
      m.packed(Packer.pack(m.image, nf.up));
      s.packAt = nf.words + PACK_STEP;
    }
    soften(g);
  }

  /** A call returned to frames that had been packed. */
  static void shallower(Machine m, Goroutine g, Frame top) {
    g.stack.packAt = Math.min(g.stack.packAt, top.words + PACK_STEP);
    soften(g);
  }

  /** Sets when a call asks next. */
  static void soften(Goroutine g) {
    g.softWords = Math.min(growWords(g.stack), g.stack.packAt);
  }

  private static int growWords(StackState s) {
    return s.doubtAt > 0 ? s.doubtAt : softWords(s.size);
  }

  private static void check(Machine m, Goroutine g, Frame nf) {
    StackState s = g.stack;
    long frame = 8L * nf.code.words;
    long caller = 8L * nf.words - frame;
    long need = nf.code.exactFrame ? caller + StackLimits.checked(frame) : caller + frame;
    if (need < s.size - StackLimits.STACK_GUARD) {
      return;
    }
    long size = s.size * 2;
    while (size - caller - 8 < frame - 8 + StackLimits.STACK_GUARD) {
      size *= 2;
    }
    if (size > StackLimits.effective(m.maxStackBytes)) {
      full(m, g, nf);
      return;
    }
    long low = lowNeed(nf);
    if (m.recording() && !g.system) {
      long depth = depth(nf.up);
      m.event(
          new Event.StackGrew(
              m.at(g), s.size, size, nf.code.function.displayName(), depth, low == need));
    }
    s.size = size;
    s.possible = Math.max(s.possible, size);
    while (low >= s.sure - StackLimits.STACK_GUARD && s.sure < size) {
      s.sure *= 2;
    }
  }

  /** The stack may not grow: either it overflows, or that cannot be told. */
  private static void full(Machine m, Goroutine g, Frame nf) {
    StackState s = g.stack;
    long low = lowNeed(nf);
    long room = Math.max(s.possible, s.size) - StackLimits.STACK_GUARD;
    if (low >= room) {
      m.doubtless(g);
      throw overflow(m, s, nf);
    }
    if (s.doubtAt == 0) {
      m.doubt(g, doubt(s, nf, low));
    }
    s.doubtAt = (int) Math.min(Integer.MAX_VALUE, nf.words + Math.max(1, (room - low) / 8 - 1));
  }

  private static String doubt(StackState s, Frame nf, long low) {
    return "whether this recursion fits: at "
        + nf.code.function.displayName()
        + ", "
        + depth(nf)
        + " calls deep, the stack takes between "
        + low
        + " and "
        + 8L * nf.words
        + " bytes, and it cannot have more than "
        + s.size
        + "; only Go's compiler knows the sizes of these frames";
  }

  private static FatalError overflow(Machine m, StackState s, Frame nf) {
    long low = 0xc020160000L;
    return FatalError.stackOverflow(
        nf,
        "runtime: goroutine stack exceeds %d-byte limit\nruntime: sp=0x%x stack=[0x%x, 0x%x]\n"
            .formatted(
                StackLimits.effective(m.maxStackBytes),
                low + StackLimits.STACK_GUARD - 48,
                low,
                low + s.size));
  }

  private static long lowNeed(Frame nf) {
    long below = low(nf.up);
    return nf.code.exactFrame ? below + StackLimits.checked(8L * nf.code.words) : below;
  }

  /** The least bytes that a stack takes up to a frame, that frame included. */
  static long low(Frame frame) {
    long sum = 0;
    for (Frame f = frame; f != null; f = f.up) {
      if (f instanceof Bridge b) {
        return sum + b.low;
      }
      sum += f.code.lowBytes;
      if (f.up == null) {
        sum += 8L * (f.words - f.code.words);
      }
    }
    return sum;
  }

  /** Calls in progress. */
  static long depth(Frame frame) {
    long n = 0;
    for (Frame f = frame; f != null; f = f.up) {
      n += f instanceof Bridge b ? b.count() : 1;
    }
    return n;
  }
}
