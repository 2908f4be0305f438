package paniclab.exercises.grading;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * What was graded before into the same sheet. A score in the sheet that is not the one we wrote was
 * written by a person, and stays.
 */
final class Before {
  private final Optional<Journal> journal;

  /** Of a run that was broken off. */
  private final Optional<Journal> unfinished;

  private final Map<String, Double> manual;

  private Before(
      Optional<Journal> journal, Optional<Journal> unfinished, Map<String, Double> manual) {
    this.journal = journal;
    this.unfinished = unfinished;
    this.manual = manual;
  }

  static Before nothing() {
    return new Before(Optional.empty(), Optional.empty(), Map.of());
  }

  static Before of(Path sheet, Progress progress) throws IOException {
    Optional<Journal> journal = Journal.read(Journal.beside(sheet));
    Optional<Journal> unfinished = Journal.read(Journal.unfinished(sheet));
    Map<String, Double> manual = new TreeMap<>();
    if (journal.isPresent()) {
      Map<String, Double> now = scores(sheet, progress);
      journal
          .get()
          .entries()
          .forEach((student, entry) -> {
            GradeRow row = entry.row();
            row.manual().ifPresent(m -> manual.put(student, m));
            Double score = now.get(student);
            Optional<GradeRow> newer = row(unfinished, student).map(Journal.Entry::row);
            if (score != null
                && differs(score, row)
                && newer.map(n -> differs(score, n)).orElse(true)) {
              manual.put(student, score);
            }
          });
    }
    return new Before(journal, unfinished, manual);
  }

  private static boolean differs(double score, GradeRow row) {
    return Math.abs(score - row.finalScore()) > 0.0051;
  }

  private static Optional<Journal.Entry> row(Optional<Journal> journal, String student) {
    return journal.flatMap(j -> Optional.ofNullable(j.entries().get(student)));
  }

  /** The scores of a sheet with nbgrader's columns; none for a sheet of another form. */
  private static Map<String, Double> scores(Path sheet, Progress progress) throws IOException {
    Map<String, Double> scores = new LinkedHashMap<>();
    if (!Files.isRegularFile(sheet)) {
      return scores;
    }
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (Reader in = TextFile.of(sheet, () -> false).open();
        CSVParser parser = format.parse(in)) {
      if (!parser.getHeaderNames().containsAll(List.of("student_id", "score"))) {
        return scores;
      }
      for (CSVRecord r : parser) {
        try {
          scores.put(r.get("student_id"), Double.parseDouble(r.get("score").strip()));
        } catch (IllegalArgumentException e) {
          progress.note(
              sheet + ":" + r.getRecordNumber() + ": has no score that is a number; not kept");
        }
      }
    } catch (IllegalArgumentException | java.io.UncheckedIOException e) {
      progress.note(sheet + ": is no CSV any more; what was changed in it is not kept");
    }
    return scores;
  }

  Optional<Double> manual(String student) {
    return Optional.ofNullable(manual.get(student));
  }

  /** The row from before, if it was made of the same under the same terms. */
  Optional<GradeRow> row(String student, String terms, String fingerprint) {
    return unfinished
        .filter(j -> j.head().terms().equals(terms))
        .flatMap(j -> row(Optional.of(j), student))
        .filter(e -> e.fingerprint().equals(fingerprint))
        .or(() ->
            journal
                .filter(j -> j.head().terms().equals(terms))
                .flatMap(j -> row(Optional.of(j), student))
                .filter(e -> e.fingerprint().equals(fingerprint)))
        .map(Journal.Entry::row);
  }

  /** What became different. */
  List<GradeReport.Change> changes(List<GradeRow> rows) {
    List<GradeReport.Change> changes = new ArrayList<>();
    for (GradeRow row : rows) {
      Optional<GradeRow> old = row(journal, row.studentId()).map(Journal.Entry::row);
      if (old.isPresent() && Math.abs(old.get().score() - row.score()) > 1e-9) {
        changes.add(
            new GradeReport.Change(
                row.studentId(), old.get().score(), row.score(), row.manual().isPresent()));
      }
    }
    return changes;
  }
}
