package paniclab.model.explore;

/** Takes the first option: Go's run queue in order, the first ready case, insertion order. */
public final class RoundRobin implements Scheduler {
  /** A scheduler without state: any two are alike. */
  public RoundRobin() {}

  @Override
  public int choose(Choice choice) {
    return 0;
  }
}
