/** What front and worker say to each other, see PROTOCOL.md. */
@NullMarked
package paniclab.kernel.link;

import org.jspecify.annotations.NullMarked;
