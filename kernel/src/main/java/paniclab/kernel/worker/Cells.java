package paniclab.kernel.worker;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which thread works for which cell, and which cells are to stop. A thread belongs to the cell
 * whose thread started it.
 */
final class Cells {
  /** Bytes of stack of a cell's own thread: deep enough to teach recursion, soon overflown. */
  private static final long STACK = 2L << 20;

  /** Read by every tick, so a plain flag; which cell is meant is looked up only when it is up. */
  static volatile boolean stopping;

  private static final InheritableThreadLocal<Integer> OWNER = new InheritableThreadLocal<>();
  private static final Set<Integer> stopped = ConcurrentHashMap.newKeySet();
  private static final Map<Integer, CellGroup> groups = new ConcurrentHashMap<>();
  private static volatile int current;

  private Cells() {}

  /** Prints what escapes a thread on the stderr of its cell. */
  private static final class CellGroup extends ThreadGroup {
    private final int cell;

    CellGroup(int cell) {
      super("cell " + cell);
      this.cell = cell;
    }

    @Override
    public void uncaughtException(Thread t, Throwable e) {
      Cells.uncaught(cell, t, e);
    }
  }

  /** The cell the calling thread works for; that which runs now for a thread of nobody's. */
  static int ofThisThread() {
    Integer owner = OWNER.get();
    return owner == null ? current : owner;
  }

  /** Starts work for a cell in a thread of its own. */
  static void start(int cell, Runnable work) {
    current = cell;
    CellGroup group = groups.computeIfAbsent(cell, CellGroup::new);
    Thread thread =
        new Thread(
            group,
            () -> {
              OWNER.set(cell);
              work.run();
            },
            "main",
            STACK);
    thread.setDaemon(true);
    thread.start();
  }

  /** Stops all threads of a cell: at their next tick, or at once where they wait. */
  static void stop(int cell) {
    stopped.add(cell);
    stopping = true;
    CellGroup group = groups.get(cell);
    if (group != null) {
      group.interrupt();
    }
  }

  /** Whether a cell was stopped. */
  static boolean isStopped(int cell) {
    return stopping && stopped.contains(cell);
  }

  static void endIfStopped() {
    if (isStopped(ofThisThread())) {
      throw new CellStopped();
    }
  }

  /**
   * A call for a cell is over. The flag stays up while a thread of a stopped cell lives; groups
   * without threads are forgotten.
   */
  static void over() {
    groups.values().removeIf(g -> g.activeCount() == 0 && g.cell != current);
    stopped.removeIf(c -> c != current && !groups.containsKey(c));
    if (stopped.isEmpty()) {
      stopping = false;
    }
  }

  static void uncaught(int cell, Thread thread, Throwable thrown) {
    if (thrown instanceof CellStopped || isStopped(cell)) {
      return;
    }
    OWNER.set(cell);
    System.err.print("Exception in thread \"" + thread.getName() + "\" " + TraceText.of(thrown));
    System.err.flush();
  }
}
