package paniclab.model.stack;

import java.util.List;

/**
 * A stack was too small, so it was copied to a larger one.
 *
 * @param function whose check found no room
 * @param depth calls in progress, that one not counted
 * @param from old size in bytes
 * @param to new size in bytes: at least twice the old one
 * @param oldLow address of the old stack's low end
 * @param newLow address of the new stack's low end
 * @param variables all variables with what they were and are
 */
public record Growth(
    String function,
    long depth,
    long from,
    long to,
    long oldLow,
    long newLow,
    List<Moved> variables) {
  public Growth {
    variables = List.copyOf(variables);
  }

  /**
   * A variable of the stack that was copied.
   *
   * @param pointer whether it is a pointer, which the runtime adjusts when it points into the stack
   * @param addressBefore where it was
   * @param addressAfter where it is
   * @param valueBefore what it held
   * @param valueAfter what it holds
   */
  public record Moved(
      String name,
      boolean pointer,
      long addressBefore,
      long addressAfter,
      long valueBefore,
      long valueAfter) {}
}
