/** What the worker does for the magics: Go programs on the model, predictions, crash logs. */
@NullMarked
package paniclab.kernel.task;

import org.jspecify.annotations.NullMarked;
