package paniclab.model.machine;

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
    int goroutine, Operation operation, boolean memory, boolean ready, Object site) {}
