package paniclab.kernel.magic;

import java.util.List;
import java.util.Map;
import paniclab.kernel.CellResult;

/** {@code %variant ITEM [N]}: another program of the same idea, to be predicted. */
final class VariantMagic implements Magic {
  @Override
  public String name() {
    return "%variant";
  }

  @Override
  public String usage() {
    return "%variant ITEM [N]";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    List<String> words = Arguments.split(call.arguments());
    if (words.isEmpty() || words.size() > 2) {
      throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    String number = words.size() < 2 ? "" : words.get(1);
    return context.task(call, "variant", Map.of("item", words.getFirst(), "number", number));
  }
}
