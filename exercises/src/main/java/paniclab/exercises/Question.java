package paniclab.exercises;

import java.util.List;

/** What a prediction item asks about a program. */
public sealed interface Question {

  /** The key of its line in a prediction. */
  String key();

  /** Points where the item gives none. */
  default double defaultPoints() {
    return 1;
  }

  /**
   * How the process ends: the words of {@code Outcome.word}. Where schedules differ, all the ways
   * it can end.
   */
  record Outcome() implements Question {
    @Override
    public String key() {
      return "outcome";
    }
  }

  /** Whether a call of recover stops a panic: yes, no, or depends. */
  record Recovered() implements Question {
    @Override
    public String key() {
      return "recovered";
    }
  }

  /** Which deferred calls run, in which order. */
  record Defers(List<DeferSite> sites) implements Question {
    public Defers {
      sites = List.copyOf(sites);
    }

    @Override
    public String key() {
      return "defers";
    }

    @Override
    public double defaultPoints() {
      return 2;
    }
  }

  /** The lines on stdout, in order. */
  record Prints() implements Question {
    @Override
    public String key() {
      return "prints";
    }

    @Override
    public double defaultPoints() {
      return 2;
    }
  }

  /** The exit status; where schedules differ, all that are possible. */
  record Exit() implements Question {
    @Override
    public String key() {
      return "exit";
    }
  }

  /** The first line of stderr. */
  record Stderr() implements Question {
    @Override
    public String key() {
      return "stderr";
    }
  }

  /** Whether the program ends in the same way on every schedule: every, or some. */
  record Schedules() implements Question {
    @Override
    public String key() {
      return "schedules";
    }
  }

  /** Why: one of the reasons. */
  record Why(List<Reason> reasons) implements Question {
    public Why {
      reasons = List.copyOf(reasons);
    }

    @Override
    public String key() {
      return "why";
    }

    @Override
    public double defaultPoints() {
      return 2;
    }
  }

  /** Whether it can be answered by tossing a coin, so that a right answer alone says little. */
  default boolean isWhether() {
    return switch (this) {
      case Recovered _, Schedules _ -> true;
      case Outcome _, Defers _, Prints _, Exit _, Stderr _, Why _ -> false;
    };
  }
}
