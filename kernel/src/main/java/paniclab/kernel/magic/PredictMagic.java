package paniclab.kernel.magic;

import java.util.List;
import java.util.Map;
import paniclab.exercises.Prediction;
import paniclab.kernel.CellResult;

/** {@code %%predict ITEM}: commits a prediction, then shows the run. */
final class PredictMagic implements Magic {
  /** Stands between two texts of cells; the worker splits there. */
  static final String SEPARATOR = "\u001e";

  /** Characters that are kept for an item; beyond, only the newest cell is. */
  private static final int MOST = 100_000;

  @Override
  public String name() {
    return "%%predict";
  }

  @Override
  public String usage() {
    return "%%predict ITEM";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    List<String> words = Arguments.split(call.arguments());
    if (words.isEmpty()) {
      throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    String item = words.getFirst();
    // Line numbers in messages count from the first line of the cell, which is the magic's.
    String text = name() + " " + call.arguments() + "\n" + call.body();
    CellResult result = context.task(call, "predict", Map.of("item", item, "text", text));
    if (result instanceof CellResult.Ok) {
      String id = Prediction.itemOf(text).orElse(item);
      context.predictions().merge(id, text, PredictMagic::joined);
    }
    return result;
  }

  /** What was said of an item so far, the newest last; a grader takes the last that answers. */
  private static String joined(String before, String text) {
    String all = before + SEPARATOR + text;
    return all.length() <= MOST ? all : text;
  }
}
