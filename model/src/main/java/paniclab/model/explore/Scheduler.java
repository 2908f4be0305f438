package paniclab.model.explore;

import java.util.List;

/**
 * Decides wherever Go leaves the choice open. It is asked only when there are at least two options;
 * its answers, in order, are the {@link Schedule}.
 */
public interface Scheduler {

  /** What is to be decided. */
  sealed interface Choice {
    /** How many options there are, at least 2. */
    int options();

    /**
     * Which goroutine runs next.
     *
     * @param runnable their ids, in the order of Go's run queue (the one Go would run on one P
     *     first)
     * @param current the goroutine that ran last, whether or not it still can; 0 for none
     * @param preempted whether current could go on and its time slice is over
     */
    record Goroutine(List<Integer> runnable, int current, boolean preempted) implements Choice {
      public Goroutine {
        runnable = List.copyOf(runnable);
      }

      @Override
      public int options() {
        return runnable.size();
      }
    }

    /** Which of several ready cases a select takes. */
    record SelectCase(int goroutine, int options) implements Choice {}

    /** Where the iteration over a map begins or goes on. */
    record MapOrder(int goroutine, int options) implements Choice {}

    /** A random number below {@code options}. */
    record Random(int goroutine, int options) implements Choice {}
  }

  /**
   * Takes an option.
   *
   * @return from 0 to {@code choice.options() - 1}
   */
  int choose(Choice choice);
}
