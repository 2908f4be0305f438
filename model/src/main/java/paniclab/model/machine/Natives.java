package paniclab.model.machine;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The natives by the full name of their Go function. */
public final class Natives {
  /**
   * A native and its footprint.
   *
   * @param orders whether it orders what comes before and after it, as all do but those that look
   */
  record Entry(
      Native body, Optional<Native.Footprint> footprint, Native.Ready ready, boolean orders) {}

  private final Map<String, Entry> entries = new HashMap<>();

  /** An empty table. */
  public Natives() {}

  /** Adds a native that nobody else can notice. */
  public Natives add(String name, Native body) {
    return put(name, new Entry(body, Optional.empty(), c -> true, true));
  }

  /** Adds a native whose order with others may matter. */
  public Natives add(String name, Native.Footprint footprint, Native body) {
    return add(name, footprint, c -> true, body);
  }

  /** Adds a native that waits until it is ready, and parks for nothing else. */
  public Natives add(String name, Native.Footprint footprint, Native.Ready ready, Native body) {
    return put(name, new Entry(body, Optional.of(footprint), ready, true));
  }

  /** Adds a native that looks at what others do, and orders nothing by it. */
  Natives addLook(String name, Native.Footprint footprint, Native body) {
    return put(name, new Entry(body, Optional.of(footprint), c -> true, false));
  }

  private Natives put(String name, Entry e) {
    if (entries.put(name, e) != null) {
      throw new IllegalStateException("native " + name + " is there twice");
    }
    return this;
  }

  Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }
}
