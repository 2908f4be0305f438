package paniclab.model.machine;

import paniclab.model.explore.Schedule;
import paniclab.model.outcome.Ending;
import paniclab.model.trace.Trace;

/**
 * A finished run.
 *
 * @param schedule replays it
 * @param steps instructions executed
 * @param nanos on the virtual clock
 */
public record Run(Ending ending, Trace trace, Schedule schedule, long steps, long nanos) {}
