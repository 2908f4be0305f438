/** What a learner has done so far, where that leaves them, and what to look at again. */
@NullMarked
package paniclab.exercises.progress;

import org.jspecify.annotations.NullMarked;
