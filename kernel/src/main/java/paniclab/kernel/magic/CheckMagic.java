package paniclab.kernel.magic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import paniclab.kernel.CellResult;

/**
 * {@code %check ITEM}: for graders, the points of the prediction; an error where there is none.
 * {@code --of N} says what the item is worth in an assignment.
 */
final class CheckMagic implements Magic {
  @Override
  public String name() {
    return "%check";
  }

  @Override
  public String usage() {
    return "%check ITEM [--of POINTS]";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    Arguments given = Arguments.parse(call.arguments(), List.of("of"), name(), context.messages());
    if (given.words().size() != 1) {
      throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    String item = given.words().getFirst();
    Map<String, String> arguments = new LinkedHashMap<>(given.options());
    arguments.put("item", item);
    arguments.put("text", context.predictions().getOrDefault(item, ""));
    arguments.put("check", "true");
    return context.task(call, "predict", arguments);
  }
}
