package paniclab.model.trace;

import paniclab.model.program.Position;

/**
 * When and where an event happened.
 *
 * @param step instructions executed before it, in the whole program
 * @param goroutine id, from 1 (main)
 * @param function display name of the user function it happened in or below; empty for none
 * @param position in the learner's source (the innermost frame that is the learner's)
 * @param nanos on the virtual clock since the start of the program
 */
public record At(long step, int goroutine, String function, Position position, long nanos) {}
