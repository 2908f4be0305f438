package paniclab.model.machine;

import paniclab.model.stack.StackLimits;

/** What is known of a goroutine's stack. Sizes in bytes, powers of two. */
final class StackState {
  /**
   * What a stack may have from the start: the runtime's own calls before main, and since Go 1.19
   * the average of other goroutines, make it larger than the smallest one.
   */
  private static final long POSSIBLE_AT_START = 32 << 10;

  /** It has this size, or may still grow to it. */
  long size = StackLimits.STACK_MIN;

  /** The least that it has. */
  long sure = StackLimits.STACK_MIN;

  /** The most that it can have. */
  long possible = POSSIBLE_AT_START;

  /** Words of stack at which frames are packed. */
  int packAt = Stacks.PACK_STEP;

  /** Words of stack at which an overflow may become certain; 0 while all fits for certain. */
  int doubtAt;

  /** The same for a copy of the goroutine. */
  void copy(StackState from) {
    size = from.size;
    sure = from.sure;
    possible = from.possible;
    packAt = from.packAt;
    doubtAt = from.doubtAt;
  }

  /** A new limit: what has not grown yet may not grow any more. */
  void limited(long maxStackBytes) {
    if (size > StackLimits.largest(maxStackBytes)) {
      size = Math.max(sure, StackLimits.STACK_MIN);
    }
    doubtAt = 0;
  }

  /** The collector halves a stack of which less than a quarter is used. */
  void collected(Frame top) {
    long used = top == null ? 0 : 8L * top.words;
    if (size > StackLimits.STACK_MIN && used + StackLimits.STACK_NOSPLIT < size / 4) {
      size /= 2;
      sure = Math.min(sure, size);
    }
  }
}
