package paniclab.model.explore;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import paniclab.model.machine.FineMachine;
import paniclab.model.machine.Machine;
import paniclab.model.machine.Operation;
import paniclab.model.machine.Pause;
import paniclab.model.outcome.DataRace;
import paniclab.model.program.Position;

/**
 * Finds data races by vector clocks, as Go's race detector does: two accesses to one variable, one
 * of them a write, with no order between them. Operations of channels and of sync order; output and
 * plain memory do not. What it learns over all runs is the set of racing instructions.
 */
final class Races implements Machine.Listener {
  private static final Comparator<Position> PLACES =
      Comparator.comparing(Position::file)
          .thenComparing(Position::line)
          .thenComparing(Position::column);
  private static final Comparator<DataRace> IN_SOURCE =
      Comparator.comparing(DataRace::first, PLACES).thenComparing(DataRace::second, PLACES);

  /** The accesses to one variable that later ones may race with. */
  private static final class History {
    int writer;
    int writeTime;
    Object writeSite = "";
    final Map<Integer, Integer> readTimes = new TreeMap<>();
    final Map<Integer, Object> readSites = new HashMap<>();
  }

  /** Who started, ended or counted goroutines, and where. */
  private record Counter(int goroutine, Object site) {}

  /** The latest starts and ends of goroutines, and the latest counts of them: when. */
  private Map<Counter, Integer> changes = new LinkedHashMap<>();

  private Map<Counter, Integer> counts = new LinkedHashMap<>();

  private final Set<Object> racy = new HashSet<>();
  private boolean grown;
  private final Set<DataRace> found = new TreeSet<>(IN_SOURCE);

  private Map<Integer, int[]> clocks = new HashMap<>();
  private Map<Object, int[]> objects = new HashMap<>();

  /** What sharers of an object have released and nobody took over yet. */
  private Map<Object, int[]> shared = new HashMap<>();

  private Map<Object, History> memory = new HashMap<>();

  /** A new run begins. */
  void begin() {
    clocks = new HashMap<>();
    objects = new HashMap<>();
    shared = new HashMap<>();
    memory = new HashMap<>();
    changes = new LinkedHashMap<>();
    counts = new LinkedHashMap<>();
  }

  /** Whether the instruction has raced in some run. */
  boolean isRacy(Object site) {
    return racy.contains(site);
  }

  /** The races that were seen. */
  List<DataRace> found() {
    return List.copyOf(found);
  }

  /** Whether racing instructions were found since this was last asked. */
  boolean takeNew() {
    boolean g = grown;
    grown = false;
    return g;
  }

  @Override
  public void spawned(int parent, int child) {
    // Its own component comes with its first operation: most of many thousands never do any.
    clocks.put(child, clock(parent).clone());
    tick(parent);
  }

  @Override
  public void woken(int goroutine, int by) {
    if (by > 0) {
      join(goroutine, clock(by));
      tick(by);
    }
  }

  /** A goroutine is about to do this. */
  void operation(Pause p) {
    int g = p.goroutine();
    for (Operation.Access a : p.operation().accesses()) {
      if (a.object() == Operation.OUTPUT) {
        continue;
      }
      if (a.object() == Operation.GOROUTINES) {
        count(g, a.kind() == Operation.Kind.READ, p.site());
        continue;
      }
      if (p.memory()) {
        access(g, a.object(), a.kind() == Operation.Kind.WRITE, p.site());
      } else {
        synchronize(g, a);
      }
    }
  }

  private void synchronize(int g, Operation.Access a) {
    Optional.ofNullable(objects.get(a.object())).ifPresent(o -> join(g, o));
    switch (a.kind()) {
      case READ -> {}
      case SHARE, SHARE_LAST -> {
        shared.merge(a.object(), clock(g).clone(), Order::latest);
        tick(g);
      }
      case AWAIT -> Optional.ofNullable(shared.get(a.object())).ifPresent(o -> join(g, o));
      case WRITE, SEND, RECEIVE, CLOSE, ACQUIRE, RELEASE -> {
        Optional.ofNullable(shared.remove(a.object())).ifPresent(o -> join(g, o));
        objects.put(a.object(), clock(g).clone());
        tick(g);
      }
    }
  }

  private void access(int g, Object variable, boolean write, Object site) {
    History h = memory.computeIfAbsent(variable, k -> new History());
    int[] c = clock(g);
    if (h.writer != 0 && h.writer != g && time(c, h.writer) < h.writeTime) {
      race(h.writeSite, site);
    }
    if (write) {
      for (Map.Entry<Integer, Integer> r : h.readTimes.entrySet()) {
        if (r.getKey() != g && time(c, r.getKey()) < r.getValue()) {
          race(h.readSites.getOrDefault(r.getKey(), ""), site);
        }
      }
      h.writer = g;
      h.writeTime = time(c, g);
      h.writeSite = site;
      h.readTimes.clear();
    } else {
      h.readTimes.put(g, time(c, g));
      h.readSites.put(g, site);
    }
  }

  /**
   * The number of goroutines is changed and read. An unordered pair makes the answer depend on the
   * schedule, but is no data race: starts and ends do not disturb one another.
   */
  private void count(int g, boolean read, Object site) {
    int[] c = clock(g);
    (read ? changes : counts)
        .forEach((other, at) -> {
          if (other.goroutine != g && time(c, other.goroutine) < at) {
            choice(other.site, site);
          }
        });
    (read ? counts : changes).put(new Counter(g, site), time(c, g));
  }

  private void race(Object a, Object b) {
    Position p = Pause.position(a);
    Position q = Pause.position(b);
    found.add(PLACES.compare(p, q) <= 0 ? new DataRace(p, q) : new DataRace(q, p));
    choice(a, b);
  }

  private void choice(Object a, Object b) {
    grown |= racy.add(a);
    grown |= racy.add(b);
  }

  private int[] clock(int g) {
    int[] c = clocks.get(g);
    int slot = FineMachine.slot(g);
    if (c == null || c.length <= slot) {
      c = c == null ? new int[slot + 4] : Arrays.copyOf(c, slot + 4);
      clocks.put(g, c);
    }
    if (c[slot] == 0) {
      c[slot] = 1; // at 0 what it does first would seem to have happened before everything
    }
    return c;
  }

  private void tick(int g) {
    clock(g)[FineMachine.slot(g)]++;
  }

  private void join(int g, int[] other) {
    int[] c = clock(g);
    if (c.length < other.length) {
      c = Arrays.copyOf(c, other.length);
      clocks.put(g, c);
    }
    for (int i = 0; i < other.length; i++) {
      c[i] = Math.max(c[i], other[i]);
    }
  }

  private static int time(int[] c, int g) {
    int slot = FineMachine.slot(g);
    return slot < c.length ? c[slot] : 0;
  }
}
