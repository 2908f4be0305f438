/** A Go program as data: types and instructions in SSA form. */
@NullMarked
package paniclab.model.program;

import org.jspecify.annotations.NullMarked;
