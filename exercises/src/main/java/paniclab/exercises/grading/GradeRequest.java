package paniclab.exercises.grading;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What to grade.
 *
 * @param inputs folders, zips and notebooks. A folder holds one file a student, one folder a
 *     student, or nbgrader's {@code submitted/STUDENT/ASSIGNMENT}, with or without the course
 *     folder around it
 * @param layout how they lie there: auto, nbgrader, flat, canvas or moodle
 * @param roster CSV with a column {@code id} or {@code student_id}
 * @param assignment name in the sheet; a chapter's name chooses its items
 * @param released the instructor's file of the assignment; absent to look for it beside the inputs
 * @param items ids to grade; empty for those of the assignment, or of the chapter
 * @param due overrides what the assignment says
 * @param sheet where the grades will stand, for what was graded before; absent for none
 * @param resume whether rows whose notebooks have not changed are taken from there
 * @param only this student; absent for all
 * @param jobs how many students are read at a time, from 1
 * @param timeout for reading one student's files
 */
public record GradeRequest(
    List<Path> inputs,
    String layout,
    Optional<Path> roster,
    Optional<String> assignment,
    Optional<Path> released,
    List<String> items,
    Optional<String> due,
    LatePolicy late,
    Shard shard,
    Optional<Path> sheet,
    boolean resume,
    Optional<String> only,
    int jobs,
    Duration timeout) {
  /** What one student's files may take to read. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

  public GradeRequest {
    inputs = List.copyOf(inputs);
    items = List.copyOf(items);
    if (jobs < 1) {
      throw new UsageException("--jobs " + jobs + ": must be at least 1");
    }
    if (inputs.isEmpty()) {
      throw new UsageException("name a folder, a zip or notebooks to grade");
    }
  }

  /** Some inputs, graded with every default. */
  public static GradeRequest of(List<Path> inputs) {
    return new GradeRequest(
        inputs,
        "auto",
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty(),
        LatePolicy.NONE,
        Shard.ALL,
        Optional.empty(),
        false,
        Optional.empty(),
        Runtime.getRuntime().availableProcessors(),
        DEFAULT_TIMEOUT);
  }

  /** A folder, graded with every default. */
  public static GradeRequest of(Path folder) {
    return of(List.of(folder));
  }

  Layout.Kind kind() {
    for (Layout.Kind k : Layout.Kind.values()) {
      if (k.name().toLowerCase(Locale.ROOT).equals(layout)) {
        return k;
      }
    }
    throw new UsageException(
        "--layout " + layout + ": is none of auto, nbgrader, flat, canvas, moodle");
  }

  /** The same lying in a named way. */
  public GradeRequest withLayout(String name) {
    return new GradeRequest(
        inputs,
        name,
        roster,
        assignment,
        released,
        items,
        due,
        late,
        shard,
        sheet,
        resume,
        only,
        jobs,
        timeout);
  }

  /** The same with a roster. */
  public GradeRequest withRoster(Path file) {
    return new GradeRequest(
        inputs,
        layout,
        Optional.of(file),
        assignment,
        released,
        items,
        due,
        late,
        shard,
        sheet,
        resume,
        only,
        jobs,
        timeout);
  }

  /** The same with an assignment's name. */
  public GradeRequest withAssignment(String name) {
    return new GradeRequest(
        inputs,
        layout,
        roster,
        Optional.of(name),
        released,
        items,
        due,
        late,
        shard,
        sheet,
        resume,
        only,
        jobs,
        timeout);
  }

  /** The same with the instructor's file of the assignment. */
  public GradeRequest withReleased(Path file) {
    return new GradeRequest(
        inputs,
        layout,
        roster,
        assignment,
        Optional.of(file),
        items,
        due,
        late,
        shard,
        sheet,
        resume,
        only,
        jobs,
        timeout);
  }

  /** The same for these items only. */
  public GradeRequest withItems(List<String> ids) {
    return new GradeRequest(
        inputs,
        layout,
        roster,
        assignment,
        released,
        ids,
        due,
        late,
        shard,
        sheet,
        resume,
        only,
        jobs,
        timeout);
  }

  /** The same with another time and cost of lateness. */
  public GradeRequest withDue(Optional<String> time, LatePolicy cost) {
    return new GradeRequest(
        inputs,
        layout,
        roster,
        assignment,
        released,
        items,
        time,
        cost,
        shard,
        sheet,
        resume,
        only,
        jobs,
        timeout);
  }

  /** The same for a part of the class. */
  public GradeRequest withShard(Shard part) {
    return new GradeRequest(
        inputs,
        layout,
        roster,
        assignment,
        released,
        items,
        due,
        late,
        part,
        sheet,
        resume,
        only,
        jobs,
        timeout);
  }

  /** The same with a place for the grades, where those from before may stand. */
  public GradeRequest withSheet(Path file, boolean goOn) {
    return new GradeRequest(
        inputs,
        layout,
        roster,
        assignment,
        released,
        items,
        due,
        late,
        shard,
        Optional.of(file),
        goOn,
        only,
        jobs,
        timeout);
  }

  /** The same for one student. */
  public GradeRequest withOnly(String student) {
    return new GradeRequest(
        inputs,
        layout,
        roster,
        assignment,
        released,
        items,
        due,
        late,
        shard,
        sheet,
        resume,
        Optional.of(student),
        jobs,
        timeout);
  }

  /** The same with another number of jobs. */
  public GradeRequest withJobs(int n) {
    return new GradeRequest(
        inputs,
        layout,
        roster,
        assignment,
        released,
        items,
        due,
        late,
        shard,
        sheet,
        resume,
        only,
        n,
        timeout);
  }

  /** The same with another limit of time. */
  public GradeRequest withTimeout(Duration limit) {
    return new GradeRequest(
        inputs,
        layout,
        roster,
        assignment,
        released,
        items,
        due,
        late,
        shard,
        sheet,
        resume,
        only,
        jobs,
        limit);
  }
}
