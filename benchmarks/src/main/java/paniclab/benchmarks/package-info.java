/** Measurements beside peers. */
@NullMarked
package paniclab.benchmarks;

import org.jspecify.annotations.NullMarked;
