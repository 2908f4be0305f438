/** The kernelspec: what is written where, and the caches that make a start fast. */
@NullMarked
package paniclab.kernel.install;

import org.jspecify.annotations.NullMarked;
