package paniclab.kernel.magic;

import java.util.List;
import java.util.Map;
import paniclab.exercises.FixItem;
import paniclab.kernel.CellResult;

/** {@code %%fix ITEM}: judges the Go program below it, over all schedules. */
final class FixMagic implements Magic {
  @Override
  public String name() {
    return FixItem.MAGIC;
  }

  @Override
  public String usage() {
    return "%%fix ITEM";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    List<String> words = Arguments.split(call.arguments());
    if (words.isEmpty()) {
      throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    String text = name() + " " + call.arguments() + "\n" + call.body();
    context.answers().add(FixItem.itemOf(text).orElse(words.getFirst()), text);
    return context.task(call, "fix", Map.of("item", words.getFirst(), "text", text));
  }
}
