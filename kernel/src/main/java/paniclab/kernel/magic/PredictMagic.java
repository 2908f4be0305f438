package paniclab.kernel.magic;

import java.util.List;
import java.util.Map;
import paniclab.exercises.Prediction;
import paniclab.kernel.CellResult;

/** {@code %%predict ITEM}: commits a prediction, then shows the run. */
final class PredictMagic implements Magic {
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
    // What stands there counts for a grader, whatever becomes of the cell.
    context.answers().add(Prediction.itemOf(text).orElse(item), text);
    return context.task(call, "predict", Map.of("item", item, "text", text));
  }
}
