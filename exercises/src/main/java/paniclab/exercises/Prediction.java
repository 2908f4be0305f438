package paniclab.exercises;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a learner said before the run: the text of a {@code %%predict ITEM} cell.
 *
 * <p>The grammar: the first line is {@code %%predict ITEM}; after it come {@code key: value} lines;
 * empty lines and lines that begin with {@code #} or {@code //} count for nothing. A value that is
 * left out is no answer. {@code prints} may come several times, once for each printed line; lines
 * under it that are indented deeper are printed lines, too, unless they begin with {@code prints:}.
 * A text in double quotes is taken as it stands. Keys and fixed words may be English or Chinese,
 * the colon and commas full-width.
 *
 * @param item the id of the item; empty where the cell names none
 * @param answers by the key of the question
 * @param problems what could not be read, in the order of the lines; such a line is no answer
 */
public record Prediction(String item, SortedMap<String, Answer> answers, List<Problem> problems) {
  /** The first word of a prediction's cell. */
  public static final String MAGIC = "%%predict";

  /** The most characters of a cell that are read; a prediction needs some hundred. */
  public static final int MAX_CHARACTERS = 100_000;

  public Prediction {
    answers = Collections.unmodifiableSortedMap(new TreeMap<>(answers));
    problems = List.copyOf(problems);
  }

  /** Reads a cell; whatever it holds, the answer is a prediction. */
  public static Prediction parse(String cell, List<Question> questions) {
    return new PredictionReader(questions).read(cell);
  }

  /** The item a cell says it is about; absent for a cell that is no prediction. */
  public static Optional<String> itemOf(String cell) {
    for (String line : (Iterable<String>) cell.lines()::iterator) {
      String l = PredictionReader.withoutMark(line).strip();
      if (!l.isEmpty()) {
        return PredictionReader.magic(l);
      }
    }
    return Optional.empty();
  }

  /** The cell a learner fills in. It holds no prose, so that it is the same in every language. */
  public static String template(String itemId, List<Question> questions) {
    return MAGIC + " " + itemId + "\n" + templateLines(questions);
  }

  /** The lines under the first one of the cell a learner fills in. */
  public static String templateLines(List<Question> questions) {
    StringBuilder b = new StringBuilder();
    questions.forEach(q -> b.append(q.key()).append(":\n"));
    return b.toString();
  }

  /** The cell that gives these answers; {@link #parse} reads them back. */
  public static String write(String itemId, Map<String, Answer> answers, List<Question> questions) {
    List<String> lines = new ArrayList<>();
    lines.add(MAGIC + " " + itemId);
    for (Question q : questions) {
      Optional<Answer> answer = Optional.ofNullable(answers.get(q.key()));
      lines.addAll(answer.map(a -> lines(q.key(), a)).orElse(List.of(q.key() + ":")));
    }
    return String.join("\n", lines) + "\n";
  }

  private static List<String> lines(String key, Answer answer) {
    return switch (answer) {
      case Answer.Possible(List<String> words) -> List.of(key + ": " + String.join(", ", words));
      case Answer.Whether(String word) -> List.of(key + ": " + word);
      case Answer.Because(String reason) -> List.of(key + ": " + reason);
      case Answer.Line(String text) -> List.of(key + ": " + quoted(text));
      case Answer.Sequence(List<String> parts) ->
          parts.isEmpty()
              ? List.of(key + ": " + Words.NONE)
              : key.equals(new Question.Prints().key())
                  ? parts.stream().map(p -> key + ": " + '"' + p + '"').toList()
                  : List.of(key + ": " + String.join(", ", parts));
    };
  }

  private static String quoted(String text) {
    return text.isEmpty() ? Words.NONE : '"' + text + '"';
  }
}
