package paniclab.exercises.grading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import paniclab.exercises.Exercise;
import paniclab.exercises.ItemBank;

/** Which assignment is graded, and which items it has. */
record Chosen(String name, Optional<Assignment> assignment, List<Exercise> items) {

  static Chosen of(GradeRequest request, Optional<String> found, ItemBank bank) throws IOException {
    Optional<Assignment> assignment = assignment(request, found);
    String name =
        request
            .assignment()
            .or(() -> assignment.map(Assignment::name))
            .or(() -> found)
            .orElse(bank.exercises().getFirst().chapter());
    return new Chosen(name, assignment, items(request, name, assignment, bank));
  }

  /** Whether notebooks of the assignment may hold this item, although it is not graded now. */
  boolean holds(String id, GradeRequest request, ItemBank bank) {
    return assignment
        .map(a -> a.points(id).isPresent())
        .orElse(!request.items().isEmpty() && bank.exercise(id).isPresent());
  }

  /**
   * The instructor's file: the one that was named, or the one that lies in a folder of the input.
   */
  private static Optional<Assignment> assignment(GradeRequest request, Optional<String> found)
      throws IOException {
    if (request.released().isPresent()) {
      return request.released().map(Assignment::read);
    }
    Optional<String> name = request.assignment().or(() -> found);
    for (Path input : request.inputs()) {
      Path folder = input.resolve(Assignment.FOLDER);
      if (!Files.isDirectory(folder)) {
        continue;
      }
      List<Path> files;
      try (Stream<Path> all = Files.list(folder)) {
        files = all.filter(p -> p.toString().endsWith(".json")).sorted().toList();
      }
      Optional<Path> named = name.map(n -> Assignment.file(input, n)).filter(Files::isRegularFile);
      if (named.isPresent()) {
        return named.map(Assignment::read);
      }
      if (name.isEmpty() && files.size() == 1) {
        return Optional.of(Assignment.read(files.getFirst()));
      }
    }
    return Optional.empty();
  }

  private static List<Exercise> items(
      GradeRequest request, String name, Optional<Assignment> assignment, ItemBank bank)
      throws IOException {
    if (!request.items().isEmpty()) {
      return request.items().stream().map(id -> item(id, bank)).toList();
    }
    if (assignment.isPresent()) {
      return assignment.get().items().stream().map(i -> item(i.id(), bank)).toList();
    }
    for (Path input : request.inputs()) {
      List<Exercise> released = released(input, name, bank);
      if (!released.isEmpty()) {
        return released;
      }
    }
    List<Exercise> chapter = bank.exercises(name);
    return chapter.isEmpty() ? bank.exercises() : chapter;
  }

  private static Exercise item(String id, ItemBank bank) {
    return bank.exercise(id).orElseThrow(() -> UsageException.noItem(id, bank));
  }

  /** The items of the released notebook, where the course folder has one. */
  private static List<Exercise> released(Path course, String assignment, ItemBank bank)
      throws IOException {
    List<Exercise> items = new ArrayList<>();
    for (Path file : Layout.released(course, assignment)) {
      for (Cell cell : NotebookReader.read(file, file.toString(), () -> false).cells()) {
        Cell.itemOf(cell.source())
            .flatMap(bank::exercise)
            .filter(i -> !items.contains(i))
            .ifPresent(items::add);
      }
    }
    return items;
  }
}
