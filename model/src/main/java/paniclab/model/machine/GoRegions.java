package paniclab.model.machine;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import paniclab.model.c.CMemory;
import paniclab.model.program.GoType;

/** Go's memory as C sees it: variables that C was given have addresses. */
final class GoRegions implements CMemory.Foreign {
  private static final long FIRST = 0xc000010000L;

  /** The end of what may be Go's: past a variable there is another, never nothing. */
  private static final long HEAP_END = 0xc100000000L;

  /** A run of cells with an address. */
  static final class Region {
    final long start;
    final Cells cells;
    final RType elem;
    final long size;

    /** Whether the collector has taken it back. */
    boolean dead;

    /** Whether C used it since. */
    boolean usedAfter;

    Region(long start, Cells cells, RType elem, long size) {
      this.start = start;
      this.cells = cells;
      this.elem = elem;
      this.size = size;
    }
  }

  private record Part(Region region, long offset) {}

  private final Cgo cgo;
  private final TreeMap<Long, Region> byAddress = new TreeMap<>();
  private final Map<Cells, Part> byCells = new IdentityHashMap<>();
  private long next = FIRST;

  GoRegions(Cgo cgo) {
    this.cgo = cgo;
  }

  Iterable<Region> all() {
    return byAddress.values();
  }

  /** The address of a variable of a type. */
  long address(Pointer p, RType elem) {
    Part part = byCells.get(p.cells());
    if (part != null) {
      return part.region().start + part.offset() + offset(part, p);
    }
    if (p.cells().longs == null && p.cells().refs == null) {
      throw new OutOfModelException("the address of a variable without a size, for C");
    }
    long size = Math.max(1, elem.size() * p.cells().size());
    Region r = new Region(next, p.cells(), elem, size);
    next += (size + 31) / 16 * 16;
    byAddress.put(r.start, r);
    enter(r, p.cells(), 0);
    for (int i = 0; elem.shape == RType.Shape.CELLS && i < p.cells().size(); i++) {
      parts(r, elem, (Cells) p.cells().refs[i], elem.size() * i);
    }
    return r.start + elem.size() * p.index();
  }

  private void enter(Region r, Cells c, long offset) {
    byCells.put(c, new Part(r, offset));
  }

  private final Map<Cells, RType> types = new IdentityHashMap<>();

  private void parts(Region r, RType t, Cells c, long at) {
    enter(r, c, at);
    types.put(c, t);
    int n = t.fields != null ? t.fields.length : t.length;
    long offset = 0;
    for (int i = 0; i < n && c.refs != null; i++) {
      RType f = t.fields != null ? t.fields[i] : t.elem;
      offset = (offset + f.align() - 1) / f.align() * f.align();
      if (f.shape == RType.Shape.CELLS) {
        parts(r, f, (Cells) c.refs[i], at + offset);
      }
      offset += f.size();
    }
  }

  private long offset(Part part, Pointer p) {
    RType t = types.get(p.cells());
    if (t == null) {
      return part.region().elem.size() * p.index();
    }
    if (t.fields == null) {
      return t.elem.size() * p.index();
    }
    long offset = 0;
    for (int i = 0; i <= p.index(); i++) {
      RType f = t.fields[i];
      offset = (offset + f.align() - 1) / f.align() * f.align();
      if (i < p.index()) {
        offset += f.size();
      }
    }
    return offset;
  }

  boolean knows(Pointer p) {
    return byCells.containsKey(p.cells());
  }

  /** The type of what begins at an address, the largest first; null if nothing does. */
  RType typeAt(long address) {
    Region r = at(address);
    if (r == null) {
      return null;
    }
    RType t = r.elem;
    long rest = (address - r.start) % Math.max(1, t.size());
    while (rest > 0) {
      if (t.shape != RType.Shape.CELLS) {
        return null;
      }
      Step s = step(t, rest);
      t = s.type;
      rest = s.rest;
    }
    return t;
  }

  /** What a pointer leads into, if C was ever told. */
  Region of(Pointer p) {
    Part part = byCells.get(p.cells());
    return part == null ? null : part.region();
  }

  Region at(long address) {
    Map.Entry<Long, Region> e = byAddress.floorEntry(address);
    return e != null && address < e.getValue().start + e.getValue().size ? e.getValue() : null;
  }

  @Override
  public boolean has(long address) {
    return address >= FIRST && address < HEAP_END;
  }

  /** The pointer that an address stands for, or null if Go has no variable there. */
  Pointer pointer(long address) {
    Region r = at(address);
    if (r == null) {
      return null;
    }
    long offset = address - r.start;
    long size = Math.max(1, r.elem.size());
    int i = (int) (offset / size);
    Cells c = r.cells;
    RType t = r.elem;
    long rest = offset % size;
    while (rest > 0) {
      if (t.shape != RType.Shape.CELLS) {
        throw new OutOfModelException("a pointer into the middle of a Go variable");
      }
      c = (Cells) c.refs[i];
      Step s = step(t, rest);
      i = s.index;
      t = s.type;
      rest = s.rest;
    }
    return new Pointer(c, i);
  }

  private record Step(int index, RType type, long rest) {}

  /** The part of a struct or array that an offset lies in. */
  private static Step step(RType t, long at) {
    if (t.fields == null) {
      return new Step((int) (at / t.elem.size()), t.elem, at % t.elem.size());
    }
    long offset = 0;
    for (int i = 0; i < t.fields.length; i++) {
      RType f = t.fields[i];
      offset = (offset + f.align() - 1) / f.align() * f.align();
      if (at < offset + f.size()) {
        if (at < offset) {
          break;
        }
        return new Step(i, f, at - offset);
      }
      offset += f.size();
    }
    throw new OutOfModelException("C looks between the fields of a Go struct");
  }

  private record Leaf(Cells cells, int index, RType type, long offset) {}

  private Leaf leaf(long address) {
    Region r = at(address);
    if (r == null) {
      throw new OutOfModelException("C reaches past a Go variable");
    }
    if (r.dead) {
      throw cgo.dead();
    }
    long offset = address - r.start;
    Step s = new Step((int) (offset / r.elem.size()), r.elem, offset % r.elem.size());
    Cells c = r.cells;
    while (s.type.shape == RType.Shape.CELLS) {
      c = (Cells) c.refs[s.index];
      s = step(s.type, s.rest);
    }
    return new Leaf(c, s.index, s.type, s.rest);
  }

  private long value(Leaf l) {
    return switch (l.type.shape) {
      case LONG -> CValues.bits(l.cells.longs[l.index], l.type);
      case REF -> {
        if (!(l.type.under instanceof GoType.Pointer || CValues.isUnsafePointer(l.type))) {
          throw CValues.unfit(l.type);
        }
        yield cgo.address(l.cells.refs[l.index], l.type);
      }
      case STRING, COMPLEX, CELLS -> throw CValues.unfit(l.type);
    };
  }

  private void set(Leaf l, long bits) {
    if (l.type.shape == RType.Shape.LONG) {
      l.cells.longs[l.index] = CValues.value(bits, l.type);
    } else {
      value(l);
      l.cells.refs[l.index] = cgo.pointer(bits, l.type);
    }
  }

  @Override
  public int loadByte(long address) {
    if (cgo.clobbered(at(address))) {
      return clobber(address);
    }
    Leaf l = leaf(address);
    return (int) (value(l) >>> 8 * l.offset) & 0xff;
  }

  /** What debug.clobberfree writes over a block that is taken back: 0xdeadbeef again and again. */
  private static int clobber(long address) {
    return (int) (0xdeadbeefL >>> 8 * (address & 3)) & 0xff;
  }

  @Override
  public void storeByte(long address, int v) {
    Leaf l = leaf(address);
    long mask = 0xffL << 8 * l.offset;
    set(l, value(l) & ~mask | (v & 0xffL) << 8 * l.offset);
  }

  @Override
  public long load(long address, int size) {
    if (!cgo.clobbered(at(address))) {
      Leaf l = leaf(address);
      if (l.offset == 0 && l.type.size() == size) {
        return size == 8 ? value(l) : value(l) & (1L << 8 * size) - 1;
      }
    }
    long v = 0;
    for (int i = size - 1; i >= 0; i--) {
      v = v << 8 | loadByte(address + i);
    }
    return v;
  }

  @Override
  public void store(long address, int size, long v) {
    Leaf l = leaf(address);
    if (l.offset == 0 && l.type.size() == size) {
      set(l, v);
      return;
    }
    for (int i = 0; i < size; i++) {
      storeByte(address + i, (int) (v >>> 8 * i));
    }
  }
}
