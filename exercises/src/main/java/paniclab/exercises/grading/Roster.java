package paniclab.exercises.grading;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** The students of a class, in the order of their list. */
record Roster(Map<String, Student> students) {
  private static final List<String> IDS =
      List.of("id", "student_id", "studentid", "username", "学号");

  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(true).setIgnoreSurroundingSpaces(true).get();

  Roster {
    students = Collections.unmodifiableMap(new LinkedHashMap<>(students));
  }

  /**
   * Reads a CSV file: with a head line as nbgrader's own student lists have it ({@code
   * id,first_name,last_name,email}), or without one, the ids in the first column.
   *
   * @throws UsageException naming the file and what is wrong with it
   */
  static Roster read(Path file, Progress progress) {
    Map<String, Student> students = new LinkedHashMap<>();
    try (Reader in = TextFile.of(file, () -> false).open();
        CSVParser parser = FORMAT.parse(in)) {
      Optional<Map<String, Integer>> head = Optional.empty();
      for (CSVRecord r : parser) {
        if (r.getRecordNumber() == 1) {
          head = head(r);
          if (head.isPresent()) {
            continue;
          }
        }
        Student s = student(r, head.orElse(Map.of("id", 0)));
        if (!s.id().isEmpty() && students.putIfAbsent(s.id(), s) != null) {
          progress.note(
              file
                  + ":"
                  + r.getRecordNumber()
                  + ": student "
                  + s.id()
                  + " is listed twice; the first line counts");
        }
      }
    } catch (IOException e) {
      throw new UsageException("roster " + file + " cannot be read: " + e.getMessage());
    } catch (java.io.UncheckedIOException e) {
      throw new UsageException("roster " + file + " is no CSV: " + e.getMessage());
    }
    if (students.isEmpty()) {
      throw new UsageException("roster " + file + " lists no student; give a CSV with a column id");
    }
    return new Roster(students);
  }

  private static Optional<Map<String, Integer>> head(CSVRecord r) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    for (int i = 0; i < r.size(); i++) {
      String name = r.get(i).strip().toLowerCase(Locale.ROOT).replace(' ', '_');
      columns.putIfAbsent(IDS.contains(name) ? "id" : name, i);
    }
    return columns.containsKey("id") ? Optional.of(columns) : Optional.empty();
  }

  private static Student student(CSVRecord r, Map<String, Integer> columns) {
    return new Student(
        field(r, columns, "id"),
        field(r, columns, "last_name"),
        field(r, columns, "first_name"),
        field(r, columns, "email"));
  }

  private static String field(CSVRecord r, Map<String, Integer> columns, String name) {
    int i = columns.getOrDefault(name, -1);
    return i >= 0 && i < r.size() ? r.get(i).strip() : "";
  }
}
