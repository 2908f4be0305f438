package paniclab.model.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import paniclab.model.program.GoType;

/**
 * Finds what a Go program can still reach, as the collector does: from package variables, from what
 * the frames of all goroutines still need, from timers and deferred calls. Memory is Java's to
 * free; this is for those who can tell: cleanups, and C that kept a pointer.
 */
final class Collector {
  private final Machine m;
  private final Map<Object, Boolean> reached = new IdentityHashMap<>();
  private final ArrayDeque<Object> pending = new ArrayDeque<>();

  private Collector(Machine m) {
    this.m = m;
  }

  /** All that is reachable. */
  static Map<Object, Boolean> reachable(Machine m, Iterable<Object> roots) {
    Collector c = new Collector(m);
    roots.forEach(c::mark);
    for (Object o; (o = c.pending.poll()) != null; ) {
      c.children(o);
    }
    return c.reached;
  }

  /** Whether a variable, or a part of it, is among what was reached. */
  static boolean isReached(Map<Object, Boolean> reached, Cells root) {
    if (reached.containsKey(root)) {
      return true;
    }
    if (root.refs != null) {
      for (Object o : root.refs) {
        if (o instanceof Cells part && isReached(reached, part)) {
          return true;
        }
      }
    }
    return false;
  }

  private void mark(Object o) {
    switch (o) {
      case null -> {}
      case Pointer p -> mark(p.cells());
      case SliceValue s -> mark(s.cells());
      case InterfaceValue v -> mark(v.ref());
      case Goroutine g -> push(g);
      case Cells c -> push(c);
      case Closure c -> push(c);
      case MapValue x -> push(x);
      case ChannelValue x -> push(x);
      case Timer t -> push(t);
      case MapIterator i -> push(i);
      case CCall c -> mark(c.callback);
      case PanicRecord p -> push(p);
      default -> {}
    }
  }

  private void push(Object o) {
    if (reached.put(o, true) == null) {
      pending.add(o);
    }
  }

  private void all(Object[] list) {
    if (list != null) {
      for (Object o : list) {
        mark(o);
      }
    }
  }

  private void children(Object o) {
    switch (o) {
      case Cells c -> all(c.refs);
      case Closure c -> all(c.refs);
      case MapValue x -> x.entries.stream().filter(e -> !e.deleted).forEach(this::entry);
      case ChannelValue x -> {
        x.buffer.forEach(i -> mark(i.ref()));
        mark(x.timer);
        x.senders.forEach(w -> mark(w.ref()));
      }
      case Timer t -> {
        mark(t.function);
        mark(t.argument);
        mark(t.channel);
      }
      case MapIterator i -> {
        mark(i.map);
        i.remaining.forEach(this::entry);
      }
      case PanicRecord p -> {
        mark(p.value);
        mark(p.link);
      }
      case Goroutine g -> goroutine(g);
      default -> throw new IllegalStateException("marked a " + o.getClass());
    }
  }

  private void entry(MapValue.Entry e) {
    mark(e.keyRef);
    mark(e.ref);
  }

  private void goroutine(Goroutine g) {
    mark(g.waitObject);
    mark(g.wakeRef);
    mark(g.panic);
    Frame callee = null;
    for (Frame f = g.top; f != null; callee = f, f = f.up) {
      if (f instanceof Bridge b) {
        all(b.objects);
      } else {
        frame(f, callee);
      }
    }
  }

  private void frame(Frame f, Frame callee) {
    Liveness live = f instanceof PanicFrame ? null : Liveness.of(m.image, f.code);
    boolean again = callee == null || callee.injected || callee.deferCause != null;
    int at = again ? f.pc : f.pc - 1;
    for (int i = 0; i < f.refs.length; i++) {
      if (live == null || live.needs(i, at, again)) {
        mark(f.refs[i]);
      }
    }
    if (f.defers != null) {
      for (DeferRecord d : f.defers) {
        mark(d.closure());
        all(d.refs());
      }
    }
  }

  /** A call that waits for an object to be garbage. */
  record Cleanup(long id, Cells object, Closure call, RType type) {}

  /**
   * Does a collection: the cleanups whose objects are garbage, which are then no longer waited for.
   */
  static List<Closure> collect(Machine m) {
    RuntimeState s = m.runtime;
    List<Object> roots = m.roots();
    s.cleanups.forEach(c -> roots.add(c.call()));
    Map<Object, Boolean> reached = reachable(m, roots);
    List<Closure> ready = new ArrayList<>();
    for (Cleanup c : List.copyOf(s.cleanups)) {
      if (!isReached(reached, c.object())) {
        if (isTiny(c)) {
          throw new OutOfModelException(
              "a cleanup of an object below 16 bytes without pointers: Go keeps several of them in"
                  + " one block");
        }
        s.cleanups.remove(c);
        ready.add(c.call());
      }
    }
    if (m.hasC()) {
      m.cgo().collected(reached);
    }
    return ready;
  }

  private static boolean isTiny(Cleanup c) {
    return c.type().size() * c.object().size() < 16
        && c.object().refs == null
        && !(c.type().under instanceof GoType.Struct);
  }
}
