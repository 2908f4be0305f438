/**
 * The machine that runs programs: values, goroutines, frames, natives.
 *
 * <p>Go's nil is Java's null in this package, and only in it: a register that holds a nil slice,
 * map, channel, pointer, function or interface holds null. That keeps a value at one machine word
 * and is why the package is not null-marked as the others are.
 */
@NullUnmarked
package paniclab.model.machine;

import org.jspecify.annotations.NullUnmarked;
