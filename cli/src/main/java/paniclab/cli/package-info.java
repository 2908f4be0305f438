/** The paniclab command. */
@NullMarked
package paniclab.cli;

import org.jspecify.annotations.NullMarked;
