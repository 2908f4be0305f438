package paniclab.model.sched;

/** A goroutine as the scheduler sees it. */
final class G {
  final int id;
  final String function;
  GStatus status = GStatus.IDLE;
  String waitReason = "";

  /** The thread that runs it or is in a system call for it; -1 for none. */
  int m = -1;

  /** The thread it is locked to; -1 for none. */
  int lockedM = -1;

  G(int id, String function) {
    this.id = id;
    this.function = function;
  }

  G(G from) {
    this(from.id, from.function);
    status = from.status;
    waitReason = from.waitReason;
    m = from.m;
    lockedM = from.lockedM;
  }
}
