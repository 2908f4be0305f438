/** The Go runtime in Java: pure and deterministic; no clock, file, thread or randomness. */
@NullMarked
package paniclab.model;

import org.jspecify.annotations.NullMarked;
