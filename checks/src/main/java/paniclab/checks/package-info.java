/** Tests about the repository itself. */
@NullMarked
package paniclab.checks;

import org.jspecify.annotations.NullMarked;
