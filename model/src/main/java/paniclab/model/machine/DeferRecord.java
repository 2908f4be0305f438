package paniclab.model.machine;

import paniclab.model.program.Position;

/**
 * A deferred call, its arguments evaluated.
 *
 * @param closure what to call; null for a nil function, which panics when its turn comes
 * @param recover whether it is the builtin recover itself
 * @param longs arguments held in longs, in order
 * @param refs the others, in order
 * @param position of the defer statement
 * @param wrap the function that the compiler makes of the statement, or empty if it needs none
 */
record DeferRecord(
    Closure closure,
    boolean recover,
    long[] longs,
    Object[] refs,
    Position position,
    String wrap) {}
