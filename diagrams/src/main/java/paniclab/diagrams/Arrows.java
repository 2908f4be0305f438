package paniclab.diagrams;

import java.util.ArrayList;
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
  private final Map<String, List<Integer>> sent = new HashMap<>();
  private final Map<String, List<Integer>> received = new HashMap<>();
  private final Map<String, Integer> closed = new HashMap<>();

  private Arrows(List<Event> events) {
    this.events = events;
  }

  static List<Arrow> of(List<Event> events) {
    Arrows a = new Arrows(events);
    for (int i = 0; i < events.size(); i++) {
      a.visit(i);
    }
    return a.out;
  }

  private void visit(int i) {
    switch (events.get(i)) {
      case Event.Spawned s -> spawned(i, s.child());
      case Event.Woken w -> woken(i, w.by());
      case Event.Sent s -> sent(i, s.channel() + "\u0000" + s.value());
      case Event.Received r -> received(i, r);
      case Event.Closed c -> closed.put(c.channel(), i);
      case Event.GoroutineEnded _,
          Event.Blocked _,
          Event.Scheduled _,
          Event.Synced _,
          Event.DeferPushed _,
          Event.DeferRan _,
          Event.DeferReturned _,
          Event.PanicRaised _,
          Event.Recovered _,
          Event.RecoverReturnedNil _,
          Event.Goexited _,
          Event.FatalRaised _,
          Event.Printed _,
          Event.TimerFired _,
          Event.DataRace _,
          Event.ProcessEnded _ -> {}
    }
  }

  private void spawned(int i, int child) {
    for (int j = i + 1; j < events.size(); j++) {
      if (events.get(j).at().goroutine() == child && !(events.get(j) instanceof Event.Scheduled)) {
        out.add(new Arrow(i, j, ArrowKind.SPAWN, ""));
        return;
      }
    }
  }

  private void woken(int i, int by) {
    int from = lastInLane(by, i);
    if (by != 0 && from >= 0 && by != goroutine(i)) {
      out.add(new Arrow(from, i, ArrowKind.WAKE, ""));
    }
  }

  /**
   * A send may be recorded before or after the receive it meets: the one that waited ends later.
   */
  private void sent(int i, String key) {
    List<Integer> waiting = received.getOrDefault(key, List.of());
    if (waiting.isEmpty()) {
      sent.computeIfAbsent(key, _ -> new ArrayList<>()).add(i);
      return;
    }
    int r = waiting.removeFirst();
    int parked = lastBlocked(goroutine(i), r);
    if (parked >= 0 && goroutine(i) != goroutine(r)) {
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
    List<Integer> waiting = sent.getOrDefault(key, List.of());
    if (waiting.isEmpty()) {
      received.computeIfAbsent(key, _ -> new ArrayList<>()).add(i);
      return;
    }
    int s = waiting.removeFirst();
    if (goroutine(s) != goroutine(i)) {
      out.add(new Arrow(s, i, ArrowKind.VALUE, r.value()));
    }
  }

  private int goroutine(int i) {
    return events.get(i).at().goroutine();
  }

  private int lastInLane(int goroutine, int before) {
    for (int j = before - 1; j >= 0; j--) {
      if (goroutine(j) == goroutine && !(events.get(j) instanceof Event.Scheduled)) {
        return j;
      }
    }
    return -1;
  }

  private int lastBlocked(int goroutine, int before) {
    for (int j = before - 1; j >= 0; j--) {
      if (goroutine(j) == goroutine && events.get(j) instanceof Event.Blocked) {
        return j;
      }
    }
    return -1;
  }
}
