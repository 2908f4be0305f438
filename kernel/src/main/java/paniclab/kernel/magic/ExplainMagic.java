package paniclab.kernel.magic;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import paniclab.kernel.CellResult;

/** Crash logs, pasted below the magic or in a file. */
final class ExplainMagic {
  private ExplainMagic() {}

  /** {@code %%explain}: the log is below. */
  static final class Cell implements Magic {
    @Override
    public String name() {
      return "%%explain";
    }

    @Override
    public String usage() {
      return "%%explain";
    }

    @Override
    public CellResult run(Call call, MagicContext context) {
      return context.task(call, "explain", Map.of("source", call.body()));
    }
  }

  /** {@code %explain FILE}: the log is a file. */
  static final class Line implements Magic {
    @Override
    public String name() {
      return "%explain";
    }

    @Override
    public String usage() {
      return "%explain FILE";
    }

    @Override
    public CellResult run(Call call, MagicContext context) throws BadMagic {
      List<String> words = Arguments.split(call.arguments());
      if (words.size() != 1) {
        throw new BadMagic(context.messages().get("magic.usage", usage()));
      }
      try {
        String log =
            new String(
                Files.readAllBytes(Path.of(words.getFirst())),
                java.nio.charset.StandardCharsets.UTF_8);
        return context.task(call, "explain", Map.of("source", log, "name", words.getFirst()));
      } catch (IOException | java.nio.file.InvalidPathException e) {
        throw new BadMagic(context.messages().get("classpath.missing", words.getFirst()));
      }
    }
  }
}
