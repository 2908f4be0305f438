/** Assignments for a class: notebooks without answers, and what grading must know of them. */
@NullMarked
package paniclab.exercises.release;

import org.jspecify.annotations.NullMarked;
