/** Pages that tell each student what they said, what the run did, and where the two part. */
@NullMarked
package paniclab.exercises.feedback;

import org.jspecify.annotations.NullMarked;
