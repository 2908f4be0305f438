package paniclab.model.machine;

import paniclab.model.program.Position;

/**
 * A goroutine before its next visible operation.
 *
 * @param operation what it will touch; {@link Operation#NONE} when it waits, has ended, or stands
 *     before nothing that others could notice
 * @param memory whether it is a plain access to memory, which orders nothing
 * @param ready whether it could do it now; if not, it would only park
 * @param site names the instruction
 */
public record Pause(
    int goroutine, Operation operation, boolean memory, boolean ready, Object site) {

  /** Where the instruction that a site names stands; {@link Position#NONE} for another object. */
  public static Position position(Object site) {
    return site instanceof Machine.Site(Code code, int pc) && pc < code.at.length
        ? code.at[pc]
        : Position.NONE;
  }
}
