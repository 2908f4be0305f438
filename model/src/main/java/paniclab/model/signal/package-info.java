/** Signals under Go: what the runtime does with each, and how they reach a process from outside. */
@NullMarked
package paniclab.model.signal;

import org.jspecify.annotations.NullMarked;
