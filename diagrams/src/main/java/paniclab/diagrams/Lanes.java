package paniclab.diagrams;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/**
 * Goroutines side by side, time downwards: who starts, blocks, wakes, sends to and receives from
 * whom.
 *
 * @param lanes the goroutines drawn, by id
 * @param marks the events drawn, in order; each stands in a row of its own
 * @param arrows between marks, given by their indices
 */
public record Lanes(List<Lane> lanes, List<Event> marks, List<Arrow> arrows, Folded folded)
    implements Diagram {
  /** The most goroutines drawn side by side. */
  public static final int MAX_LANES = 8;

  /** How many are drawn when there are more than that. */
  public static final int LANES_OF_A_CROWD = 5;

  /** The most events drawn: each lane adds a box for its head and one for its end. */
  public static final int MAX_MARKS = MAX_NODES - 2 * MAX_LANES;

  public Lanes {
    lanes = List.copyOf(lanes);
    marks = List.copyOf(marks);
    arrows = List.copyOf(arrows);
  }

  /** How a goroutine stood when the run was over. */
  public enum End {
    /** Its function returned, or the process ended in it. */
    OVER,
    /** It could have run on; the process ended first. */
    CUT_OFF,
    /** It waits, and nothing will wake it. */
    WAITING
  }

  /**
   * One goroutine.
   *
   * @param function what its go statement called; {@code main.main} for the first
   * @param blocked the wait it never came back from, when {@code end} is WAITING
   */
  public record Lane(int goroutine, String function, End end, Optional<Event.Blocked> blocked) {}

  /** Why two events of different goroutines belong together. */
  public enum ArrowKind {
    SPAWN,
    VALUE,
    CLOSE,
    WAKE
  }

  /**
   * An arrow between two marks.
   *
   * @param value what travelled; empty for none
   */
  public record Arrow(int from, int to, ArrowKind kind, String value) {}

  /** The lanes of a run. */
  public static Lanes of(Trace trace) {
    List<Event> events = trace.events();
    Set<Integer> ids = new TreeSet<>();
    events.forEach(e -> ids.add(e.at().goroutine()));
    Set<Integer> drawn = choose(events, ids);
    List<Arrow> all = Arrows.of(events);
    int[] next = nextInLane(events);
    boolean[] merged = mergedWakes(events, next);
    List<Integer> kept = keep(events, drawn, merged);
    Map<Integer, Integer> row = new LinkedHashMap<>();
    List<Event> marks = new ArrayList<>();
    for (int i : kept) {
      row.put(i, marks.size());
      marks.add(events.get(i));
    }
    int possible = 0;
    for (int i = 0; i < events.size(); i++) {
      possible += merged[i] || level(events.get(i)) > 3 ? 0 : 1;
    }
    List<Lane> lanes = drawn.stream().map(g -> lane(events, g)).toList();
    return new Lanes(
        lanes,
        marks,
        onRows(all, events, row, next),
        new Folded(
            possible - marks.size(),
            ids.size() - drawn.size(),
            waiting(events, drawn),
            trace.dropped()));
  }

  /** Whose lane it is: that of no goroutine is the runtime's, or where signals come from. */
  String head(int goroutine, Words w) {
    boolean outside =
        goroutine == 0
            && marks.stream()
                .anyMatch(e -> e instanceof Event.SignalDelivered s && s.at().goroutine() == 0);
    return outside ? w.get("outside") : w.goroutine(goroutine);
  }

  /** How many goroutines that are not drawn wait for ever. */
  private static int waiting(List<Event> events, Set<Integer> drawn) {
    Map<Integer, Boolean> waits = new HashMap<>();
    for (Event e : events) {
      if (!drawn.contains(e.at().goroutine())) {
        waits.put(e.at().goroutine(), e instanceof Event.Blocked);
      }
    }
    return (int) waits.values().stream().filter(b -> b).count();
  }

  private static Lane lane(List<Event> events, int goroutine) {
    String function = goroutine == 1 ? "main.main" : "";
    End end = End.CUT_OFF;
    Optional<Event.Blocked> blocked = Optional.empty();
    for (Event e : events) {
      if (e instanceof Event.Spawned s && s.child() == goroutine) {
        function = s.function();
      }
      if (e.at().goroutine() != goroutine) {
        continue;
      }
      if (e instanceof Event.Blocked b) {
        end = End.WAITING;
        blocked = Optional.of(b);
      } else if (e instanceof Event.GoroutineEnded
          || e instanceof Event.FatalRaised
          || e instanceof Event.ProcessEnded) {
        end = End.OVER;
        blocked = Optional.empty();
      } else {
        end = End.CUT_OFF;
        blocked = Optional.empty();
      }
    }
    return new Lane(goroutine, function, end, blocked);
  }

  /** main, those something went wrong in, and the earliest others, up to {@link #MAX_LANES}. */
  private static Set<Integer> choose(List<Event> events, Set<Integer> ids) {
    if (ids.size() <= MAX_LANES) {
      return ids;
    }
    Map<Integer, Integer> rank = new LinkedHashMap<>();
    ids.forEach(g -> rank.put(g, g == 1 ? 0 : 2));
    for (Event e : events) {
      if (isTrouble(e)) {
        rank.merge(e.at().goroutine(), 1, Math::min);
      }
    }
    Set<Integer> out = new TreeSet<>();
    ids.stream()
        .sorted(
            Comparator.<Integer>comparingInt(g -> rank.getOrDefault(g, 2)).thenComparingInt(g -> g))
        .limit(LANES_OF_A_CROWD)
        .forEach(out::add);
    return out;
  }

  private static boolean isTrouble(Event e) {
    return e instanceof Event.PanicRaised
        || e instanceof Event.SignalDelivered
        || e instanceof Event.FatalRaised
        || e instanceof Event.ProcessEnded;
  }

  /** A wake that is followed by what the goroutine waited for needs no box of its own. */
  private static boolean[] mergedWakes(List<Event> events, int[] nextInLane) {
    boolean[] merged = new boolean[events.size()];
    for (int i = 0; i < merged.length; i++) {
      if (events.get(i) instanceof Event.Woken) {
        int next = nextInLane[i];
        merged[i] =
            next >= 0
                && (events.get(next) instanceof Event.Sent
                    || events.get(next) instanceof Event.Received
                    || events.get(next) instanceof Event.Synced);
      }
    }
    return merged;
  }

  /** For each event, the next one of its goroutine that is no switch; -1 for none. */
  private static int[] nextInLane(List<Event> events) {
    int[] next = new int[events.size()];
    Map<Integer, Integer> later = new HashMap<>();
    for (int i = next.length - 1; i >= 0; i--) {
      int g = events.get(i).at().goroutine();
      next[i] = later.getOrDefault(g, -1);
      if (!(events.get(i) instanceof Event.Scheduled)) {
        later.put(g, i);
      }
    }
    return next;
  }

  /** The goroutines that are there and not drawn: their go statements are not drawn either. */
  private static Set<Integer> hidden(List<Event> events, Set<Integer> drawn) {
    Set<Integer> out = new TreeSet<>();
    events.forEach(e -> out.add(e.at().goroutine()));
    out.removeAll(drawn);
    return out;
  }

  /**
   * Whether a stack grew for a frame of the library before any of the learner's functions ran, or
   * for a package's initialiser: that says nothing.
   */
  static boolean isStart(Event e) {
    return e instanceof Event.StackGrew s
        && (s.at().function().isEmpty() || s.function().endsWith(".init"));
  }

  /** How soon an event gives way when there are too many: 0 last, 3 first, 4 is never drawn. */
  private static int level(Event e) {
    return switch (e) {
      case Event.Spawned _ -> 0;
      case Event.GoroutineEnded _ -> 0;
      case Event.Blocked _ -> 0;
      case Event.Woken _ -> 0;
      case Event.Scheduled _ -> 4;
      case Event.ThreadLocked _ -> 1;
      case Event.ProcsChanged _ -> 1;
      case Event.Sent _ -> 1;
      case Event.Received _ -> 1;
      case Event.Closed _ -> 0;
      case Event.Synced _ -> 3;
      case Event.Crossing _ -> 1;
      case Event.Lifetime _ -> 4;
      case Event.DeferPushed _ -> 3;
      case Event.DeferRan _ -> 2;
      case Event.DeferReturned _ -> 4;
      case Event.PanicRaised _ -> 0;
      case Event.Recovered _ -> 0;
      case Event.RecoverReturnedNil _ -> 1;
      case Event.Goexited _ -> 0;
      case Event.FatalRaised _ -> 0;
      case Event.Printed _ -> 2;
      case Event.SignalDelivered _ -> 0;
      case Event.StackGrew s -> isStart(s) ? 4 : 3;
      case Event.TimerFired _ -> 2;
      case Event.DataRace _ -> 0;
      case Event.ProcessEnded _ -> 0;
    };
  }

  /** Indices of the events to draw: whole kinds give way first, then the middle of the run. */
  private static List<Integer> keep(List<Event> events, Set<Integer> drawn, boolean[] merged) {
    Set<Integer> hidden = hidden(events, drawn);
    List<Integer> kept = List.of();
    for (int worst = 3; worst >= 0; worst--) {
      List<Integer> now = new ArrayList<>();
      for (int i = 0; i < events.size(); i++) {
        Event e = events.get(i);
        if (!merged[i]
            && level(e) <= worst
            && drawn.contains(e.at().goroutine())
            && !(e instanceof Event.Spawned s && hidden.contains(s.child()))) {
          now.add(i);
        }
      }
      kept = now;
      if (kept.size() <= MAX_MARKS) {
        return kept;
      }
    }
    List<Integer> ends = new ArrayList<>(kept.subList(0, MAX_MARKS / 2));
    ends.addAll(kept.subList(kept.size() - MAX_MARKS / 2, kept.size()));
    return ends;
  }

  /**
   * Arrows between events, turned into arrows between rows. A merged wake moves to its follower,
   * and gives way to the value that came from the same goroutine.
   */
  private static List<Arrow> onRows(
      List<Arrow> all, List<Event> events, Map<Integer, Integer> row, int[] next) {
    List<Arrow> out = new ArrayList<>();
    Set<List<Integer>> joined = new HashSet<>();
    for (boolean wakes : new boolean[] {false, true}) {
      for (Arrow a : all) {
        if ((a.kind() == ArrowKind.WAKE) != wakes) {
          continue;
        }
        int to = row.containsKey(a.to()) || !wakes ? a.to() : next[a.to()];
        Integer f = row.get(a.from());
        Integer t = row.get(to);
        if (f != null && t != null && f < t) {
          if (joined.add(List.of(events.get(a.from()).at().goroutine(), t))) {
            out.add(new Arrow(f, t, a.kind(), a.value()));
          }
        }
      }
    }
    return out;
  }
}
