/** A class's submissions, read as data, and the sheet of their grades. */
@NullMarked
package paniclab.exercises.grading;

import org.jspecify.annotations.NullMarked;
