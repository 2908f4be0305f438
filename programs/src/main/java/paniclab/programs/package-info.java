/** The Go programs of the lessons, each with what the real toolchain did with it. */
@NullMarked
package paniclab.programs;

import org.jspecify.annotations.NullMarked;
