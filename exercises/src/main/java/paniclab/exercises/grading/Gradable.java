package paniclab.exercises.grading;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import paniclab.exercises.AnswerKey;
import paniclab.exercises.Feedback;
import paniclab.exercises.FixGrade;
import paniclab.exercises.FixItem;
import paniclab.exercises.FixJudge;
import paniclab.exercises.FixText;
import paniclab.exercises.Grade;
import paniclab.exercises.Grader;
import paniclab.exercises.Posed;
import paniclab.exercises.Prediction;
import paniclab.exercises.Variant;
import paniclab.programs.GoProgram;

/** An item ready to be graded: it knows what was asked and judges the text of a cell. */
public sealed interface Gradable {
  /** Of the item. */
  String id();

  /** Points to be had, before the assignment's own weights. */
  double max();

  /** Whether a cell says anything at all. */
  boolean isAnswered(String cell);

  /** Whether a cell is all right as an answer to what another student was asked. */
  default boolean isAnotherStudents(String cell) {
    return false;
  }

  /** Whether a cell that names no item is plainly an answer to this one. */
  boolean looksLikeAnswer(String cell);

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
  sealed interface Detail {
    /** In words, several lines. */
    String text(Locale locale);
  }

  /** A prediction beside what the run did. */
  record Compared(Posed posed, AnswerKey key, Prediction prediction, Grade grade)
      implements Detail {
    @Override
    public String text(Locale locale) {
      String graded =
          new Feedback.Graded(posed.item(), grade, key, posed.item().contrast()).text(locale);
      List<String> problems = prediction.problems().stream().map(p -> p.text(locale)).toList();
      return problems.isEmpty() ? graded : String.join("\n", problems) + "\n" + graded;
    }
  }

  /**
   * A prediction item.
   *
   * @param others what other students may be asked in its place
   */
  record Predicted(Posed posed, AnswerKey key, List<Variant> others) implements Gradable {
    public Predicted {
      others = List.copyOf(others);
    }

    @Override
    public boolean isAnotherStudents(String cell) {
      return others.stream()
          .anyMatch(v -> {
            // Under the id it is dealt under: the letters of the reasons hang on it.
            Posed theirs = v.posed().under(posed.item().id());
            Prediction said = Prediction.parse(cell, theirs.questions());
            Grade grade = new Grader(v.key(), v.posed().program().files()).grade(said);
            return grade instanceof Grade.Right;
          });
    }

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
    public boolean looksLikeAnswer(String cell) {
      Prediction p = read(cell);
      return p.problems().isEmpty() && 2 * p.answers().size() >= posed.questions().size();
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

  /** A mended program beside what it must do. */
  record Mended(FixItem item, GoProgram given, String source, FixGrade grade) implements Detail {
    @Override
    public String text(Locale locale) {
      return FixText.of(item, grade, locale);
    }
  }

  /** An item whose program is to be mended. */
  record Fix(FixItem item, GoProgram given, FixJudge judge) implements Gradable {
    @Override
    public String id() {
      return item.id();
    }

    @Override
    public double max() {
      return item.points();
    }

    @Override
    public boolean isAnswered(String cell) {
      return judge.isTouched(source(cell));
    }

    @Override
    public boolean looksLikeAnswer(String cell) {
      return cell.contains("package main") && cell.contains("func main");
    }

    @Override
    public Object answer(String cell) {
      return source(cell).strip();
    }

    private static String source(String cell) {
      return FixItem.source(cell);
    }

    @Override
    public Judgement judge(String cell) {
      String source = source(cell);
      FixGrade grade = judge.judge(source);
      return new Judgement(
          grade.score(),
          problems(grade),
          summary(grade),
          "",
          new Mended(item, given, source, grade));
    }

    private static List<String> problems(FixGrade grade) {
      return switch (grade) {
        case FixGrade.Unsupported(String reason) ->
            List.of("the model does not cover the program: " + reason);
        case FixGrade.Checked c when c.score() > 0 && !c.complete() ->
            List.of("not all schedules could be searched; points are for what was seen");
        case FixGrade.Checked _, FixGrade.Rejected _, FixGrade.Trivial _, FixGrade.Untouched _ ->
            List.of();
      };
    }

    private static String summary(FixGrade grade) {
      return switch (grade) {
        case FixGrade.Untouched() -> "";
        case FixGrade.Trivial _ -> "trivial";
        case FixGrade.Rejected _ -> "does not compile";
        case FixGrade.Unsupported _ -> "outside the model";
        case FixGrade.Checked(double _, List<FixGrade.Check> checks) ->
            checks.stream()
                .map(c -> c.requirement().word() + "=" + (c.holds() ? "yes" : "no"))
                .collect(Collectors.joining("; "));
      };
    }
  }
}
