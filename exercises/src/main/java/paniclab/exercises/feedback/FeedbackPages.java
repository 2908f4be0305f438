package paniclab.exercises.feedback;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import paniclab.exercises.grading.Judged;
import paniclab.exercises.grading.Listener;
import paniclab.exercises.grading.SheetFormat;

/** Writes the page of each student who is graded: {@code STUDENT.html} in a folder. */
public final class FeedbackPages implements Listener {
  private final Path folder;
  private final Locale locale;
  private final List<Path> written = new ArrayList<>();
  private Optional<FeedbackPage> page = Optional.empty();

  /** Pages into a folder that is there. */
  public FeedbackPages(Path folder, Locale locale) {
    this.folder = folder;
    this.locale = locale;
  }

  @Override
  public void assignment(String name) {
    page = Optional.of(new FeedbackPage(name, locale));
  }

  @Override
  public void judged(Judged student) {
    Path file = folder.resolve(SheetFormat.fileName(student.row().studentId()) + ".html");
    try {
      Files.writeString(file, page.orElseThrow().html(student));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    synchronized (written) {
      written.add(file);
    }
  }

  /** What was written, in order. */
  public List<Path> written() {
    synchronized (written) {
      return written.stream().sorted().toList();
    }
  }
}
