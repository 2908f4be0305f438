package paniclab.diagrams;

import java.util.List;
import paniclab.model.outcome.Verdict;

/**
 * What a program can do: one leaf for each ending that was found, with a schedule that leads there.
 *
 * @param leaves in the order of their discovery
 * @param executions how many executions were explored
 * @param complete whether every schedule is accounted for
 * @param limit the budget that ended the search; empty when it is complete
 * @param dataRace whether Go's own answer may be wider than any interleaving
 */
public record ScheduleTree(
    List<Verdict.Witness> leaves,
    long executions,
    boolean complete,
    String limit,
    boolean dataRace,
    Folded folded)
    implements Diagram {
  /** The most endings drawn. */
  public static final int MAX_LEAVES = 12;

  public ScheduleTree {
    leaves = List.copyOf(leaves);
  }

  /** The endings of a verdict. */
  public static ScheduleTree of(Verdict verdict) {
    List<Verdict.Witness> all = verdict.witnesses();
    int more = Math.max(0, all.size() - MAX_LEAVES);
    String limit =
        switch (verdict) {
          case Verdict.Always _, Verdict.Depends _ -> "";
          case Verdict.Bounded b -> b.limit();
        };
    return new ScheduleTree(
        all.subList(0, all.size() - more),
        verdict.executions(),
        verdict.complete(),
        limit,
        verdict.dataRace(),
        new Folded(more, 0, 0, 0));
  }
}
