package paniclab.kernel.magic;

import java.util.Map;
import paniclab.kernel.CellResult;

/**
 * {@code %lookup WORD...}: the table of all ways a Go program can end, or the rows with the words.
 */
final class LookupMagic implements Magic {
  @Override
  public String name() {
    return "%lookup";
  }

  @Override
  public String usage() {
    return "%lookup [WORD...]";
  }

  @Override
  public CellResult run(Call call, MagicContext context) {
    return context.task(call, "lookup", Map.of("words", call.arguments()));
  }
}
