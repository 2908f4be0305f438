/** The Jupyter kernel. */
@NullMarked
package paniclab.kernel;

import org.jspecify.annotations.NullMarked;
