package paniclab.model.sched;

/**
 * The status of a P, by the names and numbers of {@code runtime/runtime2.go}. Number 2 was {@code
 * _Psyscall}; since Go 1.26 a P whose thread is in a system call stays {@link #RUNNING}.
 */
public enum PStatus {
  IDLE("_Pidle", 0),
  RUNNING("_Prunning", 1),
  GCSTOP("_Pgcstop", 3),
  DEAD("_Pdead", 4);

  private final String goName;
  private final int number;

  PStatus(String goName, int number) {
    this.goName = goName;
    this.number = number;
  }

  /** As the runtime's source spells it. */
  public String goName() {
    return goName;
  }

  /** As {@code GODEBUG=scheddetail=1} prints it. */
  public int number() {
    return number;
  }

  @Override
  public String toString() {
    return goName;
  }
}
