package paniclab.model.stack;

/**
 * The numbers of Go's stacks under the names the runtime gives them, in bytes, on linux/amd64.
 * Source: {@code runtime/stack.go}, {@code internal/abi/stack.go} and {@code runtime/proc.go} of Go
 * 1.26.
 */
public final class StackLimits {
  private StackLimits() {}

  /** The smallest stack of a goroutine ({@code stackMin}). */
  public static final long STACK_MIN = 2048;

  /** What the operating system wants below the guard ({@code stackSystem}): nothing on Linux. */
  public static final long STACK_SYSTEM = 0;

  /** What a chain of calls without checks may use ({@code stackNosplit}). */
  public static final long STACK_NOSPLIT = 800;

  /**
   * A frame up to this size may reach below the guard, so its check is one comparison ({@code
   * abi.StackSmall}).
   */
  public static final long STACK_SMALL = 128;

  /** From this frame size on the check guards against wrapping around ({@code abi.StackBig}). */
  public static final long STACK_BIG = 4096;

  /** How far {@code stackguard0} lies above the low end ({@code stackGuard}). */
  public static final long STACK_GUARD = STACK_NOSPLIT + STACK_SYSTEM + STACK_SMALL;

  /** The limit that a program starts with ({@code maxstacksize}); debug.SetMaxStack changes it. */
  public static final long MAX_STACK_SIZE = 1_000_000_000;

  /** What no SetMaxStack can raise the limit above ({@code maxstackceiling}). */
  public static final long MAX_STACK_CEILING = 2 * MAX_STACK_SIZE;

  /** What lies above the frame of a goroutine's first function: {@code newproc1} leaves it free. */
  public static final long ABOVE_FIRST_FRAME = 4 * 8;

  /** The limit that counts: what SetMaxStack said, but never more than the ceiling. */
  public static long effective(long maxStackSize) {
    return maxStackSize < 0 || maxStackSize > MAX_STACK_CEILING ? MAX_STACK_CEILING : maxStackSize;
  }

  /**
   * The largest stack that can exist under a limit: sizes are powers of two, so 512 MiB under the
   * limit of 1,000,000,000 bytes. The first stack is there whatever the limit says.
   */
  public static long largest(long maxStackSize) {
    long size = STACK_MIN;
    while (size * 2 <= effective(maxStackSize)) {
      size *= 2;
    }
    return size;
  }

  /** What a function's check asks for below the stack pointer of its caller. */
  public static long checked(long frame) {
    return 8 + Math.max(0, frame - 8 - STACK_SMALL);
  }
}
