/** What happened in a run. */
@NullMarked
package paniclab.model.trace;

import org.jspecify.annotations.NullMarked;
