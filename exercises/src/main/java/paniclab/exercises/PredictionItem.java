package paniclab.exercises;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A prediction exercise about a program. It holds no answer: the key is computed.
 *
 * @param file it was read from, for messages
 * @param chapter e.g. ch1; an assignment may be a chapter
 * @param program id in the corpus
 * @param contrast id of a program that differs in one thing, to look at afterwards
 * @param ask keys of the questions, in the order they are put
 * @param points by the key of the question, where they are not the default
 * @param rules true reasons offered; exactly one of them decides in the program, which is computed
 * @param wrong wrong models that people bring to this program
 * @param claims ids of the ledger
 * @param prompt what is asked, before the questions
 * @param context what to know afterwards; empty where there is nothing to add
 * @param hasVariants whether edits of the program are known that make other exercises
 */
public record PredictionItem(
    String id,
    String file,
    String chapter,
    String program,
    Optional<String> contrast,
    List<String> ask,
    Map<String, Double> points,
    List<Rule> rules,
    List<WrongModel> wrong,
    List<String> claims,
    Text prompt,
    Text context,
    boolean hasVariants)
    implements Exercise {

  /**
   * A wrong model as it meets this program.
   *
   * @param predicts what it would make a person predict, as the lines of a prediction
   */
  public record WrongModel(Misconception model, String predicts) {}

  public PredictionItem {
    ask = List.copyOf(ask);
    points = Map.copyOf(points);
    rules = List.copyOf(rules);
    wrong = List.copyOf(wrong);
    claims = List.copyOf(claims);
  }

  /**
   * The same questions about another program of the same idea. What the wrong models predict was
   * said of this program, so nothing of it is left; they still stand among the reasons. So were the
   * prompt and the context, which would be false of the other.
   */
  PredictionItem variant(String newId, String newProgram) {
    return new PredictionItem(
        newId,
        file,
        chapter,
        newProgram,
        Optional.empty(),
        ask,
        points,
        rules,
        wrong.stream().map(w -> new WrongModel(w.model(), "")).toList(),
        claims,
        Messages.text("variant.prompt"),
        Text.EMPTY,
        hasVariants);
  }

  /** The same item under another id. */
  PredictionItem withId(String other) {
    return new PredictionItem(
        other,
        file,
        chapter,
        program,
        contrast,
        ask,
        points,
        rules,
        wrong,
        claims,
        prompt,
        context,
        hasVariants);
  }

  /** The same item with other true reasons on offer. */
  PredictionItem withRules(List<Rule> others) {
    return new PredictionItem(
        id,
        file,
        chapter,
        program,
        contrast,
        ask,
        points,
        others,
        wrong,
        claims,
        prompt,
        context,
        hasVariants);
  }

  /** What a right answer to a question earns. */
  public double points(Question question) {
    return Optional.ofNullable(points.get(question.key())).orElse(question.defaultPoints());
  }
}
