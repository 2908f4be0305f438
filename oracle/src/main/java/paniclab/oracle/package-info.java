/** The only code that starts a real Go toolchain: what it saw is what the model is held to. */
@NullMarked
package paniclab.oracle;

import org.jspecify.annotations.NullMarked;
