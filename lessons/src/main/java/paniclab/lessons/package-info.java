/** Chapters and the weaver that makes notebooks of them. */
@NullMarked
package paniclab.lessons;

import org.jspecify.annotations.NullMarked;
