package paniclab.kernel.magic;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import paniclab.kernel.CellResult;
import paniclab.kernel.link.Display;

/** {@code %classpath [PATH…]}: shows the class path or adds to it. */
final class ClassPathMagic implements Magic {
  @Override
  public String name() {
    return "%classpath";
  }

  @Override
  public String usage() {
    return "%classpath [PATH…]";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    for (String word : Arguments.split(call.arguments())) {
      context.addPath(existing(word, context));
    }
    if (call.arguments().isBlank()) {
      context.show(call, Display.text(String.join("\n", context.classPath())));
    }
    return CellResult.Ok.NOTHING;
  }

  /** The path of a word. */
  static Path existing(String word, MagicContext context) throws BadMagic {
    try {
      Path path = Path.of(word).toAbsolutePath().normalize();
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException e) {
      throw new BadMagic(context.messages().get("classpath.missing", word));
    }
    throw new BadMagic(context.messages().get("classpath.missing", word));
  }
}
