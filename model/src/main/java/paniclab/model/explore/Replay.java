package paniclab.model.explore;

/** Repeats a schedule; after its end it takes the first option. */
public final class Replay implements Scheduler {
  private final int[] decisions;
  private final boolean fine;
  private int next;

  /** Replays {@code schedule} from its beginning. */
  public Replay(Schedule schedule) {
    decisions = schedule.decisions();
    fine = schedule.fine();
  }

  /** Whether the schedule decides before every visible operation. */
  public boolean fine() {
    return fine;
  }

  @Override
  public int choose(Choice choice) {
    int d = next < decisions.length ? decisions[next++] : 0;
    return Math.min(d, choice.options() - 1);
  }
}
