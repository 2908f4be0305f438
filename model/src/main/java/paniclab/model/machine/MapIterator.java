package paniclab.model.machine;

import java.util.ArrayList;
import java.util.List;

/**
 * An iteration over a map. What was there at the start and is not deleted before its turn is
 * visited once; entries added on the way are not visited, which Go allows.
 */
final class MapIterator {
  MapValue map;
  final List<MapValue.Entry> remaining;
  int next;

  MapIterator(MapValue map) {
    this.map = map;
    this.remaining = map == null ? new ArrayList<>() : new ArrayList<>(map.entries);
  }

  /** Options left: entries that are still in the map. */
  int prepare() {
    int n = 0;
    for (int i = next; i < remaining.size(); i++) {
      MapValue.Entry e = remaining.get(i);
      if (!e.deleted) {
        remaining.set(next + n, e);
        n++;
      }
    }
    while (remaining.size() > next + n) {
      remaining.removeLast();
    }
    return n;
  }

  MapValue.Entry take(int option) {
    MapValue.Entry e = remaining.get(next + option);
    remaining.set(next + option, remaining.get(next));
    next++;
    return e;
  }
}
