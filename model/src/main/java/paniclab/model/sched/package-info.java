/** Go's scheduler: goroutines (G), threads (M) and processors (P), by the runtime's own names. */
@NullMarked
package paniclab.model.sched;

import org.jspecify.annotations.NullMarked;
