package paniclab.model.explore;

/** Repeats a schedule; after its end it takes the first option. */
public final class Replay implements Scheduler {
  private final int[] decisions;
  private int next;

  /** Replays {@code schedule} from its beginning. */
  public Replay(Schedule schedule) {
    decisions = schedule.decisions();
  }

  @Override
  public int choose(Choice choice) {
    int d = next < decisions.length ? decisions[next++] : 0;
    return Math.min(d, choice.options() - 1);
  }
}
