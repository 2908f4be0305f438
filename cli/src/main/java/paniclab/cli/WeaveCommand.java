package paniclab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import paniclab.lessons.Language;
import paniclab.lessons.LessonException;
import paniclab.lessons.Lessons;
import paniclab.lessons.Weaver;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code paniclab weave}. */
@Command(
    name = "weave",
    mixinStandardHelpOptions = true,
    description = {
      "Makes notebooks of the lessons, and prints the name of each.",
      "",
      "The same lessons give the same bytes. A file that is there is replaced.",
    },
    footerHeading =
        "%nExit status: 0; 1 a lesson is broken, 64 wrong command line, 69 bug of ours, 73 unwritable folder.%n")
final class WeaveCommand implements Callable<Integer> {
  private final Io io;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Where to put them; made if it is not there.")
  private Path out = Path.of("");

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      converter = Tag.class,
      description = "en or zh-CN (default: both, each in a folder of its name).")
  private Optional<Language> language = Optional.empty();

  WeaveCommand(Io io) {
    this.io = io;
  }

  /** Reads a language. */
  static final class Tag implements ITypeConverter<Language> {
    Tag() {}

    @Override
    public Language convert(String tag) {
      return Language.of(tag)
          .orElseThrow(() -> new TypeConversionException("\"" + tag + "\" is none of en, zh-CN"));
    }
  }

  @Override
  public Integer call() {
    try {
      for (Path file : Lessons.weave(Weaver.builtIn(), out, language)) {
        io.out().println(file);
      }
      return Exit.OK;
    } catch (LessonException e) {
      io.err().println(e.getMessage());
      return Exit.REJECTED;
    } catch (IOException e) {
      io.err().println("paniclab weave: cannot write into " + out + ": " + e.getMessage());
      return Exit.CANNOT_WRITE;
    }
  }
}
