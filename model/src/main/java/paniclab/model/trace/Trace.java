package paniclab.model.trace;

import java.util.List;

/**
 * What happened in a run, in order.
 *
 * @param dropped how many later events were not kept because of the limit on events
 * @param waits who waits for what at the end, by age; the first {@link #MAX_WAITS} of them
 */
public record Trace(List<Event> events, long dropped, List<Wait> waits) {
  /** The most events a trace keeps. */
  public static final int MAX_EVENTS = 20_000;

  /** The most waits a trace keeps. */
  public static final int MAX_WAITS = 60;

  public Trace {
    events = List.copyOf(events);
    waits = List.copyOf(waits);
  }

  /** A trace at whose end nobody is known to wait. */
  public Trace(List<Event> events, long dropped) {
    this(events, dropped, List.of());
  }
}
