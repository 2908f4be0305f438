package paniclab.lessons;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A lesson's source cannot be woven. */
public final class LessonException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * One fault and its remedy.
   *
   * @param file the lesson's source
   * @param line from 1
   * @param message what is wrong and what to write instead
   */
  public record Problem(String file, int line, String message) {
    @Override
    public String toString() {
      return file + ":" + line + ": " + message;
    }
  }

  private final transient List<Problem> problems;

  /** All the faults of one lesson, at least one; they are put in the order of lines. */
  public LessonException(List<Problem> problems) {
    super(sorted(problems).stream().map(Problem::toString).collect(Collectors.joining("\n")));
    this.problems = sorted(problems);
  }

  private static List<Problem> sorted(List<Problem> problems) {
    return problems.stream().sorted(Comparator.comparingInt(Problem::line)).toList();
  }

  /** The faults. */
  public List<Problem> problems() {
    return problems;
  }
}
