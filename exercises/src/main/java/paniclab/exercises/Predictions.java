package paniclab.exercises;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Predictions in a notebook: commit first, then see. A prediction that cannot be read, or that
 * leaves a question open, is not committed and learns nothing; the trace of an item may be shown
 * once {@link #isCommitted} says so. Safe from several threads.
 */
public final class Predictions {
  private final ItemBank bank;
  private final KeySource keys;
  private final Variants variants;
  private final PredictionLog log = new PredictionLog();

  /** Predictions on the items of a bank. */
  public Predictions(ItemBank bank, KeySource keys) {
    this.keys = keys;
    this.variants = new Variants(bank, keys);
    this.bank = bank.withVariants(variants);
  }

  /** Predictions on the built-in items, with keys from the model. */
  public static Predictions builtIn() {
    return new Predictions(ItemBank.builtIn(), ModelKeys.of(ItemBank.builtIn()));
  }

  /**
   * Commits the prediction in a cell and grades it.
   *
   * @param itemId as after {@code %%predict}; when it is empty, the cell's own first line tells
   * @param cellText the cell, with or without its first line
   * @param locale of the learner, for texts that come from outside the bundles
   */
  public Feedback submit(String itemId, String cellText, Locale locale) {
    String id = itemId.isBlank() ? Prediction.itemOf(cellText).orElse("") : Words.fold(itemId);
    Optional<Posed> posed = posed(id);
    if (posed.isEmpty()) {
      return new Feedback.UnknownItem(id, bank.nearest(id));
    }
    List<Question> questions = posed.get().questions();
    Prediction prediction = Prediction.parse(cellText, questions);
    List<Problem> problems = new ArrayList<>(prediction.problems());
    problems.addAll(openQuestions(cellText, prediction, questions));
    if (!problems.isEmpty()) {
      return new Feedback.Invalid(
          problems, prediction.answers().isEmpty() && prediction.problems().isEmpty());
    }
    return graded(posed.get(), prediction, grade -> log.add(id, prediction, grade));
  }

  private Feedback graded(Posed posed, Prediction prediction, Consumer<Grade> take) {
    return switch (key(posed)) {
      case KeySource.Lookup.None(String reason) -> new Feedback.Unavailable(reason);
      case KeySource.Lookup.Found(AnswerKey key) -> {
        Grade grade = new Grader(key, posed.program().files()).grade(prediction);
        take.accept(grade);
        yield new Feedback.Graded(posed.item(), grade, key, posed.item().contrast());
      }
    };
  }

  /** A variant brings its key. */
  private KeySource.Lookup key(Posed posed) {
    return variants
        .find(posed.item().id())
        .<KeySource.Lookup>map(v -> new KeySource.Lookup.Found(v.key()))
        .orElseGet(() -> keys.key(posed));
  }

  /** The item, or the variant of one ({@code ITEM~2}), of this id. */
  public Optional<Posed> posed(String id) {
    return bank.find(id).map(bank::posed);
  }

  /** The variants of the items. */
  public Variants variants() {
    return variants;
  }

  /**
   * The form to fill in, as HTML, with what the cell answers already.
   *
   * @return absent when there is no such item
   */
  public Optional<String> form(String itemId, String cellText, Locale locale) {
    String id = itemId.isBlank() ? Prediction.itemOf(cellText).orElse("") : Words.fold(itemId);
    return posed(id)
        .map(p ->
            Form.html(p.item(), p.questions(), Prediction.parse(cellText, p.questions()), locale));
  }

  private static List<Problem> openQuestions(
      String cell, Prediction prediction, List<Question> questions) {
    List<String> lines = cell.lines().toList();
    List<Problem> open = new ArrayList<>();
    for (Question q : questions) {
      boolean told = prediction.problems().stream().anyMatch(p -> p.key().equals(q.key()));
      if (!prediction.answers().containsKey(q.key()) && !told) {
        open.add(new Problem(lineOf(lines, q.key()), q.key(), "missing", List.of(q.key())));
      }
    }
    return open;
  }

  /** The line on which a question stands, or the last one. */
  private static int lineOf(List<String> lines, String key) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).replace('：', ':');
      int colon = line.indexOf(':');
      if (colon > 0 && Words.find(Words.KEYS, line.substring(0, colon)).equals(Optional.of(key))) {
        return i + 1;
      }
    }
    return Math.max(1, lines.size());
  }

  /** Whether a prediction for the item has been committed, so that its run may be shown. */
  public boolean isCommitted(String itemId) {
    return log.latest(itemId).isPresent();
  }

  /** All that was committed. */
  public PredictionLog log() {
    return log;
  }

  /** The bank the items come from. */
  public ItemBank bank() {
    return bank;
  }
}
