package paniclab.exercises;

import java.util.List;
import java.util.Optional;
import paniclab.model.explore.Schedule;
import paniclab.model.machine.Run;

/** What came of mending a program. */
public sealed interface FixGrade {
  /** Points earned. */
  double score();

  /** It is the program that was given. */
  record Untouched() implements FixGrade {
    @Override
    public double score() {
      return 0;
    }
  }

  /** Something is missing that must stay, or there that must not be. */
  record Trivial(List<String> missing, List<String> banned) implements FixGrade {
    public Trivial {
      missing = List.copyOf(missing);
      banned = List.copyOf(banned);
    }

    @Override
    public double score() {
      return 0;
    }
  }

  /**
   * It does not compile.
   *
   * @param messages as {@code go build} prints them
   */
  record Rejected(String messages) implements FixGrade {
    @Override
    public double score() {
      return 0;
    }
  }

  /** The model does not cover it: a person has to look. */
  record Unsupported(String reason) implements FixGrade {
    @Override
    public double score() {
      return 0;
    }
  }

  /**
   * It was run on all schedules.
   *
   * @param checks in the order of the item
   */
  record Checked(double score, List<Check> checks) implements FixGrade {
    public Checked {
      checks = List.copyOf(checks);
    }

    /** Whether all requirements hold, as far as was searched. */
    public boolean allHold() {
      return checks.stream().allMatch(Check::holds);
    }

    /** Whether every schedule was accounted for. */
    public boolean complete() {
      return checks.stream().allMatch(Check::complete);
    }

    /** The requirement that fails on the shortest schedule. */
    public Optional<Failure> firstFailure() {
      return checks.stream()
          .flatMap(c -> c.failure().stream())
          .min(java.util.Comparator.comparingInt(f -> f.schedule().length()));
    }
  }

  /**
   * A requirement.
   *
   * @param complete whether every schedule was accounted for
   * @param failure a schedule on which it does not hold; absent when it holds
   */
  record Check(Requirement requirement, boolean complete, Optional<Failure> failure) {
    /** Whether it holds on every schedule that was tried. */
    public boolean holds() {
      return failure.isEmpty();
    }
  }

  /**
   * A run on which a requirement does not hold.
   *
   * @param afterwards whether it was watched beyond the return of main
   */
  record Failure(Requirement requirement, Schedule schedule, Run run, boolean afterwards) {}
}
