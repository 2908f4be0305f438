package paniclab.kernel.magic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import paniclab.kernel.CellResult;

/** {@code %%explore}: every outcome of a Go program. */
final class ExploreMagic implements Magic {
  private static final List<String> OPTIONS = List.of("budget", "figure", "args", "signal");

  @Override
  public String name() {
    return "%%explore";
  }

  @Override
  public String usage() {
    return "%%explore [--budget SECONDS] [--figure none] [--args 'ARG ...']"
        + " [--signal 'SIGTERM after stdout \"ready\"; ...']";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    Arguments given = Arguments.parse(call.arguments(), OPTIONS, name(), context.messages());
    Map<String, String> arguments = new LinkedHashMap<>(given.options());
    arguments.put("source", call.body());
    return context.task(call, "explore", arguments);
  }
}
