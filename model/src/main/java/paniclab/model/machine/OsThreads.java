package paniclab.model.machine;

/**
 * How many threads the process has: not a number but bounds, for how many the runtime starts for
 * itself depends on the moment (seen on Go 1.26.8: 3 to 6 for a program that starts none).
 */
final class OsThreads {
  /** As runtime/proc.go starts with. */
  static final int LIMIT = 10_000;

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

  OsThreads copy() {
    OsThreads t = new OsThreads();
    t.limit = limit;
    t.locked = locked;
    t.everLocked = everLocked;
    t.doubt = doubt;
    return t;
  }

  /** debug.SetMaxThreads: the old limit. */
  int limit(int n, int procs) {
    int old = limit;
    limit = n;
    doubt = "";
    needs(everLocked ? WITHOUT_P + locked : 0, procs);
    return old;
  }

  /** A goroutine that was not is locked to its thread now. */
  void lock(int procs) {
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

  private void needs(int certain, int procs) {
    int least = Math.max(certain, everLocked ? AT_START + 1 : AT_START);
    int most = locked + procs + MOST_OTHERS;
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
