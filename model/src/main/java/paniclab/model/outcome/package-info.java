/** How programs end. */
@NullMarked
package paniclab.model.outcome;

import org.jspecify.annotations.NullMarked;
