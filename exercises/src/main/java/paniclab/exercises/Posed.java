package paniclab.exercises;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import paniclab.programs.GoProgram;

/**
 * An item as it is put to somebody: its questions about one program. For a whole class that program
 * is the item's own; a variant puts the same questions about another one.
 */
public record Posed(PredictionItem item, GoProgram program) {

  /** The questions, in the item's order. */
  public List<Question> questions() {
    return item.ask().stream().map(this::question).toList();
  }

  private Question question(String key) {
    return switch (key) {
      case "outcome" -> new Question.Outcome();
      case "recovered" -> new Question.Recovered();
      case "defers" -> new Question.Defers(DeferSite.of(program.files()));
      case "prints" -> new Question.Prints();
      case "exit" -> new Question.Exit();
      case "stderr" -> new Question.Stderr();
      case "schedules" -> new Question.Schedules();
      case "why" -> new Question.Why(reasons(item));
      default -> throw new BadItemException(item.file(), 1, "\"" + key + "\" is no question");
    };
  }

  /** True and wrong reasons, mixed by a hash, so that their places say nothing. */
  private static List<Reason> reasons(PredictionItem item) {
    List<Reason> reasons = new ArrayList<>();
    item.rules().forEach(r -> reasons.add(new Reason.True(r)));
    item.wrong().forEach(w -> reasons.add(new Reason.Wrong(w.model())));
    reasons.sort(
        Comparator.comparingInt((Reason r) -> mix((item.id() + "/" + r.id()).hashCode()))
            .thenComparing(Reason::id));
    return reasons;
  }

  private static int mix(int h) {
    int a = (h ^ (h >>> 16)) * 0x85EBCA6B;
    return (a ^ (a >>> 13)) * 0xC2B2AE35;
  }

  /** The same, with the item under another id; the letters of the reasons hang on the id. */
  public Posed under(String id) {
    return new Posed(item.withId(id), program);
  }

  /** The cell to fill in. */
  public String template() {
    return Prediction.template(item.id(), questions());
  }

  /** The points of all questions. */
  public double max() {
    return questions().stream().mapToDouble(item::points).sum();
  }
}
