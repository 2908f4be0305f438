/** The Go programs of the lessons and what real Go did with them. */
@NullMarked
package paniclab.programs;

import org.jspecify.annotations.NullMarked;
