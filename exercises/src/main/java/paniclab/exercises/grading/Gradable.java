package paniclab.exercises.grading;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import paniclab.exercises.AnswerKey;
import paniclab.exercises.Grade;
import paniclab.exercises.Grader;
import paniclab.exercises.Posed;
import paniclab.exercises.Prediction;

/** An item ready to be graded: it knows what was asked and judges the text of a cell. */
public sealed interface Gradable {
  /** Of the item. */
  String id();

  /** Points to be had, before the assignment's own weights. */
  double max();

  /** Whether a cell says anything at all. */
  boolean isAnswered(String cell);

  /** What two cells must have in common to be the same answer. */
  Object answer(String cell);

  /** Judges a cell; the same text always gets the same judgement. */
  Judgement judge(String cell);

  /**
   * What a cell earned.
   *
   * @param problems what in it could not be read, for a person
   * @param answers as they were understood, in one line
   * @param model id of the wrong model the answers fit; empty for none
   */
  record Judgement(
      double score, List<String> problems, String answers, String model, Detail detail) {
    public Judgement {
      problems = List.copyOf(problems);
    }
  }

  /** What a student may want to know of a judgement. */
  sealed interface Detail {}

  /** A prediction beside what the run did. */
  record Compared(Posed posed, AnswerKey key, Prediction prediction, Grade grade)
      implements Detail {}

  /** A prediction item. */
  record Predicted(Posed posed, AnswerKey key) implements Gradable {
    @Override
    public String id() {
      return posed.item().id();
    }

    @Override
    public double max() {
      return key.max();
    }

    @Override
    public boolean isAnswered(String cell) {
      return !read(cell).answers().isEmpty();
    }

    @Override
    public Object answer(String cell) {
      return read(cell).answers();
    }

    private Prediction read(String cell) {
      return Prediction.parse(cell, posed.questions());
    }

    @Override
    public Judgement judge(String cell) {
      Prediction prediction = read(cell);
      Grade grade = new Grader(key, posed.program().files()).grade(prediction);
      return new Judgement(
          grade.score(),
          prediction.problems().stream().map(p -> p.text(Locale.ENGLISH)).toList(),
          prediction.answers().entrySet().stream()
              .map(e -> e.getKey() + "=" + e.getValue().show())
              .collect(Collectors.joining("; ")),
          grade instanceof Grade.Differs d ? d.model().map(m -> m.id()).orElse("") : "",
          new Compared(posed, key, prediction, grade));
    }
  }
}
