package paniclab.kernel.magic;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import paniclab.kernel.CellResult;

/** {@code %%go}: a Go program on the model. */
final class GoMagic implements Magic {
  private static final List<String> OPTIONS =
      List.of(
          "seed",
          "schedule",
          "traceback",
          "figure",
          "stdin",
          "steps",
          "args",
          "env",
          "signal",
          "runtime-bug");

  @Override
  public String name() {
    return "%%go";
  }

  @Override
  public String usage() {
    return "%%go [--seed N | --schedule S] [--traceback none|single|all|system|crash]"
        + " [--figure lanes|boundary|defers|lives|recover|signals|sched|stack|depth|waits|none] [--stdin TEXT]"
        + " [--steps N]"
        + " [--args \"ARG …\"] [--env \"NAME=value …\"] [--runtime-bug holding-locks]"
        + " [--signal 'SIGTERM after stdout \"ready\"; …']";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    Arguments given = Arguments.parse(call.arguments(), OPTIONS, name(), context.messages());
    if (!given.words().isEmpty()) {
      throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    Map<String, String> arguments = new LinkedHashMap<>(given.options());
    arguments.put("source", call.body());
    return context.task(call, "go", arguments);
  }
}
