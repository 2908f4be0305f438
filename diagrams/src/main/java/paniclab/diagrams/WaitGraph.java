package paniclab.diagrams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import paniclab.model.trace.At;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;
import paniclab.model.trace.Wait;
import paniclab.model.trace.WaitReason;

/**
 * Who waits for whom at the end of a run: each goroutine that waits, what it waits for, and the
 * goroutines that could end the wait. Those that wait for each other are marked.
 *
 * @param rows goroutines, those that wait first
 */
public record WaitGraph(List<Row> rows, Folded folded) implements Diagram {
  /** The most rows; goroutines that wait alike share one. */
  public static final int MAX_ROWS = 12;

  /** The most lines from one wait to goroutines that could end it. */
  static final int MAX_PEERS = 6;

  /** Why a wait has no end. */
  public enum Knot {
    /** Somebody who does not wait could end it. */
    NONE,
    /** It waits for itself, or for others that wait for it. */
    CYCLE,
    /** Nobody could end it. */
    NOBODY
  }

  /**
   * A goroutine, or several that wait alike.
   *
   * @param goroutines their numbers
   * @param function the learner's function that the first is in, or what it was started with
   * @param waits what it waits for; absent for one that does not wait
   */
  public record Row(List<Integer> goroutines, String function, List<Waiting> waits, Knot knot) {
    public Row {
      goroutines = List.copyOf(goroutines);
      waits = List.copyOf(waits);
    }

    boolean has(int goroutine) {
      return goroutines.contains(goroutine);
    }
  }

  /**
   * A wait.
   *
   * @param peers who could end it, as the rows' numbers in {@link #rows} and how
   */
  public record Waiting(At at, WaitReason reason, String object, Map<Integer, Wait.Role> peers) {}

  public WaitGraph {
    rows = List.copyOf(rows);
  }

  /** The waits at the end of a run. */
  public static WaitGraph of(Trace trace) {
    Map<Integer, String> functions = new TreeMap<>(Map.of(1, "main.main"));
    for (Event e : trace.events()) {
      if (e instanceof Event.Spawned s) {
        functions.put(s.child(), s.function());
      }
    }
    List<List<Wait>> groups = groups(trace.waits(), functions);
    int left = Math.max(0, groups.size() - MAX_ROWS);
    List<List<Wait>> kept = groups.subList(0, groups.size() - left);
    Map<Integer, Integer> rowOf = new TreeMap<>();
    for (int i = 0; i < kept.size(); i++) {
      for (Wait w : kept.get(i)) {
        rowOf.put(w.goroutine(), i);
      }
    }
    List<Integer> others = new ArrayList<>();
    for (List<Wait> g : kept) {
      for (Wait.Peer p : g.getFirst().peers()) {
        if (!rowOf.containsKey(p.goroutine()) && others.size() < MAX_ROWS) {
          rowOf.put(p.goroutine(), kept.size() + others.size());
          others.add(p.goroutine());
        }
      }
    }
    return new WaitGraph(
        rows(kept, others, rowOf, functions), new Folded(left, 0, 0, trace.dropped()));
  }

  /** Goroutines that wait alike together, where there are too many for a row each. */
  private static List<List<Wait>> groups(List<Wait> waits, Map<Integer, String> functions) {
    Map<List<Object>, List<Wait>> groups = new LinkedHashMap<>();
    boolean each = waits.size() <= MAX_ROWS;
    for (Wait w : waits) {
      List<Object> key =
          each
              ? List.of(w.goroutine())
              : List.of(
                  functions.getOrDefault(w.goroutine(), ""),
                  w.at().position(),
                  w.reason(),
                  w.object());
      groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(w);
    }
    return List.copyOf(groups.values());
  }

  private static List<Row> rows(
      List<List<Wait>> groups,
      List<Integer> others,
      Map<Integer, Integer> rowOf,
      Map<Integer, String> functions) {
    List<Map<Integer, Wait.Role>> peers = new ArrayList<>();
    for (List<Wait> g : groups) {
      Map<Integer, Wait.Role> p = new TreeMap<>();
      g.forEach(w ->
          w.peers()
              .forEach(x -> {
                Integer row = rowOf.get(x.goroutine());
                if (row != null) {
                  p.putIfAbsent(row, x.role());
                }
              }));
      peers.add(p);
    }
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Wait w = groups.get(i).getFirst();
      rows.add(
          new Row(
              groups.get(i).stream().map(Wait::goroutine).toList(),
              w.at().function().isEmpty()
                  ? functions.getOrDefault(w.goroutine(), "")
                  : w.at().function(),
              List.of(new Waiting(w.at(), w.reason(), w.object(), peers.get(i))),
              knot(w, i, peers)));
    }
    for (int g : others) {
      rows.add(new Row(List.of(g), functions.getOrDefault(g, ""), List.of(), Knot.NONE));
    }
    return rows;
  }

  /** Whether from a wait every way leads to others that wait, and back. */
  private static Knot knot(Wait w, int row, List<Map<Integer, Wait.Role>> peers) {
    if (w.reason() == WaitReason.SLEEP
        || w.reason() == WaitReason.SYSCALL
        || w.reason() == WaitReason.IO_WAIT) {
      return Knot.NONE;
    }
    if (peers.get(row).isEmpty()) {
      return Knot.NOBODY;
    }
    TreeSet<Integer> seen = new TreeSet<>();
    List<Integer> todo = new ArrayList<>(peers.get(row).keySet());
    while (!todo.isEmpty()) {
      int next = todo.removeLast();
      if (next == row) {
        return Knot.CYCLE;
      }
      if (next < peers.size() && seen.add(next)) {
        todo.addAll(peers.get(next).keySet());
      }
    }
    return Knot.NONE;
  }
}
