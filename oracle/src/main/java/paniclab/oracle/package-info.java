/** Asks the real Go toolchain; nobody imports it. */
@NullMarked
package paniclab.oracle;

import org.jspecify.annotations.NullMarked;
