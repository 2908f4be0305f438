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

  /** The data races that were seen, each once, in the order of the source. */
  List<DataRace> dataRaces();

  /** Whether a data race was seen, so that Go's own answer may be wider than any interleaving. */
  default boolean dataRace() {
    return !dataRaces().isEmpty();
  }

  /** Whether every schedule is accounted for. */
  default boolean complete() {
    return !(this instanceof Bounded);
  }

  /** The same ending on every schedule. */
  record Always(Witness witness, long executions, List<DataRace> dataRaces) implements Verdict {
    public Always {
      dataRaces = List.copyOf(dataRaces);
    }

    @Override
    public List<Witness> witnesses() {
      return List.of(witness);
    }
  }

  /** Several endings; all of them are here. */
  record Depends(List<Witness> witnesses, long executions, List<DataRace> dataRaces)
      implements Verdict {
    public Depends {
      witnesses = List.copyOf(witnesses);
      dataRaces = List.copyOf(dataRaces);
    }
  }

  /**
   * The search stopped at a limit; there may be more.
   *
   * @param limit which budget ended the search, in words
   */
  record Bounded(List<Witness> witnesses, long executions, List<DataRace> dataRaces, String limit)
      implements Verdict {
    public Bounded {
      witnesses = List.copyOf(witnesses);
      dataRaces = List.copyOf(dataRaces);
    }
  }
}
