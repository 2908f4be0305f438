package paniclab.kernel.task;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import paniclab.exercises.Feedback;
import paniclab.exercises.Messages;
import paniclab.exercises.PredictionItem;
import paniclab.exercises.Predictions;
import paniclab.exercises.Prompt;
import paniclab.exercises.Variant;
import paniclab.exercises.Variants;
import paniclab.exercises.progress.Attempt;
import paniclab.kernel.link.Frame.Reply;
import paniclab.kernel.worker.Notebook;
import paniclab.kernel.worker.Task;

/** Puts another program of the same idea before the learner, with a cell to predict it in. */
public final class VariantTask implements Task {
  /** A task. */
  public VariantTask() {}

  @Override
  public Reply run(Cell cell, Map<String, String> arguments) throws IOException {
    Options options = new Options(arguments);
    Locale locale = options.locale();
    Predictions predictions = Learner.predictions();
    String asked = options.text("item");
    String id = Variants.reference(asked).map(Variants.Reference::item).orElse(asked);
    Optional<PredictionItem> item = predictions.bank().find(id);
    if (item.isEmpty()) {
      return failed(
          "UnknownItem", new Feedback.UnknownItem(id, predictions.bank().nearest(id)).text(locale));
    }
    int number = options.text("number").isEmpty() ? unseen(id) : number(options.text("number"));
    Optional<Variant> variant = predictions.variants().find(id + "~" + number);
    if (variant.isEmpty()) {
      int size = predictions.variants().pool(item.get()).size();
      return failed("NoVariant", Messages.get(locale, "variant.none", id, number, size));
    }
    String template = variant.get().posed().template();
    cell.show(Notebook.markdown(markdown(variant.get(), id, number, template, locale)));
    return new Reply.Next(template.strip());
  }

  private static String markdown(
      Variant v, String item, int number, String template, Locale locale) {
    return Messages.get(locale, "variant.title", item, number)
        + "\n\n```go\n"
        + v.posed().program().source()
        + "```\n\n"
        + Prompt.questions(v.posed().questions(), locale)
        + "\n"
        + Messages.get(locale, "variant.how")
        + "\n\n```\n"
        + template
        + "```\n";
  }

  /** The first variant that was not answered yet; after the last one, the first again. */
  private static int unseen(String item) throws IOException {
    Set<String> seen = new TreeSet<>();
    Learner.attempts().stream().map(Attempt::item).forEach(seen::add);
    for (int n = 1; n <= Variants.POOL; n++) {
      String id = item + "~" + n;
      boolean answered = seen.contains(id) || Learner.predictions().isCommitted(id);
      if (!answered && Learner.predictions().variants().find(id).isPresent()) {
        return n;
      }
    }
    return 1;
  }

  private static int number(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("%variant: \"" + text + "\" is no number", e);
    }
  }

  private static Reply failed(String name, String message) {
    return new Reply.Failed(name, message, List.of(message));
  }
}
