package paniclab.exercises.release;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import paniclab.exercises.Exercise;
import paniclab.exercises.FixItem;
import paniclab.exercises.ItemBank;
import paniclab.exercises.ItemSource;
import paniclab.exercises.PredictionItem;
import paniclab.exercises.grading.Assignment;
import paniclab.exercises.grading.UsageException;

/** Writes release folders. What is released holds neither a key, nor a seed, nor what to know. */
public final class Release {
  private static final String CONFIG = "nbgrader_config.py";

  private final ItemBank bank;
  private final ItemSource source;

  /** A release of the items of a bank, each as {@code source} puts it. */
  public Release(ItemBank bank, ItemSource source) {
    this.bank = bank;
    this.source = source;
  }

  /**
   * Writes a course folder for nbgrader: {@code source/NAME/NAME.ipynb}, {@code nbgrader_config.py}
   * where there is none, and the instructor's {@code paniclab/NAME.json}. nbgrader releases one
   * notebook to all, so the source must not be personal.
   *
   * @return what was written, in order
   * @throws IOException when a file cannot be written
   */
  public List<Path> nbgrader(Path course, Assignment assignment, Locale locale) throws IOException {
    if (assignment.personal()) {
      throw new UsageException(
          "nbgrader gives the same notebook to all; programs of one's own need --plain");
    }
    JsonObject notebook = SheetNotebook.of(assignment, asked("", assignment), locale);
    NbgraderMarks.mark(notebook, assignment);
    List<Path> written = new ArrayList<>();
    Path folder = course.resolve("source").resolve(assignment.name());
    written.add(write(folder.resolve(assignment.name() + ".ipynb"), NotebookText.json(notebook)));
    Path config = course.resolve(CONFIG);
    if (!Files.exists(config)) {
      written.add(write(config, config()));
    }
    written.add(write(Assignment.file(course, assignment.name()), assignment.toJson()));
    return written;
  }

  /** Writes {@code NAME.ipynb} for all, and the instructor's {@code paniclab/NAME.json}. */
  public List<Path> plain(Path folder, Assignment assignment, Locale locale) throws IOException {
    return List.of(
        notebook(folder, "", assignment, locale),
        write(Assignment.file(folder, assignment.name()), assignment.toJson()));
  }

  /**
   * Writes {@code STUDENT/NAME.ipynb} for each student, and the instructor's {@code
   * paniclab/NAME.json}.
   */
  public List<Path> plain(Path folder, Assignment assignment, List<String> students, Locale locale)
      throws IOException {
    List<Path> written = new ArrayList<>();
    for (String student : students) {
      written.add(notebook(inside(folder, student), student, assignment, locale));
    }
    written.add(write(Assignment.file(folder, assignment.name()), assignment.toJson()));
    return written;
  }

  /** A student's folder; an id that is no name of a folder is refused. */
  private static Path inside(Path folder, String student) {
    Path root = folder.toAbsolutePath().normalize();
    Path inside = root.resolve(student).normalize();
    if (student.isBlank() || !root.equals(inside.getParent()) || student.equals("paniclab")) {
      throw new UsageException(
          "student id \"" + student + "\" cannot be the name of a folder; change it in the roster");
    }
    return inside;
  }

  private Path notebook(Path folder, String student, Assignment assignment, Locale locale)
      throws IOException {
    JsonObject notebook = SheetNotebook.of(assignment, asked(student, assignment), locale);
    return write(folder.resolve(assignment.name() + ".ipynb"), NotebookText.json(notebook));
  }

  private List<Asked> asked(String student, Assignment assignment) {
    return assignment.items().stream().map(i -> asked(student, exercise(i.id()))).toList();
  }

  private Asked asked(String student, Exercise exercise) {
    return switch (exercise) {
      case PredictionItem item -> new Asked.Prediction(source.pose(student, item));
      case FixItem item -> new Asked.Fix(item, bank.program(item));
    };
  }

  private Exercise exercise(String id) {
    return bank.exercise(id).orElseThrow(() -> UsageException.noItem(id, bank));
  }

  private static String config() throws IOException {
    try (InputStream in = Release.class.getResourceAsStream(CONFIG)) {
      if (in == null) {
        throw new IllegalStateException(CONFIG + " is missing in the exercises module");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Path write(Path file, String text) throws IOException {
    Path folder = file.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    return Files.writeString(file, text);
  }
}
