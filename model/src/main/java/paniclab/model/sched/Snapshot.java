package paniclab.model.sched;

import java.util.List;

/**
 * All Gs, Ms and Ps at one moment.
 *
 * @param globalQueue goroutines in the global run queue, the next first
 */
public record Snapshot(List<GView> gs, List<MView> ms, List<PView> ps, List<Integer> globalQueue) {
  /**
   * A goroutine.
   *
   * @param function what it was started with
   * @param waitReason as a trace prints it; empty while it does not wait
   * @param m the thread that runs it or is in a system call for it; -1 for none
   * @param lockedM the thread it is locked to; -1 for none
   */
  public record GView(
      int id, String function, GStatus status, String waitReason, int m, int lockedM) {}

  /**
   * A thread.
   *
   * @param p its P; -1 for none
   * @param curg the goroutine it runs; 0 for none
   * @param lockedG the goroutine locked to it; 0 for none
   * @param locks locks of the runtime it holds
   */
  public record MView(int id, MState state, int p, int curg, int lockedG, int locks) {}

  /**
   * A P.
   *
   * @param m the thread it is with; -1 for none
   * @param runnext the goroutine that goes first; 0 for none
   * @param queue its run queue, the next first, without runnext
   */
  public record PView(
      int id,
      PStatus status,
      int m,
      int runnext,
      List<Integer> queue,
      long schedtick,
      long syscalltick) {
    public PView {
      queue = List.copyOf(queue);
    }
  }

  public Snapshot {
    gs = List.copyOf(gs);
    ms = List.copyOf(ms);
    ps = List.copyOf(ps);
    globalQueue = List.copyOf(globalQueue);
  }

  /** How many threads do this. */
  public long threads(MState state) {
    return ms.stream().filter(m -> m.state() == state).count();
  }

  /** Threads that exist, as schedtrace counts them. */
  public long threads() {
    return ms.size() - threads(MState.DEAD);
  }

  /** How many goroutines have this status. */
  public long goroutines(GStatus status) {
    return gs.stream().filter(g -> g.status() == status).count();
  }
}
