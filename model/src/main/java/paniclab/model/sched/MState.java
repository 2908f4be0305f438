package paniclab.model.sched;

/** What a thread does. The runtime has no such status: it follows from the fields of an m. */
public enum MState {
  /** Runs a goroutine, on a P. */
  RUNNING("running"),
  /** Has a P and is in schedule(), about to look for a goroutine. */
  SCHEDULING("scheduling"),
  /** Has a P and looks for work in other run queues. */
  SPINNING("spinning"),
  /** In a system call; its P may have been taken away. */
  SYSCALL("in a system call"),
  /** Parked by stopm, on the list of idle threads. */
  IDLE("idle"),
  /** Parked by stoplockedm: waits until the goroutine locked to it can run. */
  LOCKED_IDLE("idle, waits for its locked goroutine"),
  /** Runs sysmon, always without a P. */
  SYSMON("sysmon"),
  /** The thread from which new ones are started while others are locked; without a P. */
  TEMPLATE("template thread"),
  /** Kept for a C thread that may call into Go; counts as running. */
  EXTRA("extra, for calls from C"),
  /** Ended. */
  DEAD("ended");

  private final String text;

  MState(String text) {
    this.text = text;
  }

  /** In words. */
  public String text() {
    return text;
  }
}
