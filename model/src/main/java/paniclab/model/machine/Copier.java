package paniclab.model.machine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import paniclab.model.program.GoString;

/**
 * Copies what a process is made of, keeping shared things shared. Works off a list instead of
 * recursing, so that a long linked list does not need a deep Java stack.
 */
final class Copier {
  private final IdentityHashMap<Object, Object> copies = new IdentityHashMap<>();
  private final ArrayDeque<Runnable> pending = new ArrayDeque<>();

  private final List<MapValue> maps = new ArrayList<>();

  /** Fills in everything that copies made so far refer to; then keys can be hashed. */
  void finish() {
    for (Runnable r; (r = pending.poll()) != null; ) {
      r.run();
    }
    maps.forEach(MapValue::reindex);
  }

  /** The copy of a value of a register or cell. */
  Object value(Object o) {
    return switch (o) {
      case null -> null;
      case GoString s -> s;
      case ComplexValue c -> c;
      case Cells c -> cells(c);
      case Pointer p -> new Pointer(cells(p.cells()), p.index());
      case SliceValue s -> new SliceValue(cells(s.cells()), s.offset(), s.length(), s.capacity());
      case InterfaceValue v -> interfaceValue(v);
      case Closure c -> closure(c);
      case MapValue m -> map(m);
      case ChannelValue c -> channel(c);
      case MapIterator i -> iterator(i);
      case StringIterator i -> iterator(i);
      case Frame f -> frame(f);
      case Timer t -> timer(t);
      case CCall c -> c.copy(this);
      case String s -> s;
      case Packer.Zeros z -> z;
      default -> throw new IllegalStateException("cannot copy a " + o.getClass().getName());
    };
  }

  private Object interfaceValue(InterfaceValue v) {
    if (v.ref() == null || v.ref() instanceof GoString) {
      return v;
    }
    Object c = copies.get(v);
    if (c == null) {
      c = new InterfaceValue(v.type(), v.bits(), value(v.ref()));
      copies.put(v, c);
    }
    return c;
  }

  Cells cells(Cells c) {
    if (c == null || c.site instanceof RType || c.site instanceof RawMemory) {
      return c;
    }
    Cells k = (Cells) copies.get(c);
    if (k == null) {
      Cells made =
          new Cells(
              c.longs == null ? null : c.longs.clone(),
              c.refs == null ? null : new Object[c.refs.length]);
      made.site = c.site;
      copies.put(c, made);
      if (c.refs != null) {
        pending.add(() -> fill(c.refs, made.refs));
      }
      k = made;
    }
    return k;
  }

  private void fill(Object[] from, Object[] to) {
    for (int i = 0; i < from.length; i++) {
      to[i] = value(from[i]);
    }
  }

  Closure closure(Closure c) {
    if (c == null || c.refs.length == 0) {
      return c;
    }
    Closure k = (Closure) copies.get(c);
    if (k == null) {
      Closure made = new Closure(c.function, c.longs, new Object[c.refs.length]);
      made.code = c.code;
      copies.put(c, made);
      pending.add(() -> fill(c.refs, made.refs));
      k = made;
    }
    return k;
  }

  private MapValue map(MapValue m) {
    MapValue k = (MapValue) copies.get(m);
    if (k == null) {
      MapValue made = new MapValue(m.type);
      made.writer = m.writer;
      made.site = m.site;
      copies.put(m, made);
      pending.add(() -> fill(m, made));
      k = made;
    }
    return k;
  }

  /** Keys may hold pointers, whose identity changes: entries are put in again, in their order. */
  private void fill(MapValue from, MapValue to) {
    for (MapValue.Entry e : from.entries) {
      to.entries.add(entry(e));
    }
    to.live = from.live;
    maps.add(to);
  }

  private MapValue.Entry entry(MapValue.Entry e) {
    MapValue.Entry k = (MapValue.Entry) copies.get(e);
    if (k == null) {
      k = new MapValue.Entry(e.keyBits, value(e.keyRef));
      k.bits = e.bits;
      k.ref = value(e.ref);
      k.deleted = e.deleted;
      copies.put(e, k);
    }
    return k;
  }

  private Object iterator(MapIterator i) {
    Object known = copies.get(i);
    if (known != null) {
      return known;
    }
    MapIterator k = new MapIterator(null);
    copies.put(i, k);
    k.map = i.map == null ? null : map(i.map);
    k.next = i.next;
    for (MapValue.Entry e : i.remaining) {
      k.remaining.add(entry(e));
    }
    return k;
  }

  private Object iterator(StringIterator i) {
    Object known = copies.get(i);
    if (known == null) {
      StringIterator k = new StringIterator(i.string);
      k.next = i.next;
      copies.put(i, k);
      known = k;
    }
    return known;
  }

  ChannelValue channel(ChannelValue c) {
    if (c == null) {
      return null;
    }
    ChannelValue k = (ChannelValue) copies.get(c);
    if (k == null) {
      ChannelValue made = new ChannelValue(c.id, c.elem, c.capacity, c.label);
      made.closed = c.closed;
      copies.put(c, made);
      pending.add(() -> {
        made.timer = timer(c.timer);
        c.buffer.forEach(i -> made.buffer.add(item(i)));
        c.receivers.forEach(w -> made.receivers.add(waiter(w)));
        c.senders.forEach(w -> made.senders.add(waiter(w)));
      });
      k = made;
    }
    return k;
  }

  private ChannelValue.Item item(ChannelValue.Item i) {
    return new ChannelValue.Item(i.bits(), value(i.ref()));
  }

  private ChannelValue.Waiter waiter(ChannelValue.Waiter w) {
    return new ChannelValue.Waiter(
        goroutine(w.goroutine()), w.ticket(), w.option(), w.bits(), value(w.ref()));
  }

  Timer timer(Timer t) {
    if (t == null) {
      return null;
    }
    Timer k = (Timer) copies.get(t);
    if (k == null) {
      Timer made = new Timer();
      made.when = t.when;
      made.period = t.period;
      made.order = t.order;
      made.number = t.number;
      made.active = t.active;
      made.sleeperTicket = t.sleeperTicket;
      copies.put(t, made);
      pending.add(() -> {
        made.sleeper = goroutine(t.sleeper);
        made.function = closure(t.function);
        made.argument = value(t.argument);
        made.channel = channel(t.channel);
      });
      k = made;
    }
    return k;
  }

  Goroutine goroutine(Goroutine g) {
    if (g == null) {
      return null;
    }
    Goroutine k = (Goroutine) copies.get(g);
    if (k == null) {
      Goroutine made = new Goroutine(g.id, g.parent, g.createdBy, g.createdAt, g.system);
      copies.put(g, made);
      made.status = g.status;
      made.waitReason = g.waitReason;
      made.ticket = g.ticket;
      made.resumed = g.resumed;
      made.wakeOption = g.wakeOption;
      made.wakeBits = g.wakeBits;
      made.wakeOk = g.wakeOk;
      made.granted = g.granted;
      made.softWords = g.softWords;
      made.wrap = g.wrap;
      made.stack.copy(g.stack);
      made.signal = g.signal;
      made.fault = g.fault;
      made.panicOnFault = g.panicOnFault;
      made.paused = g.paused;
      made.leaving = g.leaving;
      made.waitSince = g.waitSince;
      made.locks = g.locks;
      made.inC = g.inC;
      pending.add(() -> {
        made.waitObject = value(g.waitObject);
        made.wakeRef = value(g.wakeRef);
        made.panic = panic(g.panic);
        made.top = frame(g.top);
      });
      k = made;
    }
    return k;
  }

  private PanicRecord panic(PanicRecord newest) {
    ArrayDeque<PanicRecord> chain = new ArrayDeque<>();
    for (PanicRecord p = newest; p != null && !copies.containsKey(p); p = p.link) {
      chain.push(p);
    }
    for (PanicRecord p : chain) {
      PanicRecord link = p.link == null ? null : (PanicRecord) copies.get(p.link);
      PanicRecord made =
          new PanicRecord((InterfaceValue) value(p.value), link, p.goexit, p.runtime);
      made.recovered = p.recovered;
      made.repanicked = p.repanicked;
      made.text = p.text;
      copies.put(p, made);
    }
    return newest == null ? null : (PanicRecord) copies.get(newest);
  }

  /** A stack is copied from its outermost frame inwards, without recursion. */
  Frame frame(Frame innermost) {
    ArrayDeque<Frame> stack = new ArrayDeque<>();
    for (Frame f = innermost; f != null && !copies.containsKey(f); f = f.up) {
      stack.push(f);
    }
    for (Frame f : stack) {
      Frame up = f.up == null ? null : (Frame) copies.get(f.up);
      if (f instanceof Bridge b) {
        Bridge made = new Bridge(b, up);
        copies.put(f, made);
        pending.add(() -> fill(b.objects, made.objects));
        continue;
      }
      long[] longs = f.longs.length == 0 ? f.longs : f.longs.clone();
      Object[] refs = f.refs.length == 0 ? f.refs : new Object[f.refs.length];
      Frame made =
          f instanceof PanicFrame p
              ? new PanicFrame(p, up, longs, refs, panic(p.panic))
              : new Frame(f, up, longs, refs);
      copies.put(f, made);
      pending.add(() -> fill(f, made));
    }
    return innermost == null ? null : (Frame) copies.get(innermost);
  }

  private void fill(Frame from, Frame to) {
    fill(from.refs, to.refs);
    if (from.defers != null) {
      to.defers = new ArrayDeque<>();
      for (DeferRecord d : from.defers) {
        Object[] refs = new Object[d.refs().length];
        fill(d.refs(), refs);
        to.defers.add(
            new DeferRecord(
                closure(d.closure()), d.recover(), d.longs(), refs, d.position(), d.wrap()));
      }
    }
    if (from instanceof PanicFrame p && to instanceof PanicFrame q) {
      q.scan = frame(p.scan);
      q.owner = frame(p.owner);
      q.printing = panic(p.printing);
    }
  }
}
