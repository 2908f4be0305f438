package paniclab.model.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import paniclab.model.c.CMemory;

/**
 * A piece of C memory as Go sees it: cells of one type. They hold values only between two looks of
 * C at its memory, and no two views that overlap hold values at the same time: so what either side
 * wrote last is what both read.
 */
final class CView {
  private record Arrays(long[] longs, Object[] refs) {}

  final Cgo cgo;
  final long address;
  final RType elem;
  final int count;
  final Cells cells;
  private final Map<Cells, Arrays> hidden = new LinkedHashMap<>();
  private boolean filled;

  CView(Cgo cgo, long address, RType elem, int count) {
    this.cgo = cgo;
    this.address = address;
    this.elem = elem;
    this.count = count;
    this.cells = new Cells(null, null);
    cells.site = this;
  }

  /** The view behind a pointer or slice, or null. */
  static CView of(Object o) {
    Cells c = o instanceof Pointer p ? p.cells() : o instanceof SliceValue s ? s.cells() : null;
    return c != null && c.site instanceof CView v ? v : null;
  }

  /** The address a pointer into the view has; parts of structs included. */
  long address(Pointer p) {
    if (p.cells() == cells) {
      return address + elem.size() * p.index();
    }
    boolean was = filled;
    if (!was) {
      fill();
    }
    for (int i = 0; i < count; i++) {
      long a = within(elem, cells.refs[i], address + elem.size() * i, p);
      if (a != 0) {
        return a;
      }
    }
    throw new OutOfModelException("a pointer into memory of C that is no more");
  }

  private static long within(RType t, Object value, long at, Pointer p) {
    if (!(value instanceof Cells c)) {
      return 0;
    }
    int n = t.fields != null ? t.fields.length : t.length;
    long offset = 0;
    for (int i = 0; i < n; i++) {
      RType f = t.fields != null ? t.fields[i] : t.elem;
      offset = (offset + f.align() - 1) / f.align() * f.align();
      if (c == p.cells() && i == p.index()) {
        return at + offset;
      }
      long a = c.refs == null ? 0 : within(f, c.refs[i], at + offset, p);
      if (a != 0) {
        return a;
      }
      offset += f.size();
    }
    return 0;
  }

  boolean isFilled() {
    return filled;
  }

  long end() {
    return address + Math.max(1, elem.size() * count);
  }

  /**
   * Gives the cells their values; throws {@link paniclab.model.c.CFault} if C has no such memory.
   */
  void fill() {
    if (filled) {
      return;
    }
    cgo.makeRoom(this);
    if (hidden.isEmpty()) {
      cgo.memory().load(address, 1);
      Cells fresh = elem.newCells(count);
      cells.longs = fresh.longs;
      cells.refs = fresh.refs;
      mark(cells);
    } else {
      hidden.forEach((c, a) -> {
        c.longs = a.longs();
        c.refs = a.refs();
      });
    }
    CMemory m = cgo.memory();
    for (int i = 0; i < count; i++) {
      CValues.read(cgo, m, address + elem.size() * i, elem, cells, i);
    }
    filled = true;
  }

  private void mark(Cells c) {
    c.site = this;
    hidden.put(c, new Arrays(c.longs, c.refs));
    if (c.refs != null) {
      for (Object o : c.refs) {
        if (o instanceof Cells part) {
          mark(part);
        }
      }
    }
  }

  /** Writes back what Go has changed and takes the values away. */
  void flush() {
    if (!filled) {
      return;
    }
    filled = false;
    for (int i = 0; i < count; i++) {
      CValues.write(cgo, cgo.memory(), address + elem.size() * i, elem, cells, i);
    }
    for (Cells c : hidden.keySet()) {
      c.longs = null;
      c.refs = null;
    }
  }
}
