package paniclab.exercises.grading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was named to be graded, found and unpacked; closing it removes what was unpacked. */
final class Inputs implements AutoCloseable {
  private final List<Zip> zips = new ArrayList<>();
  private final List<Submission> submissions = new ArrayList<>();
  private final List<String> remarks = new ArrayList<>();
  private Optional<String> assignment = Optional.empty();

  private Inputs() {}

  /**
   * Finds the submissions.
   *
   * @throws UsageException when an input is not there
   */
  static Inputs open(GradeRequest request, Roster roster) throws IOException {
    Inputs inputs = new Inputs();
    try {
      Layout layout = new Layout(request.kind(), named(request), roster);
      for (Path p : request.inputs()) {
        inputs.add(p, layout);
      }
    } catch (IOException | RuntimeException e) {
      inputs.close();
      throw e;
    }
    return inputs;
  }

  /** The assignment's name: as it was given, else that of the released file. */
  private static Optional<String> named(GradeRequest request) {
    return request
        .assignment()
        .or(() ->
            request
                .released()
                .map(f -> String.valueOf(f.getFileName()).replaceFirst("\\.json$", "")));
  }

  private void add(Path input, Layout layout) throws IOException {
    if (Files.isRegularFile(input) && Zip.isZip(input)) {
      Zip zip = Zip.open(input);
      zips.add(zip);
      remarks.addAll(zip.remarks());
      for (Submission s : keep(layout.find(zip.folder()))) {
        submissions.add(
            s.noting(
                s.files().stream()
                    .flatMap(f -> zip.notes(f).stream().map(n -> f.getFileName() + ": " + n))
                    .toList()));
      }
    } else {
      submissions.addAll(keep(layout.find(input)));
    }
  }

  private List<Submission> keep(Layout.Found found) {
    assignment = assignment.or(found::assignment);
    return found.submissions();
  }

  List<Submission> submissions() {
    return submissions;
  }

  Optional<String> assignment() {
    return assignment;
  }

  /** What a person should know of the inputs as a whole. */
  List<String> remarks() {
    return remarks;
  }

  @Override
  public void close() throws IOException {
    for (Zip z : zips) {
      z.close();
    }
  }
}
