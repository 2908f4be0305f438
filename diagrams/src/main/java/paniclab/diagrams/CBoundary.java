package paniclab.diagrams;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/**
 * How a run crossed the border between Go and C, with the Go stack on one side and the C stack on
 * the other: calls, callbacks, and a panic that passes over C frames.
 *
 * @param steps in the order of the run
 * @param left how many more crossings there were than are drawn
 */
public record CBoundary(List<Step> steps, int left) implements Diagram {
  /** The most crossings one picture shows. */
  public static final int MAX_STEPS = 24;

  /** What happened. */
  public enum Kind {
    /** Go called C. */
    CALL(true),
    /** C returned to Go. */
    RETURN(false),
    /** C called Go. */
    CALLBACK(false),
    /** That returned to C. */
    BACK(true),
    /** A panic began. */
    PANIC(false),
    /** It was recovered with no C frame in between. */
    RECOVERED(false),
    /** It was recovered beyond C frames, which are gone. */
    RECOVERED_BEYOND(false),
    /** The process ended while C ran. */
    DIED_IN_C(true),
    /** The process ended while Go ran. */
    ENDED(false);

    private final boolean inC;

    Kind(boolean inC) {
      this.inC = inC;
    }

    /** Whether C runs afterwards. */
    public boolean inC() {
      return inC;
    }
  }

  /**
   * A step.
   *
   * @param goroutine who
   * @param text the function, the value of a panic, or the end
   * @param dropped C frames that a panic passed over
   */
  public record Step(Kind kind, int goroutine, String text, int dropped) {}

  public CBoundary {
    steps = List.copyOf(steps);
  }

  /** The border of a run; without steps if it never called C. */
  public static CBoundary of(Trace trace) {
    Set<Integer> crossing = new java.util.TreeSet<>();
    for (Event e : trace.events()) {
      if (e instanceof Event.Crossing c) {
        crossing.add(c.at().goroutine());
      }
    }
    List<Step> all = new ArrayList<>();
    Map<Integer, Integer> open = new TreeMap<>();
    for (Event e : trace.events()) {
      if (crossing.contains(e.at().goroutine()) || e instanceof Event.ProcessEnded) {
        step(e, open, all);
      }
    }
    if (crossing.isEmpty()) {
      return new CBoundary(List.of(), 0);
    }
    int kept = Math.min(MAX_STEPS, all.size());
    List<Step> shown = new ArrayList<>(all.subList(0, kept));
    if (kept < all.size()) {
      shown.set(kept - 1, all.getLast());
    }
    return new CBoundary(shown, all.size() - kept);
  }

  /** {@code open} counts, for each goroutine, the calls of C in progress. */
  private static void step(Event e, Map<Integer, Integer> open, List<Step> all) {
    int g = e.at().goroutine();
    int depth = open.getOrDefault(g, 0);
    switch (e) {
      case Event.CgoEntered c -> {
        open.put(g, depth + 1);
        all.add(new Step(Kind.CALL, g, c.function(), 0));
      }
      case Event.CgoReturned c -> {
        open.put(g, Math.max(0, depth - 1));
        all.add(new Step(Kind.RETURN, g, c.function(), 0));
      }
      case Event.CgoCallback c -> all.add(new Step(Kind.CALLBACK, g, c.function(), 0));
      case Event.CgoCallbackReturned c -> all.add(new Step(Kind.BACK, g, c.function(), 0));
      case Event.PanicRaised p -> all.add(new Step(Kind.PANIC, g, p.value(), 0));
      case Event.Recovered r -> {
        boolean beyond = depth > 0 && isCallback(all, g);
        if (beyond) {
          open.put(g, 0);
        }
        all.add(
            new Step(
                beyond ? Kind.RECOVERED_BEYOND : Kind.RECOVERED, g, r.frame(), beyond ? depth : 0));
      }
      case Event.ProcessEnded p ->
          all.add(
              new Step(
                  depth > 0 && !isCallback(all, g) ? Kind.DIED_IN_C : Kind.ENDED,
                  g,
                  p.why().isEmpty() ? String.valueOf(p.status()) : p.why() + " → " + p.status(),
                  0));
      default -> {}
    }
  }

  /** Whether the goroutine's last crossing left it in a Go function that C had called. */
  private static boolean isCallback(List<Step> all, int g) {
    for (int i = all.size() - 1; i >= 0; i--) {
      Step s = all.get(i);
      if (s.goroutine() == g && (s.kind() == Kind.CALL || s.kind() == Kind.BACK)) {
        return false;
      }
      if (s.goroutine() == g && (s.kind() == Kind.CALLBACK || s.kind() == Kind.RETURN)) {
        return s.kind() == Kind.CALLBACK;
      }
    }
    return false;
  }
}
