package paniclab.lessons;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.MissingResourceException;
import java.util.Optional;

/** The lessons that came with the product. */
public final class Lessons {
  /** The lesson that holds the table of all ways to end: to look things up in, not to be taught. */
  public static final String LOOKUP = "lookup";

  /** Their ids, in the order in which they are taught. */
  public static final List<String> IDS = List.of(LOOKUP, "ch1", "ch2", "ch3", "ch4", "ch5");

  /** The lessons that are taught: with items to predict and claims to judge. */
  public static final List<String> CHAPTERS =
      IDS.stream().filter(id -> !id.equals(LOOKUP)).toList();

  private Lessons() {}

  /**
   * A lesson.
   *
   * @throws LessonException if its source is broken
   */
  public static Lesson read(String id, Language language) {
    String file = id + "/" + language.tag() + ".md";
    try (InputStream in = Lessons.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new MissingResourceException(file + " is not in the lessons module", file, "");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return LessonReader.read(id, language, file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes all lessons as notebooks: into {@code out} for one language; where none is given into
   * {@code out/en} and {@code out/zh-CN}. A file that is there is replaced.
   *
   * @return what was written, in order
   * @throws LessonException if a lesson cannot be woven
   * @throws IOException if a file cannot be written
   */
  public static List<Path> weave(Weaver weaver, Path out, Optional<Language> language)
      throws IOException {
    List<Path> written = new ArrayList<>();
    for (Language l : language.map(List::of).orElse(List.of(Language.values()))) {
      Path folder = language.isPresent() ? out : out.resolve(l.tag());
      Files.createDirectories(folder);
      for (String id : IDS) {
        Notebook notebook = weaver.weave(read(id, l));
        Path file = folder.resolve(notebook.fileName());
        Files.writeString(file, notebook.toJson());
        written.add(file);
      }
    }
    return written;
  }
}
