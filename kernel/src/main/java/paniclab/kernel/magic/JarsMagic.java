package paniclab.kernel.magic;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import paniclab.kernel.CellResult;

/** {@code %jars GLOB…}: adds jars to the class path. */
final class JarsMagic implements Magic {
  @Override
  public String name() {
    return "%jars";
  }

  @Override
  public String usage() {
    return "%jars GLOB…";
  }

  @Override
  public CellResult run(Call call, MagicContext context) throws BadMagic {
    List<String> words = Arguments.split(call.arguments());
    if (words.isEmpty()) {
      throw new BadMagic(context.messages().get("magic.usage", usage()));
    }
    for (String word : words) {
      for (Path jar : matching(word, context)) {
        context.addPath(jar);
      }
    }
    return CellResult.Ok.NOTHING;
  }

  private static List<Path> matching(String glob, MagicContext context) throws BadMagic {
    int slash = glob.lastIndexOf('/');
    Path folder = Path.of(slash < 0 ? "." : glob.substring(0, slash + 1));
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, glob.substring(slash + 1))) {
      all.forEach(p -> found.add(p.toAbsolutePath().normalize()));
    } catch (IOException | java.util.regex.PatternSyntaxException e) {
      throw new BadMagic(context.messages().get("classpath.missing", glob));
    }
    if (found.isEmpty()) {
      throw new BadMagic(context.messages().get("classpath.missing", glob));
    }
    found.sort(null);
    return found;
  }
}
