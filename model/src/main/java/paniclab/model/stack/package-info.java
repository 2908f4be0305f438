/** Goroutine stacks in bytes: growth, overflow, defer records, and which variables lie there. */
@NullMarked
package paniclab.model.stack;

import org.jspecify.annotations.NullMarked;
