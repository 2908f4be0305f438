/** Trace or Verdict to figure. */
@NullMarked
package paniclab.diagrams;

import org.jspecify.annotations.NullMarked;
