package paniclab.kernel.magic;

import java.util.function.Function;
import paniclab.kernel.CellResult;
import paniclab.kernel.link.Display;

/** {@code %%html}, {@code %%markdown}, {@code %%svg}: shows the text of the cell. */
final class ShowMagic implements Magic {
  private final String name;
  private final Function<String, Display> how;

  ShowMagic(String name, Function<String, Display> how) {
    this.name = name;
    this.how = how;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String usage() {
    return name;
  }

  @Override
  public CellResult run(Call call, MagicContext context) {
    context.show(call, how.apply(call.body()));
    return CellResult.Ok.NOTHING;
  }
}
