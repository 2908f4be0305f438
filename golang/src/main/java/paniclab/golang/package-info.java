/** Go source to Program. */
@NullMarked
package paniclab.golang;

import org.jspecify.annotations.NullMarked;
