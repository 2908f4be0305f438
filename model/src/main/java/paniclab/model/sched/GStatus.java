package paniclab.model.sched;

/** The status of a goroutine, by the names and numbers of {@code runtime/runtime2.go}. */
public enum GStatus {
  IDLE("_Gidle", 0),
  RUNNABLE("_Grunnable", 1),
  RUNNING("_Grunning", 2),
  SYSCALL("_Gsyscall", 3),
  WAITING("_Gwaiting", 4),
  DEAD("_Gdead", 6);

  private final String goName;
  private final int number;

  GStatus(String goName, int number) {
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
