package paniclab.kernel.magic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import paniclab.kernel.CellResult;

/** {@code %%explore}: every outcome of a Go program. */
final class ExploreMagic implements Magic {
  @Override
  public String name() {
    return "%%explore";
  }

  @Override
  public String usage() {
    return "%%explore [--budget SECONDS] [--figure none]";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    Arguments given =
        Arguments.parse(call.arguments(), List.of("budget", "figure"), name(), context.messages());
    Map<String, String> arguments = new LinkedHashMap<>(given.options());
    arguments.put("source", call.body());
    return context.task(call, "explore", arguments);
  }
}
