/** One class per magic. */
@NullMarked
package paniclab.kernel.magic;

import org.jspecify.annotations.NullMarked;
