package paniclab.model.explore;

/** Takes the first option: Go's run queue in order, the first ready case, insertion order. */
public final class RoundRobin implements Scheduler {
  @Override
  public int choose(Choice choice) {
    return 0;
  }
}
