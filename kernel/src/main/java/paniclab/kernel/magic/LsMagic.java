package paniclab.kernel.magic;

import paniclab.kernel.CellResult;
import paniclab.kernel.link.Display;
import paniclab.kernel.worker.Renderer;

/** {@code %lsmagic}: lists the magics with a word on each. */
final class LsMagic implements Magic {
  private final Magics magics;

  LsMagic(Magics magics) {
    this.magics = magics;
  }

  @Override
  public String name() {
    return "%lsmagic";
  }

  @Override
  public String usage() {
    return "%lsmagic";
  }

  @Override
  public CellResult run(Call call, MagicContext context) {
    StringBuilder text = new StringBuilder();
    StringBuilder html = new StringBuilder("<table><tbody>");
    for (Magic m : magics.all()) {
      String help = help(m, context);
      text.append(m.usage()).append("\n    ").append(help).append('\n');
      html.append("<tr><td style=\"text-align:left\"><code>")
          .append(Renderer.escape(m.usage()))
          .append("</code></td><td style=\"text-align:left\">")
          .append(Renderer.escape(help))
          .append("</td></tr>");
    }
    context.show(
        call,
        Display.text(text.toString())
            .and(Display.HTML, html.append("</tbody></table>").toString()));
    return CellResult.Ok.NOTHING;
  }

  /** What a magic does, in the learner's language. */
  static String help(Magic m, MagicContext context) {
    return context.messages().get("magic.help." + m.name().replace("%", ""));
  }
}
