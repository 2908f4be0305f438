/** Every way a Go program can end, in one table. */
@NullMarked
package paniclab.lessons.lookup;

import org.jspecify.annotations.NullMarked;
