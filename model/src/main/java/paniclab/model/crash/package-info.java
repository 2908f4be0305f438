/** The text of a crash, both ways: printer and reader, one grammar. */
@NullMarked
package paniclab.model.crash;

import org.jspecify.annotations.NullMarked;
