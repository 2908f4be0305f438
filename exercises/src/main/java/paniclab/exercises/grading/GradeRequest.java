package paniclab.exercises.grading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What to grade.
 *
 * @param folder with the submissions: one file a student, one folder a student, or nbgrader's
 *     {@code submitted/STUDENT/ASSIGNMENT}, with or without the course folder around it; or one
 *     notebook
 * @param roster CSV with a column {@code id} or {@code student_id}
 * @param assignment name in the sheet; a chapter's name chooses its items
 * @param items ids to grade; empty for those of the released notebook, or of the chapter
 * @param jobs how many students are read at a time, from 1
 * @param timeout for reading one student's files
 */
public record GradeRequest(
    Path folder,
    Optional<Path> roster,
    Optional<String> assignment,
    List<String> items,
    int jobs,
    Duration timeout) {
  /** What one student's files may take to read. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  public GradeRequest {
    items = List.copyOf(items);
    if (jobs < 1) {
      throw new UsageException("--jobs " + jobs + ": must be at least 1");
    }
  }

  /** A folder, graded with every default. */
  public static GradeRequest of(Path folder) {
    return new GradeRequest(
        folder,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Runtime.getRuntime().availableProcessors(),
        DEFAULT_TIMEOUT);
  }

  /** The same with a roster. */
  public GradeRequest withRoster(Path file) {
    return new GradeRequest(folder, Optional.of(file), assignment, items, jobs, timeout);
  }

  /** The same with an assignment's name. */
  public GradeRequest withAssignment(String name) {
    return new GradeRequest(folder, roster, Optional.of(name), items, jobs, timeout);
  }

  /** The same for these items only. */
  public GradeRequest withItems(List<String> ids) {
    return new GradeRequest(folder, roster, assignment, ids, jobs, timeout);
  }

  /** The same with another number of jobs. */
  public GradeRequest withJobs(int n) {
    return new GradeRequest(folder, roster, assignment, items, n, timeout);
  }

  /** The same with another limit of time. */
  public GradeRequest withTimeout(Duration limit) {
    return new GradeRequest(folder, roster, assignment, items, jobs, limit);
  }
}
