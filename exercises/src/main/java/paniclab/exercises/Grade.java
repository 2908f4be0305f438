package paniclab.exercises;

import java.util.List;
import java.util.Optional;
import paniclab.model.program.Position;
import paniclab.model.trace.Event;

/** What a prediction earned, and where it first parted from the run. */
public sealed interface Grade {
  /** Points earned, from 0 to {@link #max}. */
  double score();

  /** Points to be had. */
  double max();

  /** Question by question, in the item's order. */
  List<Mark> marks();

  /** All that was asked was answered right. */
  record Right(double max, List<Mark> marks) implements Grade {
    public Right {
      marks = List.copyOf(marks);
    }

    @Override
    public double score() {
      return max;
    }
  }

  /**
   * Something was wrong or left out.
   *
   * @param model the wrong model that explains the answers, when one does
   */
  record Differs(
      double score, double max, List<Mark> marks, Difference first, Optional<Misconception> model)
      implements Grade {
    public Differs {
      marks = List.copyOf(marks);
    }
  }

  /** Nothing was answered. */
  record Unanswered(double max, List<Mark> marks) implements Grade {
    public Unanswered {
      marks = List.copyOf(marks);
    }

    @Override
    public double score() {
      return 0;
    }
  }

  /**
   * The first event of the trace that the prediction did not foresee.
   *
   * @param question it belongs to
   * @param event absent when the run has no event at all
   * @param position of the event in the learner's source
   * @param source the text of that line; empty where there is none
   * @param said what the prediction says; empty when it says nothing
   * @param did what the run did
   * @param rule that the event followed
   */
  record Difference(
      Question question,
      Optional<Event> event,
      Position position,
      String source,
      String said,
      String did,
      Rule rule) {}

  /** A question's mark. */
  sealed interface Mark {
    /** The question. */
    Question question();

    /** Points for a right answer. */
    double points();

    /** Points earned. */
    double earned();
  }

  /** As it should be. */
  record Correct(Question question, double points) implements Mark {
    @Override
    public double earned() {
      return points;
    }
  }

  /**
   * A right answer to a question of two or three words, given for a wrong reason; it earns nothing.
   */
  record Unfounded(Question question, double points) implements Mark {
    @Override
    public double earned() {
      return 0;
    }
  }

  /** Wrong, or right in part. */
  record Wrong(Question question, double points, double earned, Difference difference)
      implements Mark {}

  /** No answer, or one that could not be read. */
  record Missing(Question question, double points) implements Mark {
    @Override
    public double earned() {
      return 0;
    }
  }
}
