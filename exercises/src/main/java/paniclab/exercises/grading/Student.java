package paniclab.exercises.grading;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A line of the roster. Only the id is always there.
 *
 * @param columns all of the line, by the names of the columns in small letters with _ for blanks
 */
record Student(
    String id, String lastName, String firstName, String email, Map<String, String> columns) {
  Student {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  static Student of(String id) {
    return new Student(id, "", "", "", Map.of());
  }
}
