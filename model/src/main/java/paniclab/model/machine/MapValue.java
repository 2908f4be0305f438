package paniclab.model.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/**
 * A Go map that is not nil. Entries keep the order of insertion; the index is only looked up, never
 * iterated.
 */
public final class MapValue {
  /** An entry; {@code deleted} ones stay until the list is packed. */
  static final class Entry {
    final long keyBits;
    final Object keyRef;
    long bits;
    Object ref;
    boolean deleted;

    Entry(long keyBits, Object keyRef) {
      this.keyBits = keyBits;
      this.keyRef = keyRef;
    }
  }

  final RType type;
  final HashMap<Object, Entry> index = new HashMap<>();
  List<Entry> entries = new ArrayList<>();
  int live;

  /** The goroutine in the middle of a write, 0 for none. */
  int writer;

  Object site;

  MapValue(RType type) {
    this.type = type;
  }

  /** Number of entries, as Go's len. */
  public int size() {
    return live;
  }

  Entry find(long bits, Object ref) {
    return index.get(Values.mapKey(type.key, bits, ref));
  }

  Entry findOrAdd(long bits, Object ref) {
    Object k = Values.mapKey(type.key, bits, ref);
    Entry e = index.get(k);
    if (e == null) {
      e = new Entry(bits, ref);
      if (!(k instanceof Values.Unequal)) {
        index.put(k, e);
      }
      entries.add(e);
      live++;
    }
    return e;
  }

  void delete(long bits, Object ref) {
    Entry e = index.remove(Values.mapKey(type.key, bits, ref));
    if (e != null) {
      e.deleted = true;
      live--;
      if (entries.size() > 32 && live < entries.size() / 2) {
        List<Entry> kept = new ArrayList<>(live + 8);
        for (Entry x : entries) {
          if (!x.deleted) {
            kept.add(x);
          }
        }
        entries = kept;
      }
    }
  }

  /** Builds the index anew from the entries, after a copy. */
  void reindex() {
    index.clear();
    for (Entry e : entries) {
      Object k = e.deleted ? null : Values.mapKey(type.key, e.keyBits, e.keyRef);
      if (k != null && !(k instanceof Values.Unequal)) {
        index.put(k, e);
      }
    }
  }

  void clear() {
    for (Entry e : entries) {
      e.deleted = true;
    }
    entries = new ArrayList<>();
    index.clear();
    live = 0;
  }
}
