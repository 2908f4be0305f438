package paniclab.kernel.magic;

import java.util.List;
import java.util.Map;
import paniclab.kernel.CellResult;

/** {@code %check ITEM}: for graders, the points of the prediction; an error where there is none. */
final class CheckMagic implements Magic {
  @Override
  public String name() {
    return "%check";
  }

  @Override
  public String usage() {
    return "%check ITEM";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    List<String> words = Arguments.split(call.arguments());
    if (words.size() != 1) {
      throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    String item = words.getFirst();
    return context.task(
        call,
        "predict",
        Map.of(
            "item", item, "text", context.predictions().getOrDefault(item, ""), "check", "true"));
  }
}
