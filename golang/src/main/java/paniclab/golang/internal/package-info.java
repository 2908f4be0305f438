/** How programs come from gofront. */
@NullMarked
package paniclab.golang.internal;

import org.jspecify.annotations.NullMarked;
