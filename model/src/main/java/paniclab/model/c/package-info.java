/**
 * The C side of a process: memory by addresses, a heap after glibc's, stacks of fixed size, and a
 * machine that runs what the front end made of C. Nothing here knows of Go; each part can be used
 * alone.
 */
@NullMarked
package paniclab.model.c;

import org.jspecify.annotations.NullMarked;
