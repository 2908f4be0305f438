package paniclab.model.machine;

import java.util.List;

/**
 * How many threads the process has: not a number but bounds, for how many the runtime starts for
 * itself depends on the moment (seen on Go 1.26.8: 3 to 6 for a program that starts none).
 *
 * <p>By hand: {@code var t = new OsThreads(); t.limit(20, 2);} and then {@code t.lock(2)} for each
 * goroutine that locks itself to its thread, until one says that the process is dead.
 */
public final class OsThreads {
  /** The threads of a process that has just started. */
  public OsThreads() {}

  /** As runtime/proc.go starts with. */
  public static final int LIMIT = 10_000;

  /** M0, sysmon and the one for the runtime's own goroutines. */
  private static final int AT_START = 3;

  /** sysmon and, once a goroutine was locked to its thread, the template thread. */
  private static final int WITHOUT_P = 2;

  /** Threads over one for each P and each locked goroutine: those above, and those in passing. */
  private static final int MOST_OTHERS = 5;

  /** The object of operations that change how many threads there are. */
  static final Object COUNT = new Object();

  int limit = LIMIT;

  /** Goroutines that are locked to their threads. */
  int locked;

  private boolean everLocked;

  /** Why it is not known whether the limit was passed; empty while it certainly was not. */
  String doubt = "";

  /** Fewest and most threads that the process may have now, for {@code procs} processors. */
  public List<Integer> bounds(int procs) {
    return List.of(least(everLocked ? WITHOUT_P + locked : 0), most(procs));
  }

  OsThreads copy() {
    OsThreads t = new OsThreads();
    t.limit = limit;
    t.locked = locked;
    t.everLocked = everLocked;
    t.doubt = doubt;
    return t;
  }

  /**
   * debug.SetMaxThreads.
   *
   * @return the old limit
   * @throws FatalError where the process has more threads than that
   */
  public int limit(int n, int procs) {
    int old = limit;
    limit = n;
    doubt = "";
    needs(everLocked ? WITHOUT_P + locked : 0, procs);
    return old;
  }

  /**
   * A goroutine that was not is locked to its thread now.
   *
   * @throws FatalError where that takes a thread too many
   */
  public void lock(int procs) {
    locked++;
    everLocked = true;
    needs(WITHOUT_P + locked, procs);
  }

  /** One that is not locked runs: on a thread that none of the locked ones holds. */
  void unlockedRuns(int procs) {
    if (limit < LIMIT && locked > 0) {
      needs(WITHOUT_P + locked + 1, procs);
    }
  }

  private int least(int certain) {
    return Math.max(certain, everLocked ? AT_START + 1 : AT_START);
  }

  private int most(int procs) {
    return locked + procs + MOST_OTHERS;
  }

  private void needs(int certain, int procs) {
    int least = least(certain);
    int most = most(procs);
    if (least > limit) {
      throw FatalError.threadExhaustion(limit);
    }
    if (most > limit) {
      doubt =
          "a limit of "
              + limit
              + " threads: the process has "
              + least
              + " to "
              + most
              + ", and which depends on the moment";
    }
  }
}
