package paniclab.exercises.grading;

import java.nio.file.Path;
import java.util.List;

/**
 * What a student handed in.
 *
 * @param student id
 * @param files notebooks, in an order that does not depend on the machine
 * @param folder where they were looked for, for messages
 * @param timestamp as handed in, from nbgrader's {@code timestamp.txt}; empty where there is none
 */
record Submission(String student, List<Path> files, Path folder, String timestamp) {
  Submission {
    files = List.copyOf(files);
  }
}
