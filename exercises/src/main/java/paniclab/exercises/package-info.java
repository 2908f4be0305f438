/** Prediction items, answer keys, grading. */
@NullMarked
package paniclab.exercises;

import org.jspecify.annotations.NullMarked;
