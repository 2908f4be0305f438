package paniclab.exercises.grading;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The forms in which grades go into grade books. */
public enum SheetFormat {
  /** The eleven columns of {@code nbgrader export}. */
  NBGRADER {
    @Override
    public String text(GradeReport report) {
      return GradeSheet.sheet(report);
    }
  },

  /**
   * Canvas's import: the columns by which it knows a student, and one with the assignment's name.
   * Canvas makes a new assignment unless that name ends in its own id, as in {@code ps1 (1234)}.
   */
  CANVAS {
    @Override
    public String text(GradeReport report) {
      String possible =
          report.rows().isEmpty() ? "" : GradeSheet.number(report.rows().getFirst().maxScore());
      Stream<List<String>> points =
          Stream.of(List.of("    Points Possible", "", "", "", "", possible));
      return GradeSheet.csv(
          List.of("Student", "ID", "SIS User ID", "SIS Login ID", "Section", report.assignment()),
          Stream.concat(points, report.rows().stream().map(SheetFormat::canvas)));
    }
  },

  /** Moodle's grading worksheet for an assignment. */
  MOODLE {
    @Override
    public String text(GradeReport report) {
      return GradeSheet.csv(
          List.of(
              "Identifier",
              "Full name",
              "Email address",
              "Status",
              "Grade",
              "Maximum Grade",
              "Grade can be changed",
              "Last modified (submission)",
              "Last modified (grade)",
              "Feedback comments"),
          report.rows().stream().map(SheetFormat::moodle));
    }
  },

  /** A {@code results.json} of Gradescope for each student, in a folder. */
  GRADESCOPE {
    @Override
    public String text(GradeReport report) {
      StringBuilder b = new StringBuilder();
      for (GradeRow r : report.rows()) {
        JsonObject o = new JsonObject();
        o.addProperty("student_id", r.studentId());
        o.add("results", results(r));
        b.append(LINE.toJson(o)).append('\n');
      }
      return b.toString();
    }

    @Override
    Map<String, String> files(GradeReport report, Path out) {
      Map<String, String> files = new LinkedHashMap<>();
      for (GradeRow r : report.rows()) {
        Path file = out.resolve(fileName(r.studentId())).resolve("results.json");
        files.put(file.toString(), JSON.toJson(results(r)) + "\n");
      }
      return files;
    }
  },

  /** All that is known, as one JSON object. */
  JSON_OBJECT {
    @Override
    public String text(GradeReport report) {
      JsonObject o = new JsonObject();
      o.addProperty("assignment", report.assignment());
      report.due().ifPresent(d -> o.addProperty("due", d.toString()));
      JsonArray remarks = new JsonArray();
      report.remarks().forEach(remarks::add);
      o.add("remarks", remarks);
      JsonArray rows = new JsonArray();
      report.rows().forEach(r -> rows.add(RowJson.write(r)));
      o.add("students", rows);
      return JSON.toJson(o) + "\n";
    }
  };

  private static final Gson LINE = new GsonBuilder().disableHtmlEscaping().create();
  private static final Gson JSON =
      new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();

  /** The format of a word of the command line: nbgrader, canvas, moodle, gradescope or json. */
  public static Optional<SheetFormat> of(String word) {
    for (SheetFormat f : values()) {
      if (f.word().equals(word)) {
        return Optional.of(f);
      }
    }
    return Optional.empty();
  }

  private String word() {
    return this == JSON_OBJECT ? "json" : name().toLowerCase(Locale.ROOT);
  }

  /** The whole report as one text, for stdout. */
  public abstract String text(GradeReport report);

  /** What to write: by the names of the files. */
  Map<String, String> files(GradeReport report, Path out) {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(out.toString(), text(report));
    return files;
  }

  /** A student's id as the name of a file or folder; what none may be called becomes _. */
  public static String fileName(String student) {
    String name = student.replaceAll("[/\\\\:*?\"<>|\\p{Cntrl}]", "_").replaceFirst("^\\.+", "_");
    return name.isBlank() ? "_" : name;
  }

  private static List<String> canvas(GradeRow r) {
    boolean number = r.studentId().matches("\\d+");
    String name = r.firstName().isEmpty() ? r.lastName() : r.lastName() + ", " + r.firstName();
    return List.of(
        name.isEmpty() ? r.studentId() : name,
        number ? r.studentId() : "",
        number ? "" : r.studentId(),
        number ? "" : r.studentId(),
        "",
        GradeSheet.number(r.finalScore()));
  }

  private static List<String> moodle(GradeRow r) {
    String id = r.studentId();
    return List.of(
        id.matches("\\d+") ? "Participant " + id : id,
        (r.firstName() + " " + r.lastName()).strip(),
        r.email(),
        r.status() == Status.MISSING ? "No submission" : "Submitted for grading",
        GradeSheet.number(r.finalScore()),
        GradeSheet.number(r.maxScore()),
        "Yes",
        r.timestamp(),
        "",
        String.join("; ", r.reasons()));
  }

  private static JsonObject results(GradeRow r) {
    JsonObject o = new JsonObject();
    o.addProperty("score", r.finalScore());
    List<String> said = new ArrayList<>(r.reasons());
    if (r.status() != Status.OK) {
      said.addFirst(r.status().word());
    }
    o.addProperty("output", String.join("\n", said));
    o.addProperty("visibility", "visible");
    o.addProperty("stdout_visibility", "hidden");
    JsonArray tests = new JsonArray();
    for (GradeRow.ItemScore i : r.items()) {
      JsonObject t = new JsonObject();
      t.addProperty("name", i.item());
      t.addProperty("score", i.score());
      t.addProperty("max_score", i.max());
      t.addProperty("status", i.score() >= i.max() ? "passed" : "failed");
      t.addProperty("output", i.answers());
      t.addProperty("visibility", "visible");
      tests.add(t);
    }
    o.add("tests", tests);
    return o;
  }
}
