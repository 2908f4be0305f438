package paniclab.exercises.grading;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The report as CSV files, UTF-8, fields quoted where they must be. */
public final class GradeSheet {
  /** The columns of {@code nbgrader export}. */
  public static final List<String> COLUMNS =
      List.of(
          "assignment",
          "duedate",
          "timestamp",
          "student_id",
          "last_name",
          "first_name",
          "email",
          "raw_score",
          "late_submission_penalty",
          "score",
          "max_score");

  private static final List<String> STATUS =
      List.of("student_id", "status", "score", "max_score", "reason");
  private static final List<String> ITEMS =
      List.of("student_id", "item", "score", "max_score", "wrong_model", "answers");

  private static final List<String> CHANGES =
      List.of("student_id", "before", "now", "difference", "note");

  private GradeSheet() {}

  /** The sheet itself. */
  public static String sheet(GradeReport report) {
    return csv(
        COLUMNS,
        report.rows().stream()
            .map(r ->
                List.of(
                    report.assignment(),
                    report.due().map(Times::nbgrader).orElse(""),
                    r.timestamp(),
                    r.studentId(),
                    r.lastName(),
                    r.firstName(),
                    r.email(),
                    number(r.score()),
                    number(r.penalty()),
                    number(r.finalScore()),
                    number(r.maxScore()))));
  }

  /** How each student's submission was found, and why. */
  public static String status(GradeReport report) {
    return csv(
        STATUS,
        report.rows().stream()
            .map(r ->
                List.of(
                    r.studentId(),
                    r.status().word(),
                    number(r.score()),
                    number(r.maxScore()),
                    String.join("; ", r.reasons()))));
  }

  /** Item by item. */
  public static String items(GradeReport report) {
    return csv(
        ITEMS,
        report.rows().stream()
            .flatMap(r ->
                r.items().stream()
                    .map(i ->
                        List.of(
                            r.studentId(),
                            i.item(),
                            number(i.score()),
                            number(i.max()),
                            i.model(),
                            i.answers()))));
  }

  /** What became different since the same was graded before. */
  public static String changes(GradeReport report) {
    return csv(
        CHANGES,
        report.changes().stream()
            .map(c ->
                List.of(
                    c.student(),
                    number(c.before()),
                    number(c.now()),
                    number(c.now() - c.before()),
                    c.kept() ? "a person's score is kept" : "")));
  }

  /**
   * Writes the sheet, and beside it {@code NAME.status.csv} and {@code NAME.items.csv}, and {@code
   * NAME.changes.csv} where something changed since the last time. Each file is there whole or not
   * at all. What was noted on the way counts from now on as graded.
   *
   * @throws IOException when a file cannot be written
   */
  public static void write(GradeReport report, Path out, SheetFormat format) throws IOException {
    for (Map.Entry<String, String> file : format.files(report, out).entrySet()) {
      replace(Path.of(file.getKey()), file.getValue());
    }
    replace(beside(out, "status"), status(report));
    replace(beside(out, "items"), items(report));
    if (report.changes().isEmpty()) {
      Files.deleteIfExists(beside(out, "changes"));
    } else {
      replace(beside(out, "changes"), changes(report));
    }
    Journal.commit(out);
  }

  /** The same in nbgrader's form. */
  public static void write(GradeReport report, Path out) throws IOException {
    write(report, out, SheetFormat.NBGRADER);
  }

  /** The side file of a sheet: {@code grades.status.csv} for {@code grades.csv}. */
  public static Path beside(Path out, String kind) {
    String name = String.valueOf(out.getFileName());
    String stem = name.replaceFirst("\\.(csv|json)$", "");
    return out.resolveSibling(stem + "." + kind + ".csv");
  }

  private static void replace(Path file, String text) throws IOException {
    Path absolute = file.toAbsolutePath();
    Path folder = absolute.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path part = absolute.resolveSibling(absolute.getFileName() + ".part");
    Files.writeString(part, text);
    Files.move(part, absolute, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Names of files are the students' own: a spreadsheet must not take one for a formula. */
  private static String harmless(String field) {
    return field.matches("(?s)[=+@\\t\\r].*|-[^0-9].*") ? "'" + field : field;
  }

  static String csv(List<String> head, Stream<List<String>> rows) {
    StringWriter out = new StringWriter();
    CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator("\n").get();
    try (CSVPrinter printer = new CSVPrinter(out, format)) {
      printer.printRecord(head);
      for (List<String> row : (Iterable<List<String>>) rows::iterator) {
        printer.printRecord(row.stream().map(GradeSheet::harmless).toList());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter does not fail", e);
    }
    return out.toString();
  }

  /** Two places at most, one at least, as nbgrader prints its floats. */
  public static String number(double d) {
    BigDecimal b = BigDecimal.valueOf(d).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    return b.setScale(Math.max(1, b.scale())).toPlainString();
  }
}
