package paniclab.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import paniclab.exercises.BadItemException;
import paniclab.exercises.Exercise;
import paniclab.exercises.GradeText;
import paniclab.exercises.ItemBank;
import paniclab.exercises.grading.UsageException;
import paniclab.lessons.Language;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code paniclab items}. */
@Command(
    name = "items",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the items an assignment can be made of: id, points, and what is asked.",
    },
    footerHeading = "%nExit status: 0; 2 the items cannot be read, or there is no such chapter.%n")
final class ItemsCommand implements Callable<Integer> {
  private final Io io;

  @Option(
      names = "--chapter",
      paramLabel = "CHAPTER",
      description = "Only those of this chapter, such as ch3.")
  private Optional<String> chapter = Optional.empty();

  @Option(
      names = "--items",
      paramLabel = "DIR",
      description = "Items of your own, as for release (default: the built-in ones).")
  private Optional<Path> bank = Optional.empty();

  @Option(
      names = "--lang",
      paramLabel = "LANG",
      converter = WeaveCommand.Tag.class,
      description = "en or zh-CN (default: that of the locale).")
  private Language language = Language.ofTheLocale();

  ItemsCommand(Io io) {
    this.io = io;
  }

  @Override
  public Integer call() {
    try {
      ItemBank from = Handed.bank(bank);
      List<Exercise> all = chapter.map(from::exercises).orElseGet(from::exercises);
      if (all.isEmpty()) {
        throw UsageException.noChapter(chapter.orElse(""), from);
      }
      int width = all.stream().mapToInt(e -> e.id().length()).max().orElse(0);
      for (Exercise e : all) {
        io.out()
            .printf(
                "%-" + width + "s  %3s  %s%n",
                e.id(),
                GradeText.number(ReleaseCommand.worth(e, from)),
                e.prompt().in(language.locale()));
      }
      return Exit.OK;
    } catch (UsageException | BadItemException e) {
      io.err().println("paniclab items: " + e.getMessage());
    } catch (IOException e) {
      io.err().println("paniclab items: cannot read " + e.getMessage());
    }
    return Exit.REQUEST;
  }
}
