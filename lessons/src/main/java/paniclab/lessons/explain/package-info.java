/** Crash logs explained, in words and with the lesson that teaches more. */
@NullMarked
package paniclab.lessons.explain;

import org.jspecify.annotations.NullMarked;
