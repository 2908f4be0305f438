/** Graphviz itself. */
@NullMarked
package paniclab.diagrams.internal;

import org.jspecify.annotations.NullMarked;
