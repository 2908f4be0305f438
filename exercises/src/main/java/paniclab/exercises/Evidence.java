package paniclab.exercises;

import java.util.List;
import java.util.function.Predicate;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Verdict;

/**
 * What the model found out about a program.
 *
 * @param verdict over all schedules
 * @param runs with their traces: one for each witness of the verdict, in its order, then others;
 *     never empty
 */
public record Evidence(Verdict verdict, List<Run> runs) {
  public Evidence {
    runs = List.copyOf(runs);
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("evidence needs at least one run");
    }
  }

  boolean everyRun(Predicate<Facts> fact) {
    return runs.stream().map(Facts::of).allMatch(fact);
  }

  boolean someRun(Predicate<Facts> fact) {
    return runs.stream().map(Facts::of).anyMatch(fact);
  }
}
