package paniclab.exercises.grading;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a student handed in.
 *
 * @param student id
 * @param files notebooks, in an order that does not depend on the machine
 * @param folder where they were looked for, for messages
 * @param timestamp as handed in, from nbgrader's {@code timestamp.txt}; empty where there is none
 * @param owner what a learning platform says of its owner
 * @param notes what was odd about where it lay
 */
record Submission(
    String student,
    List<Path> files,
    Path folder,
    String timestamp,
    Optional<Owner> owner,
    List<String> notes) {
  private static final Pattern COPY = Pattern.compile("\\((\\d{1,6})\\)(?:\\.[^.]*)?$");

  /** Later copies come later, so that their cells are the last ones. */
  private static final Comparator<Path> ORDER =
      Comparator.comparingLong((Path p) -> Owner.order(String.valueOf(p.getFileName())))
          .thenComparingInt(Submission::copyNumber)
          .thenComparing(Path::toString);

  Submission {
    files = files.stream().sorted(ORDER).toList();
    notes = List.copyOf(notes);
  }

  Submission(String student, List<Path> files, Path folder, String timestamp) {
    this(student, files, folder, timestamp, Optional.empty(), List.of());
  }

  Submission of(Optional<Owner> by) {
    return new Submission(student, files, folder, timestamp, by, notes);
  }

  Submission noting(List<String> more) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new Submission(student, files, folder, timestamp, owner, all);
  }

  boolean late() {
    return owner.map(Owner::late).orElse(false);
  }

  /** Two parts of what one student handed in. */
  static Submission together(Submission a, Submission b) {
    List<Path> files = new ArrayList<>(a.files);
    files.addAll(b.files);
    Optional<Owner> owner = b.late() ? b.owner : a.owner.or(() -> b.owner);
    return new Submission(a.student, files, a.folder, a.timestamp + b.timestamp, owner, a.notes)
        .noting(b.notes);
  }

  private static int copyNumber(Path file) {
    Matcher m = COPY.matcher(String.valueOf(file.getFileName()));
    return m.find() ? Integer.parseInt(m.group(1)) : 0;
  }
}
