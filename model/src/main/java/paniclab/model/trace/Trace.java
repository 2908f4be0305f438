package paniclab.model.trace;

import java.util.List;

/**
 * What happened in a run, in order.
 *
 * @param dropped how many later events were not kept because of the limit on events
 */
public record Trace(List<Event> events, long dropped) {
  /** The most events a trace keeps. */
  public static final int MAX_EVENTS = 20_000;

  public Trace {
    events = List.copyOf(events);
  }
}
