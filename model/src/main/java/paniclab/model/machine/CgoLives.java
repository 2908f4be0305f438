package paniclab.model.machine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import paniclab.model.trace.Event;
import paniclab.model.trace.Event.LifeStage;

/** Records the lives of memory that both Go and C know; it decides nothing. */
final class CgoLives {
  /** How cgo names C.int and so on. */
  private static final String CGO_TYPE = "main._Ctype_";

  /** How cgo names a struct that has no name but that of a typedef. */
  private static final Pattern CGO_STRUCT = Pattern.compile("main\\._Ctype_struct___\\d+");

  private final Machine m;

  /** What C memory was made by, by address; in the order of the run. */
  private final Map<Long, Made> made = new LinkedHashMap<>();

  private record Made(String what, long size) {}

  private final Set<Long> freed = new TreeSet<>();

  CgoLives(Machine m) {
    this.m = m;
  }

  /** Something happened to Go's memory; {@code region} is null for memory that C never knew. */
  void of(Goroutine g, LifeStage stage, GoRegions.Region region) {
    if (region == null || !m.recording()) {
      return;
    }
    int n = region.cells.size();
    String type = CGO_STRUCT.matcher(region.elem.toString()).replaceAll("C.struct");
    String what = (n > 1 ? "[" + n + "]" : "") + type.replace(CGO_TYPE, "C.");
    m.event(new Event.Lifetime(m.at(g), stage, region.start, what, region.size));
  }

  /** C, called by this goroutine, uses what is gone. */
  void used(Goroutine g, GoRegions.Region region) {
    if (!region.usedAfter) {
      region.usedAfter = true;
      of(g, LifeStage.USED_AFTER, region);
    }
  }

  /** Go got memory of so many bytes from C. */
  void made(Goroutine g, long address, String what, long size) {
    if (address != 0) {
      made.put(address, new Made(what, size));
      freed.remove(address);
      ofC(g, LifeStage.ALLOCATED, address);
    }
  }

  /** Go is about to give memory to C's free. */
  void freed(Goroutine g, long address) {
    if (made.containsKey(address)) {
      freed.add(address);
      ofC(g, LifeStage.FREED, address);
    }
  }

  /** The process is about to end in this goroutine, or in none. */
  void left(Goroutine g) {
    for (long address : made.keySet()) {
      if (!freed.contains(address) && m.cgo().machine().heap().inUse(address)) {
        ofC(g, LifeStage.LEFT, address);
      }
    }
  }

  private void ofC(Goroutine g, LifeStage stage, long address) {
    Made block = made.get(address);
    if (block != null && m.recording()) {
      m.event(new Event.Lifetime(m.at(g), stage, address, block.what(), block.size()));
    }
  }
}
