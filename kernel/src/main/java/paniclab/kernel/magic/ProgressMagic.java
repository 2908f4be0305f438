package paniclab.kernel.magic;

import java.util.Map;
import paniclab.kernel.CellResult;

/** {@code %progress}: where the learner stands, and what to look at again. */
final class ProgressMagic implements Magic {
  @Override
  public String name() {
    return "%progress";
  }

  @Override
  public String usage() {
    return "%progress";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    if (!call.arguments().isBlank()) {
      throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    return context.task(call, "progress", Map.of());
  }
}
