/** The JVM that runs the learner's code; the front never does. */
@NullMarked
package paniclab.kernel.worker;

import org.jspecify.annotations.NullMarked;
