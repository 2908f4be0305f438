package paniclab.model.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import paniclab.model.trace.Trace;
import paniclab.model.trace.Wait;
import paniclab.model.trace.WaitReason;

/**
 * Who waits for whom. Of locks it is known who holds them, because the machine writes it down (Go
 * does not); of channels, wait groups and conditions, who can still reach them from the variables
 * of its frames: as Go 1.26's goroutineleak profile asks, and like it an upper bound.
 */
final class Waits {
  /** Variables looked at for one goroutine; beyond them it is taken to reach nothing more. */
  private static final int MOST_VISITED = 200_000;

  /** Fields of sync.RWMutex that goroutines wait on; a plain mutex has one other. */
  private static final int WRITER_SEM = 1;

  private static final int READER_SEM = 2;

  /** Who holds a lock: writers (or owners) and readers, each as often as it locked. */
  private static final class Hold {
    final List<Integer> owners = new ArrayList<>();
    final List<Integer> readers = new ArrayList<>();
    String label = "";
  }

  private final IdentityHashMap<Cells, Hold> holds = new IdentityHashMap<>();

  /** Notes an operation of package sync. */
  void synced(int g, String operation, Object object) {
    switch (operation) {
      case "Mutex.Lock", "Mutex.TryLock", "RWMutex.Lock", "RWMutex.TryLock" ->
          hold(object).owners.add(g);
      case "RWMutex.RLock", "RWMutex.TryRLock" -> hold(object).readers.add(g);
      case "Mutex.Unlock", "RWMutex.Unlock" -> release(hold(object).owners, g);
      case "RWMutex.RUnlock" -> release(hold(object).readers, g);
      default -> {} // nothing is held by it
    }
  }

  private Hold hold(Object object) {
    Hold h = holds.computeIfAbsent(StandardNatives.struct(object), _ -> new Hold());
    h.label = Machine.label(object);
    return h;
  }

  /** Another goroutine may unlock what one has locked. */
  private static void release(List<Integer> holders, int g) {
    if (!holders.remove(Integer.valueOf(g)) && !holders.isEmpty()) {
      holders.removeFirst();
    }
  }

  Waits copy(Copier c) {
    Waits w = new Waits();
    holds.forEach((lock, h) -> {
      Hold k = new Hold();
      k.owners.addAll(h.owners);
      k.readers.addAll(h.readers);
      k.label = h.label;
      w.holds.put(c.cells(lock), k);
    });
    return w;
  }

  /** The waits of a machine as it is now. */
  List<Wait> of(Machine m) {
    List<Goroutine> waiting =
        m.goroutines().stream()
            .filter(g -> g.status == Goroutine.Status.WAITING)
            .limit(Trace.MAX_WAITS)
            .toList();
    Map<Integer, Set<Object>> reached = new LinkedHashMap<>();
    if (waiting.stream().anyMatch(g -> !isLock(g.waitReason))) {
      m.goroutines().stream().limit(Trace.MAX_WAITS).forEach(g -> reached.put(g.id, reachable(g)));
    }
    return waiting.stream().map(g -> wait(m, g, waiting, reached)).toList();
  }

  private static boolean isLock(WaitReason r) {
    return r == WaitReason.SYNC_MUTEX_LOCK
        || r == WaitReason.SYNC_RWMUTEX_LOCK
        || r == WaitReason.SYNC_RWMUTEX_RLOCK
        || r == WaitReason.SLEEP;
  }

  private Wait wait(
      Machine m, Goroutine g, List<Goroutine> waiting, Map<Integer, Set<Object>> reached) {
    List<Wait.Peer> peers = new ArrayList<>();
    Object object = g.waitObject instanceof SyncNatives.Turn t ? t.list() : g.waitObject;
    String label = Machine.label(object);
    if (isLock(g.waitReason)) {
      if (object instanceof Pointer p) {
        label = lockPeers(g, p, waiting, peers);
      }
    } else {
      List<Object> targets = targets(g, object, reached.getOrDefault(g.id, Set.of()));
      reached.forEach((id, set) -> {
        if (id != g.id && targets.stream().anyMatch(set::contains)) {
          peers.add(new Wait.Peer(id, Wait.Role.REACHES));
        }
      });
    }
    if (label.isEmpty() && object instanceof Pointer p) {
      label = name(p.cells(), reachable(g));
    }
    return new Wait(m.at(g), g.waitReason, label, peers);
  }

  /** Adds who holds the lock; its name. */
  private String lockPeers(Goroutine g, Pointer p, List<Goroutine> waiting, List<Wait.Peer> out) {
    Hold direct = holds.get(p.cells());
    Hold h = direct != null ? direct : outer(p.cells());
    boolean drains = g.waitReason == WaitReason.SYNC_RWMUTEX_LOCK && p.index() == WRITER_SEM;
    if (drains) {
      List<Integer> readers = new ArrayList<>(h.readers);
      for (Goroutine o : waiting) {
        if (o.waitObject instanceof Pointer q
            && q.cells() == p.cells()
            && q.index() == READER_SEM) {
          readers.remove(Integer.valueOf(o.id)); // it has only announced itself
        }
      }
      readers.stream().distinct().forEach(r -> out.add(new Wait.Peer(r, Wait.Role.READS)));
    } else {
      h.owners.stream().distinct().forEach(o -> out.add(new Wait.Peer(o, Wait.Role.HOLDS)));
    }
    return h.label;
  }

  /** The hold of the RWMutex whose own mutex this is. */
  private Hold outer(Cells mutex) {
    for (Map.Entry<Cells, Hold> e : holds.entrySet()) {
      if (contains(e.getKey(), mutex, 2)) {
        return e.getValue();
      }
    }
    return new Hold();
  }

  private static boolean contains(Cells c, Cells part, int depth) {
    if (c.refs == null || depth == 0) {
      return false;
    }
    for (Object r : c.refs) {
      if (r == part || r instanceof Cells inner && contains(inner, part, depth - 1)) {
        return true;
      }
    }
    return false;
  }

  /** What is waited for, as objects that others may reach: of a select all its channels. */
  private static List<Object> targets(Goroutine g, Object object, Set<Object> own) {
    if (g.waitReason == WaitReason.SELECT) {
      return own.stream()
          .filter(
              o -> o instanceof ChannelValue c && (waits(c.senders, g) || waits(c.receivers, g)))
          .toList();
    }
    return switch (object) {
      case ChannelValue c -> List.of(c);
      case Pointer p -> List.of(p.cells());
      default -> List.of();
    };
  }

  private static boolean waits(ArrayDeque<ChannelValue.Waiter> queue, Goroutine g) {
    return queue.stream().anyMatch(w -> w.goroutine() == g && !w.stale());
  }

  // ---- names

  /**
   * How deep in a variable a lock is looked for: array, struct, sync.Mutex, internal/sync.Mutex.
   */
  private static final int DEPTH = 5;

  /**
   * The variable that holds a lock, with its index where that is an array; of a variable without a
   * name the index alone, and nothing where two names fit.
   */
  private static String name(Cells lock, Set<Object> reached) {
    TreeSet<String> names = new TreeSet<>();
    TreeSet<String> indices = new TreeSet<>();
    for (Object o : reached) {
      if (o instanceof Cells c && !(c.site instanceof RType)) {
        Optional<String> index = path(c, lock, DEPTH);
        index.filter(_ -> c.site != null).ifPresent(i -> names.add(c.site + i));
        index.filter(i -> !i.isEmpty()).ifPresent(i -> indices.add("…" + i));
      }
    }
    return names.size() == 1
        ? names.first()
        : names.isEmpty() && indices.size() == 1 ? indices.first() : "";
  }

  private static Optional<String> path(Cells c, Cells part, int depth) {
    if (c == part) {
      return Optional.of("");
    }
    if (c.refs == null || depth == 0) {
      return Optional.empty();
    }
    boolean array = isArray(c);
    for (int i = 0; i < c.refs.length; i++) {
      if (c.refs[i] instanceof Cells inner) {
        String index = array ? "[" + i + "]" : "";
        Optional<String> rest = path(inner, part, depth - 1);
        if (rest.isPresent()) {
          return rest.map(r -> index + r);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether all parts are alike; of a struct they hardly are. */
  private static boolean isArray(Cells c) {
    if (c.refs.length < 2 || !(c.refs[0] instanceof Cells first)) {
      return false;
    }
    for (Object r : c.refs) {
      if (!(r instanceof Cells x) || x.size() != first.size()) {
        return false;
      }
    }
    return true;
  }

  // ---- reachability

  private static Set<Object> reachable(Goroutine g) {
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    ArrayDeque<Object> todo = new ArrayDeque<>();
    for (Frame f = g.top; f != null; f = f.up) {
      push(todo, f.refs);
      if (f.defers != null) {
        for (DeferRecord d : f.defers) {
          push(todo, d.refs());
          push(todo, d.closure());
        }
      }
    }
    for (Object o; (o = todo.poll()) != null && seen.size() < MOST_VISITED; ) {
      visit(o, seen, todo);
    }
    return seen;
  }

  private static void visit(Object o, Set<Object> seen, ArrayDeque<Object> todo) {
    switch (o) {
      case Pointer p -> push(todo, p.cells());
      case SliceValue s -> push(todo, s.cells());
      case InterfaceValue v -> push(todo, v.ref());
      case Cells c when seen.add(c) -> push(todo, c.refs);
      case Closure c when seen.add(c) -> push(todo, c.refs);
      case MapValue m when seen.add(m) ->
          m.entries.forEach(e -> {
            push(todo, e.keyRef);
            push(todo, e.ref);
          });
      case ChannelValue c when seen.add(c) -> {
        c.buffer.forEach(i -> push(todo, i.ref()));
        c.senders.stream().filter(w -> !w.stale()).forEach(w -> push(todo, w.ref()));
      }
      default -> {} // a string, a number: nothing lies behind it
    }
  }

  private static void push(ArrayDeque<Object> todo, Object o) {
    if (o instanceof Object[] all) {
      for (Object x : all) {
        push(todo, x);
      }
    } else if (o != null) {
      todo.push(o);
    }
  }
}
