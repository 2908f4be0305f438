package paniclab.model.machine;

import java.util.ArrayList;
import java.util.List;

/** What a process can set of its runtime, and read again, without effect on the model. */
final class RuntimeState {
  /** What runtime.ReadMemStats tells of the heap, which the model does not measure. */
  static final long HEAP_AT_START = 192 << 10;

  static final long OBJECTS_AT_START = 400;

  int maxProcs = RuntimeNatives.CPUS;
  OsThreads threads = new OsThreads();
  int collections;

  /** When the last collection began, in virtual nanoseconds; 0 for none. */
  long lastCollection;

  int gcPercent = 100;
  long memoryLimit = Long.MAX_VALUE;

  /** Whether the program waits for objects to be collected. */
  boolean awaitsCollection;

  /** What runtime.AddCleanup asked for. */
  final List<Collector.Cleanup> cleanups = new ArrayList<>();

  long lastCleanup;

  private long randomState;

  /** The next random number; other choices give other numbers. */
  long random(int choice) {
    long z = randomState += 0x9E3779B97F4A7C15L;
    z ^= (choice & 0xffffffffL) * 0xD6E8FEB86659FD93L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** A copy; what it refers to is the copier's. */
  RuntimeState copy(Copier c) {
    RuntimeState s = new RuntimeState();
    s.lastCleanup = lastCleanup;
    for (Collector.Cleanup x : cleanups) {
      s.cleanups.add(
          new Collector.Cleanup(x.id(), c.cells(x.object()), c.closure(x.call()), x.type()));
    }
    s.maxProcs = maxProcs;
    s.threads = threads.copy();
    s.collections = collections;
    s.lastCollection = lastCollection;
    s.gcPercent = gcPercent;
    s.memoryLimit = memoryLimit;
    s.randomState = randomState;
    s.awaitsCollection = awaitsCollection;
    return s;
  }
}
