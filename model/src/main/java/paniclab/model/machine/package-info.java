/** The machine that runs programs: values, goroutines, frames, natives. */
@NullMarked
package paniclab.model.machine;

import org.jspecify.annotations.NullMarked;
