package paniclab.kernel.magic;

import java.util.Locale;
import paniclab.kernel.CellResult;
import paniclab.kernel.link.Display;

/** {@code %time JAVA}: runs Java and says how long it took. */
final class TimeMagic implements Magic {
  @Override
  public String name() {
    return "%time";
  }

  @Override
  public String usage() {
    return "%time JAVA";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    if (call.arguments().isBlank()) {
      throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    long begin = System.nanoTime();
    CellResult result = context.java(call, call.arguments());
    double millis = (System.nanoTime() - begin) / 1e6;
    String text = String.format(Locale.ROOT, "%.1f", millis);
    context.show(call, Display.text(context.messages().get("time.took", text)));
    return result;
  }
}
