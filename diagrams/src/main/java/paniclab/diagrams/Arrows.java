package paniclab.diagrams;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import paniclab.diagrams.Lanes.Arrow;
import paniclab.diagrams.Lanes.ArrowKind;
import paniclab.model.trace.Event;

/** Finds which events of different goroutines belong together; indices are those of the trace. */
final class Arrows {
  private final List<Event> events;
  private final List<Arrow> out = new ArrayList<>();

  /** Sends and receives that have not met yet, by channel and value. */
  private final Map<String, Deque<Integer>> sent = new HashMap<>();

  private final Map<String, Deque<Integer>> received = new HashMap<>();
  private final Map<String, Integer> closed = new HashMap<>();

  /** By goroutine: the go statement whose child has not shown up yet, its last event and wait. */
  private final Map<Integer, Integer> spawn = new HashMap<>();

  private final Map<Integer, Integer> last = new HashMap<>();
  private final Map<Integer, Integer> blocked = new HashMap<>();

  private Arrows(List<Event> events) {
    this.events = events;
  }

  static List<Arrow> of(List<Event> events) {
    Arrows a = new Arrows(events);
    for (int i = 0; i < events.size(); i++) {
      if (!(events.get(i) instanceof Event.Scheduled)) {
        a.first(i);
        a.visit(i);
        a.last.put(a.goroutine(i), i);
      }
    }
    return a.out;
  }

  /** The first event of a goroutine answers the go statement that made it. */
  private void first(int i) {
    Integer from = spawn.remove(goroutine(i));
    if (from != null) {
      out.add(new Arrow(from, i, ArrowKind.SPAWN, ""));
    }
  }

  private void visit(int i) {
    switch (events.get(i)) {
      case Event.Spawned s -> spawn.put(s.child(), i);
      case Event.Blocked _ -> blocked.put(goroutine(i), i);
      case Event.Woken w -> woken(i, w.by());
      case Event.Sent s -> sent(i, s.channel() + "\u0000" + s.value());
      case Event.Received r -> received(i, r);
      case Event.Closed c -> closed.put(c.channel(), i);
      case Event.SignalDelivered _ -> last.put(Event.Woken.SIGNAL, i);
      case Event.GoroutineEnded _,
          Event.Scheduled _,
          Event.ThreadLocked _,
          Event.ProcsChanged _,
          Event.Synced _,
          Event.Crossing _,
          Event.Lifetime _,
          Event.DeferPushed _,
          Event.DeferRan _,
          Event.DeferReturned _,
          Event.PanicRaised _,
          Event.Recovered _,
          Event.RecoverReturnedNil _,
          Event.Goexited _,
          Event.FatalRaised _,
          Event.Printed _,
          Event.StackGrew _,
          Event.TimerFired _,
          Event.DataRace _,
          Event.ProcessEnded _ -> {}
    }
  }

  private void woken(int i, int by) {
    Integer from = last.get(by);
    if (by != 0 && from != null && by != goroutine(i)) {
      out.add(new Arrow(from, i, ArrowKind.WAKE, ""));
    }
  }

  /**
   * A send may be recorded before or after the receive it meets: the one that waited ends later.
   */
  private void sent(int i, String key) {
    Integer r = received.getOrDefault(key, new ArrayDeque<>()).poll();
    if (r == null) {
      sent.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(i);
      return;
    }
    Integer parked = blocked.get(goroutine(i));
    if (parked != null && parked < r && goroutine(i) != goroutine(r)) {
      out.add(new Arrow(parked, r, ArrowKind.VALUE, ((Event.Received) events.get(r)).value()));
    }
  }

  private void received(int i, Event.Received r) {
    if (!r.ok()) {
      Integer from = closed.get(r.channel());
      if (from != null && goroutine(from) != goroutine(i)) {
        out.add(new Arrow(from, i, ArrowKind.CLOSE, ""));
      }
      return;
    }
    String key = r.channel() + "\u0000" + r.value();
    Integer s = sent.getOrDefault(key, new ArrayDeque<>()).poll();
    if (s == null) {
      received.computeIfAbsent(key, _ -> new ArrayDeque<>()).add(i);
    } else if (goroutine(s) != goroutine(i)) {
      out.add(new Arrow(s, i, ArrowKind.VALUE, r.value()));
    }
  }

  private int goroutine(int i) {
    return events.get(i).at().goroutine();
  }
}
