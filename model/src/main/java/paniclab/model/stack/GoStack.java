package paniclab.model.stack;

import java.util.ArrayList;
import java.util.List;

/**
 * The stack of one goroutine, in bytes: it grows downwards, starts with 2 KiB, and is copied to
 * twice the size when a function's check at its entry finds no room ({@code morestack}, {@code
 * newstack} and {@code copystack} of {@code runtime/stack.go}).
 *
 * <p>A frame's size counts everything a call takes: the return address, the saved base pointer and
 * the locals. Addresses are made up, but behave as Go's do.
 *
 * <p>Invariants: {@code low + STACK_GUARD < sp} after every call that did not overflow, except for
 * what a small frame may take below the guard; {@code high - low} is a power of two; offsets from
 * the high end never change, so copying changes every address by the same amount.
 */
public final class GoStack {
  private static final long FIRST_ADDRESS = 0xc000080000L;

  /** What became of a call. */
  public sealed interface Step {
    /** The frame fitted. */
    record Entered() implements Step {}

    /** The stack was copied to a larger one, and then the frame fitted. */
    record Grew(Growth growth) implements Step {}

    /**
     * The larger stack would pass the limit. The process ends: no deferred call runs, no recover
     * stops it.
     *
     * @param text what Go prints
     */
    record Overflowed(String text) implements Step {}
  }

  /** Calls of the same function right below each other. */
  public record Frames(String function, long bytes, long count) {}

  /** A variable of eight bytes in a frame. */
  public final class Variable {
    private final String name;
    private final boolean pointer;
    private final long belowHigh;
    private final long depth;
    private long value;

    private Variable(String name, boolean pointer, long belowHigh, long depth, long value) {
      this.name = name;
      this.pointer = pointer;
      this.belowHigh = belowHigh;
      this.depth = depth;
      this.value = value;
    }

    /** Its name. */
    public String name() {
      return name;
    }

    /** Where it lies now: another address after the stack was copied. */
    public long address() {
      return high - belowHigh;
    }

    /** What it holds: an address if it is a pointer. */
    public long value() {
      return value;
    }

    @Override
    public String toString() {
      return pointer
          ? "%s at 0x%x holds 0x%x".formatted(name, address(), value)
          : "%s at 0x%x holds %d".formatted(name, address(), value);
    }
  }

  private long low;
  private long high;
  private long sp;
  private long next;
  private long maxStack = StackLimits.MAX_STACK_SIZE;
  private long depth;
  private boolean overflowed;
  private final List<Frames> frames = new ArrayList<>();
  private final List<Variable> variables = new ArrayList<>();
  private final List<Growth> growths = new ArrayList<>();

  private GoStack(long size) {
    low = FIRST_ADDRESS;
    high = low + size;
    next = high;
    sp = high - StackLimits.ABOVE_FIRST_FRAME;
  }

  /** The stack of a goroutine that has not called anything: 2 KiB. */
  public static GoStack initial() {
    return new GoStack(StackLimits.STACK_MIN);
  }

  /** Size in bytes. */
  public long size() {
    return high - low;
  }

  /** Address of its low end, where it would run out. */
  public long low() {
    return low;
  }

  /** Address after its high end, where it begins. */
  public long high() {
    return high;
  }

  /** The stack pointer: the lowest byte in use. */
  public long sp() {
    return sp;
  }

  /** {@code g.stackguard0}: a function whose frame would begin at or below it asks for more. */
  public long stackguard0() {
    return low + StackLimits.STACK_GUARD;
  }

  /** Bytes in use. */
  public long used() {
    return high - sp;
  }

  /** Calls in progress. */
  public long depth() {
    return depth;
  }

  /** Calls in progress, outermost first, equal neighbours together. */
  public List<Frames> frames() {
    return List.copyOf(frames);
  }

  /** Every growth so far. */
  public List<Growth> growths() {
    return List.copyOf(growths);
  }

  /** The variables of the calls in progress, oldest first. */
  public List<Variable> variables() {
    return List.copyOf(variables);
  }

  /** Whether it overflowed: then nothing more can be called. */
  public boolean overflowed() {
    return overflowed;
  }

  /**
   * debug.SetMaxStack.
   *
   * @param bytes the new limit; it is looked at when the stack grows, not before
   * @return the old one
   */
  public long setMaxStack(long bytes) {
    long old = maxStack;
    maxStack = bytes;
    return old;
  }

  /**
   * Whether a frame fits without growing: what the function's prologue finds out.
   *
   * @param bytes of the whole frame, the return address included; 8 or more
   */
  public boolean fits(long bytes) {
    return sp - StackLimits.checked(requireFrame(bytes)) > stackguard0();
  }

  /**
   * Calls a function.
   *
   * @param bytes of its frame, the return address included; 8 or more
   * @throws IllegalStateException after an overflow
   */
  public Step call(String function, long bytes) {
    requireFrame(bytes);
    if (overflowed) {
      throw new IllegalStateException(
          "this stack overflowed and its process is over; begin again with GoStack.initial()");
    }
    if (fits(bytes)) {
      push(function, bytes, 1);
      return new Step.Entered();
    }
    long size = size() * 2;
    while (size - used() - 8 < bytes - 8 + StackLimits.STACK_GUARD) {
      size *= 2;
    }
    if (size > StackLimits.effective(maxStack)) {
      overflowed = true;
      return new Step.Overflowed(overflowText());
    }
    Growth g = copy(function, size);
    growths.add(g);
    push(function, bytes, 1);
    return new Step.Grew(g);
  }

  /**
   * Calls a function again and again, each time from the last call.
   *
   * @param times how often, 0 or more
   * @return how many calls found room: fewer than {@code times} if the stack overflowed
   */
  public long recurse(String function, long bytes, long times) {
    long done = 0;
    while (done < times) {
      long room = sp - StackLimits.checked(requireFrame(bytes)) - stackguard0();
      long fit = room <= 0 ? 0 : Math.min(times - done, (room - 1) / bytes + 1);
      if (fit > 0) {
        push(function, bytes, fit);
        done += fit;
      } else if (call(function, bytes) instanceof Step.Overflowed) {
        return done;
      } else {
        done++;
      }
    }
    return done;
  }

  /**
   * The innermost call returns; the stack keeps its size.
   *
   * @throws IllegalStateException if nothing was called
   */
  public void ret() {
    if (frames.isEmpty()) {
      throw new IllegalStateException("nothing was called that could return");
    }
    Frames top = frames.removeLast();
    if (top.count() > 1) {
      frames.add(new Frames(top.function(), top.bytes(), top.count() - 1));
    }
    sp += top.bytes();
    depth--;
    variables.removeIf(v -> v.depth > depth);
  }

  /** All calls but the first {@code n} return. */
  public void returnTo(long n) {
    while (depth > n) {
      Frames top = frames.getLast();
      long leave = Math.min(top.count() - 1, depth - n - 1);
      if (leave > 0) {
        frames.set(frames.size() - 1, new Frames(top.function(), top.bytes(), top.count() - leave));
        sp += top.bytes() * leave;
        depth -= leave;
      }
      ret();
    }
  }

  /**
   * A local variable of the innermost call that is no pointer: its value stays as it is when the
   * stack is copied, even if it is an address that somebody converted to a number.
   */
  public Variable number(String name, long value) {
    return variable(name, false, value);
  }

  /** A local variable of the innermost call that points to another one. */
  public Variable pointer(String name, Variable target) {
    return variable(name, true, target.address());
  }

  private Variable variable(String name, boolean pointer, long value) {
    Frames top = frames.isEmpty() ? new Frames("", 0, 0) : frames.getLast();
    long mine = variables.stream().filter(v -> v.depth == depth).count();
    if (top.bytes() < 16 + 8 * (mine + 1)) {
      throw new IllegalStateException(
          "the innermost frame has no room for "
              + name
              + ": call a function with a frame of "
              + (16 + 8 * (mine + 1))
              + " bytes or more first");
    }
    Variable v = new Variable(name, pointer, high - sp - 8 * mine, depth, value);
    variables.add(v);
    return v;
  }

  /**
   * What the garbage collector does with a stack of which less than a quarter is used: it halves
   * it.
   *
   * @return whether it did
   */
  public boolean shrink() {
    if (size() / 2 < StackLimits.STACK_MIN || used() + StackLimits.STACK_NOSPLIT >= size() / 4) {
      return false;
    }
    copy("runtime.shrinkstack", size() / 2);
    return true;
  }

  /** What an overflow prints before the traces. */
  private String overflowText() {
    return "runtime: goroutine stack exceeds %d-byte limit\nruntime: sp=0x%x stack=[0x%x, 0x%x]\nfatal error: stack overflow\n"
        .formatted(StackLimits.effective(maxStack), sp - 16, low, high);
  }

  private Growth copy(String function, long size) {
    long oldLow = low;
    long oldHigh = high;
    long from = size();
    long used = used();
    next = (next + size - 1) / size * size;
    low = next;
    high = low + size;
    next = high;
    sp = high - used;
    List<Growth.Moved> moved = new ArrayList<>();
    for (Variable v : variables) {
      long before = v.value;
      if (v.pointer && before >= oldLow && before < oldHigh) {
        v.value += high - oldHigh;
      }
      moved.add(
          new Growth.Moved(v.name, v.pointer, oldHigh - v.belowHigh, v.address(), before, v.value));
    }
    return new Growth(function, depth, from, size, oldLow, low, moved);
  }

  private void push(String function, long bytes, long count) {
    Frames now = new Frames(function, bytes, count);
    if (!frames.isEmpty()
        && frames.getLast().function().equals(function)
        && frames.getLast().bytes() == bytes) {
      now = new Frames(function, bytes, frames.removeLast().count() + count);
    }
    frames.add(now);
    sp -= bytes * count;
    depth += count;
  }

  private static long requireFrame(long bytes) {
    if (bytes < 8) {
      throw new IllegalArgumentException(
          "a frame of " + bytes + " bytes: the return address alone takes 8");
    }
    return bytes;
  }

  @Override
  public String toString() {
    return "stack [0x%x, 0x%x) of %d bytes, sp=0x%x, %d in use, depth %d"
        .formatted(low, high, size(), sp, used(), depth);
  }
}
