package paniclab.model.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import paniclab.model.machine.FineMachine;
import paniclab.model.machine.Machine;
import paniclab.model.machine.Operation;

/**
 * What happened before what in one run, among visible operations: the order of each goroutine, of
 * dependent operations, of a go statement and its goroutine, of a wait and its end. Vector clocks
 * count the operations of each goroutine.
 *
 * <p>A pair of dependent operations without anything between them is a race in the sense of partial
 * order reduction: the other order is another run, to be tried ("Source sets: a foundation for
 * optimal dynamic partial order reduction", Abdulla, Aronis, Jonsson and Sagonas, J. ACM 2017).
 */
final class Order implements Machine.Listener {
  /**
   * An operation that was done.
   *
   * @param node where the search decided for it
   * @param clock of the goroutine after it
   */
  private record Done(int goroutine, Operation operation, int node, int[] clock) {
    int time() {
      return clock[FineMachine.slot(goroutine)];
    }
  }

  private final List<Done> done = new ArrayList<>();

  /** Per object and goroutine the operations, by index, in their order. */
  private final Map<Object, Map<Integer, List<Integer>>> byObject = new HashMap<>();

  private final Map<Integer, int[]> clocks = new HashMap<>();

  @Override
  public void spawned(int parent, int child) {
    clocks.put(child, clock(parent).clone());
  }

  @Override
  public void woken(int goroutine, int by) {
    if (by > 0) {
      join(goroutine, clock(by));
    }
  }

  /** Time went on because nobody could move: what comes now comes after everything. */
  void timePassed() {
    int[] all = new int[0];
    for (int[] c : clocks.values()) {
      all = latest(all, c);
    }
    for (Map.Entry<Integer, int[]> e : clocks.entrySet()) {
      e.setValue(all.clone());
    }
  }

  /** The operations, by index, that race with what a goroutine is about to do. */
  List<Integer> races(int goroutine, Operation o) {
    int[] before = clock(goroutine);
    List<Integer> found = new ArrayList<>();
    for (int i : conflicts(o, before).descendingSet()) {
      Done d = done.get(i);
      // What only made this operation possible does not hide what it stands before.
      if (time(before, d.goroutine) < d.time() && d.operation.reversibleWith(o)) {
        found.add(i);
        before = latest(before, d.clock);
      }
    }
    return found;
  }

  /** The goroutine does it. */
  void happened(int goroutine, Operation o, int node) {
    int slot = FineMachine.slot(goroutine);
    int[] c = Arrays.copyOf(clock(goroutine), Math.max(clock(goroutine).length, slot + 1));
    for (int i : conflicts(o, c).descendingSet()) {
      Done d = done.get(i);
      if (time(c, d.goroutine) < d.time()) {
        c = latest(c, d.clock);
      }
    }
    c[slot]++;
    clocks.put(goroutine, c);
    for (Operation.Access a : o.accesses()) {
      List<Integer> l =
          byObject
              .computeIfAbsent(a.object(), k -> new TreeMap<>())
              .computeIfAbsent(goroutine, k -> new ArrayList<>());
      if (l.isEmpty() || l.getLast() != done.size()) {
        l.add(done.size());
      }
    }
    done.add(new Done(goroutine, o, node, c));
  }

  /** Where the search decided for the i-th operation. */
  int node(int i) {
    return done.get(i).node;
  }

  /**
   * Goroutines that could begin a run in which what the goroutine is about to do comes before the
   * i-th operation: of all that happened since without needing that one, the firsts.
   */
  TreeSet<Integer> initials(int i, int goroutine, Operation o) {
    Done first = done.get(i);
    List<Done> v = new ArrayList<>();
    TreeSet<Integer> seen = new TreeSet<>();
    TreeSet<Integer> initials = new TreeSet<>();
    for (Done d : done.subList(i + 1, done.size())) {
      if (time(d.clock, first.goroutine) >= first.time()) {
        continue;
      }
      if (seen.add(d.goroutine) && v.stream().noneMatch(e -> before(e, d.clock))) {
        initials.add(d.goroutine);
      }
      v.add(d);
    }
    int[] c = clock(goroutine);
    if (seen.add(goroutine)
        && v.stream().noneMatch(e -> before(e, c) || e.operation.dependsOn(o))) {
      initials.add(goroutine);
    }
    return initials;
  }

  private static boolean before(Done d, int[] clock) {
    return time(clock, d.goroutine) >= d.time();
  }

  /**
   * The operations that depend on one and do not come before a clock. In a goroutine all earlier
   * ones than one that does come before it do so too: there is no need to look at them again, which
   * in a long run would be most of the work.
   */
  private TreeSet<Integer> conflicts(Operation o, int[] clock) {
    TreeSet<Integer> all = new TreeSet<>();
    if (o.looksAtAll()) {
      for (int i = 0; i < done.size(); i++) {
        addIfDependent(all, i, o);
      }
      return all;
    }
    for (Operation.Access a : o.accesses()) {
      addNotBefore(all, a.object(), o, clock);
    }
    addNotBefore(all, Operation.EVERYTHING, o, clock);
    return all;
  }

  private void addNotBefore(TreeSet<Integer> all, Object object, Operation o, int[] clock) {
    for (List<Integer> own : byObject.getOrDefault(object, Map.of()).values()) {
      for (int k = own.size() - 1; k >= 0 && !before(done.get(own.get(k)), clock); k--) {
        addIfDependent(all, own.get(k), o);
      }
    }
  }

  private void addIfDependent(TreeSet<Integer> to, int i, Operation o) {
    if (done.get(i).operation.dependsOn(o)) {
      to.add(i);
    }
  }

  private int[] clock(int g) {
    return clocks.computeIfAbsent(g, k -> new int[FineMachine.slot(k) + 1]);
  }

  private void join(int g, int[] other) {
    clocks.put(g, latest(clock(g), other));
  }

  /** The later of two clocks in each component; the arguments are not changed. */
  static int[] latest(int[] a, int[] b) {
    int[] c = Arrays.copyOf(a, Math.max(a.length, b.length));
    for (int i = 0; i < b.length; i++) {
      c[i] = Math.max(c[i], b[i]);
    }
    return c;
  }

  private static int time(int[] c, int g) {
    int slot = FineMachine.slot(g);
    return slot < c.length ? c[slot] : 0;
  }
}
