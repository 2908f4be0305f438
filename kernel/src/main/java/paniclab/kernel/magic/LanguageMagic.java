package paniclab.kernel.magic;

import java.util.Locale;
import paniclab.kernel.CellResult;
import paniclab.kernel.link.Display;

/** {@code %lang en} or {@code %lang zh-CN}: the language of messages. */
final class LanguageMagic implements Magic {
  @Override
  public String name() {
    return "%lang";
  }

  @Override
  public String usage() {
    return "%lang en|zh-CN";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    switch (call.arguments().strip()) {
      case "en" -> context.locale(Locale.ENGLISH);
      case "zh-CN", "zh" -> context.locale(Locale.SIMPLIFIED_CHINESE);
      default -> throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    context.show(call, Display.text(context.messages().get("lang.set")));
    return CellResult.Ok.NOTHING;
  }
}
