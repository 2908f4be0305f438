package paniclab.model.outcome;

import java.util.List;
import paniclab.model.explore.Schedule;

/** What a program can do, over all schedules. */
public sealed interface Verdict {

  /** An ending and the shortest schedule known to lead to it. */
  record Witness(Ending ending, Schedule schedule) {}

  /** The endings found, each once, in the order of their discovery. */
  List<Witness> witnesses();

  /** How many executions were explored. */
  long executions();

  /** Whether a data race was seen, so that Go's own answer may be wider than any interleaving. */
  boolean dataRace();

  /** Whether every schedule is accounted for. */
  default boolean complete() {
    return !(this instanceof Bounded);
  }

  /** The same ending on every schedule. */
  record Always(Witness witness, long executions, boolean dataRace) implements Verdict {
    @Override
    public List<Witness> witnesses() {
      return List.of(witness);
    }
  }

  /** Several endings; all of them are here. */
  record Depends(List<Witness> witnesses, long executions, boolean dataRace) implements Verdict {
    public Depends {
      witnesses = List.copyOf(witnesses);
    }
  }

  /**
   * The search stopped at a limit; there may be more.
   *
   * @param limit which budget ended the search, in words
   */
  record Bounded(List<Witness> witnesses, long executions, boolean dataRace, String limit)
      implements Verdict {
    public Bounded {
      witnesses = List.copyOf(witnesses);
    }
  }
}
