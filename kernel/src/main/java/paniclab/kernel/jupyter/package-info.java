/** The Jupyter protocol: sockets, signatures, messages. */
@NullMarked
package paniclab.kernel.jupyter;

import org.jspecify.annotations.NullMarked;
