/** Every schedule: schedulers, schedules, limits and the search. */
@NullMarked
package paniclab.model.explore;

import org.jspecify.annotations.NullMarked;
