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
      List.of("id", "student_id", "studentid", "username", "学号", "identifier");

  /** Columns that may hold the number a learning platform knows a person by. */
  private static final List<String> NUMBERS = List.of("canvas_id", "moodle_id", "id", "identifier");

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
      columns.putIfAbsent(name, i);
    }
    return columns.containsKey("id") ? Optional.of(columns) : Optional.empty();
  }

  private static Student student(CSVRecord r, Map<String, Integer> columns) {
    Map<String, String> all = new LinkedHashMap<>();
    columns.forEach((name, i) -> all.put(name, field(r, columns, name)));
    // Canvas exports "Last, First" as Student, Moodle a Full name and Participant 123.
    String[] canvas = all.getOrDefault("student", "").split(",", 2);
    String first = canvas.length == 2 ? canvas[1].strip() : all.getOrDefault("full_name", "");
    String id = field(r, columns, "id");
    return new Student(
        id.matches("(?i)participant \\d+") ? id.substring("participant ".length()) : id,
        all.getOrDefault("last_name", canvas[0].strip()),
        all.getOrDefault("first_name", first),
        all.getOrDefault("email", all.getOrDefault("email_address", "")),
        all);
  }

  /** A roster of ids alone. */
  static Roster of(List<String> ids) {
    Map<String, Student> students = new LinkedHashMap<>();
    ids.forEach(id -> students.put(id, Student.of(id)));
    return new Roster(students);
  }

  boolean knows(String id) {
    return students.containsKey(id);
  }

  /**
   * The student a learning platform means: by its number, or else by the name, where one student
   * alone has it. Who is not in the roster is called by the number.
   */
  String idOf(Owner owner) {
    for (Student s : students.values()) {
      if (NUMBERS.stream().anyMatch(c -> digits(s.columns().get(c)).equals(owner.number()))) {
        return s.id();
      }
    }
    List<Student> named = students.values().stream().filter(s -> isCalled(s, owner)).toList();
    return named.size() == 1 ? named.getFirst().id() : owner.number();
  }

  private static String digits(@org.jspecify.annotations.Nullable String number) {
    return number == null ? "" : number.replaceFirst("(?i)^participant ", "");
  }

  private static boolean isCalled(Student s, Owner owner) {
    String name = letters(owner.name());
    return !name.isEmpty()
        && (name.equals(letters(s.lastName() + s.firstName()))
            || name.equals(letters(s.firstName() + s.lastName())));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{Nd}]", "");
  }

  private static String field(CSVRecord r, Map<String, Integer> columns, String name) {
    int i = columns.getOrDefault(name, -1);
    return i >= 0 && i < r.size() ? r.get(i).strip() : "";
  }
}
