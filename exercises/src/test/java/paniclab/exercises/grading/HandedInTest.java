package paniclab.exercises.grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.exercises.AnswerKey;
import paniclab.exercises.ItemBank;
import paniclab.exercises.KeySource;
import paniclab.exercises.TestKeys;

/** What platforms hand over, what students break, and what is graded again. */
class HandedInTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final KeySource KEYS = new TestKeys(BANK);
  private static final String ITEM = "ch1-time-after";
  private static final AnswerKey KEY = key();
  private static final String RIGHT = TestKeys.rightCell(KEY);

  @TempDir Path folder;

  private static AnswerKey key() {
    return switch (KEYS.key(BANK.find(ITEM).orElseThrow())) {
      case KeySource.Lookup.Found(AnswerKey k) -> k;
      case KeySource.Lookup.None(String reason) -> throw new AssertionError(reason);
    };
  }

  private static String notebook(String... sources) {
    JsonArray cells = new JsonArray();
    for (String s : sources) {
      cells.add(SyntheticClass.cell("code", "c" + cells.size(), s));
    }
    return new Gson().toJson(SyntheticClass.notebook(cells));
  }

  private static GradeReport grade(GradeRequest request) throws IOException {
    return new ClassGrader(BANK, KEYS).grade(request.withItems(List.of(ITEM)), Progress.NONE);
  }

  private Path zip(Charset names, Map<String, String> files) throws IOException {
    Path zip = folder.resolve("submissions.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream z = new ZipOutputStream(out, names)) {
      for (Map.Entry<String, String> e : files.entrySet()) {
        z.putNextEntry(new ZipEntry(e.getKey()));
        z.write(e.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return zip;
  }

  private static List<String> ids(GradeReport r) {
    return r.rows().stream().map(GradeRow::studentId).toList();
  }

  private static GradeRow row(GradeReport r, String id) {
    return r.rows().stream().filter(x -> x.studentId().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void aCanvasZip() throws IOException {
    Path zip =
        zip(
            StandardCharsets.UTF_8,
            new LinkedHashMap<>(
                Map.of(
                    "oharaann_12345_67890_ps1.ipynb", notebook(RIGHT),
                    "leebob_LATE_777_67891_ps1-2.ipynb", notebook("%%predict " + ITEM),
                    "leebob_LATE_777_67999_ps1.ipynb", notebook(RIGHT),
                    "wangli_888_1_report.pdf", "%PDF",
                    "__MACOSX/._x.ipynb", "")));
    Path roster = folder.resolve("canvas.csv");
    Files.writeString(
        roster,
        "Student,ID,SIS User ID,SIS Login ID,Section,ps1 (99)\n    Points Possible,,,,,6\n"
            + "\"O'Hara, Ann\",12345,a1,ann,A,\n\"Lee, Bob\",777,b1,bob,A,\n\"Zu, Zoe\",999,z1,zoe,A,\n");
    GradeReport r =
        grade(
            GradeRequest.of(zip)
                .withRoster(roster)
                .withDue(Optional.empty(), new LatePolicy.Zero()));
    assertEquals(List.of("12345", "777", "888", "999"), ids(r));
    assertEquals(KEY.max(), row(r, "12345").finalScore());
    assertEquals("O'Hara", row(r, "12345").lastName());
    GradeRow late = row(r, "777");
    assertEquals(KEY.max(), late.score(), "the newer of two files counts");
    assertEquals(0, late.finalScore(), "LATE, and lateness costs all");
    assertEquals(Status.UNREADABLE, row(r, "888").status());
    assertTrue(row(r, "888").reasons().toString().contains("report.pdf"), row(r, "888").toString());
    assertEquals(Status.MISSING, row(r, "999").status());
    String csv = SheetFormat.CANVAS.text(r);
    assertTrue(csv.startsWith("Student,ID,SIS User ID,SIS Login ID,Section,"), csv);
    assertTrue(csv.contains("\"O'Hara, Ann\",12345,"), csv);
  }

  @Test
  void aMoodleZip() throws IOException {
    Path zip =
        zip(
            StandardCharsets.UTF_8,
            Map.of(
                "Ann O'Hara_12345_assignsubmission_file_/ps1.ipynb", notebook(RIGHT),
                "王 丽_12346_assignsubmission_file/ps1 (1).ipynb", notebook(RIGHT),
                "Bob Lee_12347_assignsubmission_file_ps1.ipynb", notebook(RIGHT),
                "Zoe Zu_12348_assignsubmission_onlinetext_/onlinetext.html", "<p>sorry</p>"));
    Path roster = folder.resolve("moodle.csv");
    Files.writeString(
        roster,
        "Identifier,Full name,Email address,Status,Grade\n"
            + "Participant 12345,Ann O'Hara,a@x.org,,\nParticipant 12346,王 丽,,,\n"
            + "Participant 12347,Bob Lee,,,\nParticipant 12348,Zoe Zu,,,\n");
    GradeReport r = grade(GradeRequest.of(zip).withRoster(roster));
    assertEquals(List.of("12345", "12346", "12347", "12348"), ids(r));
    for (String id : List.of("12345", "12346", "12347")) {
      assertEquals(KEY.max(), row(r, id).score(), id);
    }
    assertEquals(Status.PARTIAL, row(r, "12348").status());
    assertTrue(row(r, "12348").reasons().toString().contains("onlinetext.html"));
    assertTrue(SheetFormat.MOODLE.text(r).contains("Participant 12345,Ann O'Hara,a@x.org,"));
    Map<String, String> byName = new LinkedHashMap<>();
    byName.put("Ann O'Hara_12345_assignsubmission_file_/a.ipynb", notebook(RIGHT));
    Files.writeString(folder.resolve("named.csv"), "id,first_name,last_name\nann,Ann,O'Hara\n");
    assertEquals(
        List.of("ann"),
        ids(
            grade(
                GradeRequest.of(zip(StandardCharsets.UTF_8, byName))
                    .withRoster(folder.resolve("named.csv")))));
  }

  @Test
  void zipsOfOtherCharsetsAndOneFolder() throws IOException {
    Path zip =
        zip(
            Charset.forName("GB18030"),
            Map.of("作业/王丽_12_assignsubmission_file_/ps1.ipynb", notebook(RIGHT)));
    GradeReport r = grade(GradeRequest.of(zip));
    assertEquals(List.of("12"), ids(r));
    assertEquals("王丽", r.rows().getFirst().lastName());
    assertEquals(KEY.max(), r.rows().getFirst().score());
  }

  @Test
  void noEntryLeadsOutside() throws IOException {
    Path outside = folder.resolve("evil.ipynb");
    Path zip =
        zip(
            StandardCharsets.UTF_8,
            Map.of(
                "../evil.ipynb", notebook(RIGHT),
                "../../../../../../../../tmp/evil2.ipynb", notebook(RIGHT),
                "/abs.ipynb", notebook(RIGHT),
                "C:\\\\win.ipynb", notebook(RIGHT),
                "bob.ipynb", notebook(RIGHT)));
    GradeReport r = grade(GradeRequest.of(zip));
    assertFalse(Files.exists(outside));
    assertFalse(Files.exists(Path.of("/tmp/evil2.ipynb")));
    assertEquals(KEY.max(), row(r, "bob").score());
    assertTrue(row(r, "evil").reasons().toString().contains("leads outside"), r.toString());
    assertEquals(5, r.rows().size(), ids(r).toString());
  }

  @Test
  void aBombInAZipIsARow() throws IOException {
    Path zip = folder.resolve("bomb.zip");
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream z = new ZipOutputStream(out)) {
      z.putNextEntry(new ZipEntry("ann.ipynb"));
      for (long n = 0; n <= Zip.MAX_ENTRY; n += zeros.length) {
        z.write(zeros);
      }
      z.putNextEntry(new ZipEntry("bob.ipynb"));
      z.write(notebook(RIGHT).getBytes(StandardCharsets.UTF_8));
    }
    assertTrue(Files.size(zip) < 1 << 20, "a bomb is small");
    GradeReport r = grade(GradeRequest.of(zip));
    assertEquals(Status.UNREADABLE, row(r, "ann").status());
    assertTrue(row(r, "ann").reasons().toString().contains("is larger than"));
    assertEquals(KEY.max(), row(r, "bob").score());
  }

  @Test
  void aZipThatIsCutOffGivesWhatItHas() throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    for (String s : List.of("ann", "bob", "cy")) {
      files.put(s + ".ipynb", notebook(RIGHT, "// " + "x".repeat(5000)));
    }
    Path zip = zip(StandardCharsets.UTF_8, files);
    byte[] bytes = Files.readAllBytes(zip);
    Files.write(zip, java.util.Arrays.copyOf(bytes, bytes.length - 250));
    GradeReport r = grade(GradeRequest.of(zip));
    assertEquals(KEY.max(), row(r, "ann").score());
    assertEquals(GradeReport.SOME_NEED_A_PERSON, r.exitStatus());
    assertTrue(r.remarks().toString().contains("is damaged"), r.remarks().toString());
    Files.writeString(zip, "PK nothing of the kind");
    assertThrows(UsageException.class, () -> grade(GradeRequest.of(zip)));
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret.txt"), notebook(RIGHT));
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.createSymbolicLink(in.resolve("ann.ipynb"), secret);
    Files.createDirectories(folder.resolve("elsewhere"));
    Files.writeString(folder.resolve("elsewhere/x.ipynb"), notebook(RIGHT));
    Files.createSymbolicLink(in.resolve("bob"), folder.resolve("elsewhere"));
    Files.createDirectories(in.resolve("cy"));
    Files.createSymbolicLink(in.resolve("cy/ch1.ipynb"), secret);
    Files.createSymbolicLink(in.resolve("cy/more"), folder.resolve("elsewhere"));
    GradeReport r = grade(GradeRequest.of(in));
    assertEquals(List.of("ann", "bob", "cy"), ids(r));
    for (GradeRow row : r.rows()) {
      assertEquals(Status.UNREADABLE, row.status(), row.toString());
      assertEquals(0, row.score());
      assertTrue(row.reasons().toString().contains("symbolic link"), row.toString());
    }
  }

  @Test
  void whatWouldFillTheMemoryIsCutOff() throws IOException {
    Files.writeString(
        folder.resolve("ann.ipynb"), notebook(RIGHT, "x".repeat(Measured.MAX_TEXT + 10_000)));
    Files.writeString(
        folder.resolve("bob.ipynb"),
        notebook(RIGHT)
            .replaceFirst(
                "\"metadata\":\\{\\}", "\"metadata\":{\"" + "k".repeat(6_000_000) + "\":1}"));
    StringBuilder many = new StringBuilder("{\"cells\":[");
    for (int i = 0; i <= NotebookReader.MAX_CELLS; i++) {
      many.append("{\"cell_type\":\"code\",\"source\":\"\"},");
    }
    Files.writeString(folder.resolve("cy.ipynb"), many.append("{}]}"));
    GradeReport r = grade(GradeRequest.of(folder));
    assertEquals(KEY.max(), row(r, "ann").score());
    assertEquals(Status.PARTIAL, row(r, "ann").status());
    for (String id : List.of("ann", "bob", "cy")) {
      assertTrue(row(r, id).reasons().toString().contains("more than"), row(r, id).toString());
    }
  }

  @Test
  void cellsAreKnownByGradeIdAndByTheirPlace() throws IOException {
    String json =
        notebook("import java.util.*;", RIGHT.substring(RIGHT.indexOf('\n') + 1), "1 + 1");
    Files.writeString(folder.resolve("ann.ipynb"), json);
    GradeRow ann = row(grade(GradeRequest.of(folder)), "ann");
    assertEquals(KEY.max(), ann.score(), ann.toString());
    assertEquals(Status.PARTIAL, ann.status(), "but a person looks at it");
    Files.writeString(
        folder.resolve("ann.ipynb"),
        json.replaceFirst(
            "(\"id\":\"c1\",\"metadata\":)\\{\\}",
            "$1{\"nbgrader\":{\"schema_version\":3,\"grade_id\":\"" + ITEM + "\"}}"));
    ann = row(grade(GradeRequest.of(folder)), "ann");
    assertEquals(KEY.max(), ann.score(), ann.toString());
    assertEquals(Status.OK, ann.status(), ann.toString());
    String twice = RIGHT.substring(RIGHT.indexOf('\n') + 1);
    Files.writeString(
        folder.resolve("ann.ipynb"), notebook(twice, twice.replace("exit: 0", "exit: 2")));
    assertEquals(
        0, row(grade(GradeRequest.of(folder)), "ann").score(), "two that differ: no guess");
  }

  @Test
  void lateness() throws IOException {
    Path home = Files.createDirectories(folder.resolve("submitted/ann/ps1"));
    Files.writeString(home.resolve("ps1.ipynb"), notebook(RIGHT));
    Files.writeString(home.resolve("timestamp.txt"), "2026-12-01 16:00:30 UTC");
    GradeRequest r = GradeRequest.of(folder);
    Optional<String> due = Optional.of("2026-12-01T23:59+08:00");
    assertEquals(0, row(grade(r), "ann").penalty());
    assertEquals(0, row(grade(r.withDue(due, LatePolicy.NONE)), "ann").penalty());
    GradeRow zero = row(grade(r.withDue(due, LatePolicy.parse("zero"))), "ann");
    assertEquals(KEY.max(), zero.penalty());
    assertEquals(0, zero.finalScore());
    GradeReport tenth = grade(r.withDue(due, LatePolicy.parse("10%")));
    assertEquals(KEY.max() / 10, row(tenth, "ann").penalty(), 1e-9);
    assertTrue(
        GradeSheet.sheet(tenth).contains("ps1,2026-12-01 15:59:00,2026-12-01 16:00:30 UTC,ann,"),
        GradeSheet.sheet(tenth));
    assertEquals(
        0,
        row(grade(r.withDue(Optional.of("2026-12-02"), new LatePolicy.Zero())), "ann").penalty());
    assertThrows(
        UsageException.class, () -> grade(r.withDue(Optional.of("soon"), LatePolicy.NONE)));
    for (String bad : List.of("", "ten", "101%", "-1%", "10")) {
      assertThrows(UsageException.class, () -> LatePolicy.parse(bad), bad);
    }
  }

  @Test
  void whereNothingTellsWhenItCameThatIsSaid() throws IOException {
    Files.writeString(folder.resolve("ann.ipynb"), notebook(RIGHT));
    List<String> notes = new ArrayList<>();
    Progress hears =
        new Progress() {
          @Override
          public void done(int students, int of) {}

          @Override
          public void note(String message) {
            notes.add(message);
          }
        };
    GradeRequest r = GradeRequest.of(folder).withItems(List.of(ITEM));
    Optional<String> due = Optional.of("2026-12-01");
    new ClassGrader(BANK, KEYS).grade(r.withDue(due, LatePolicy.NONE), hears);
    assertEquals(List.of(), notes);
    new ClassGrader(BANK, KEYS).grade(r.withDue(due, LatePolicy.parse("10%")), hears);
    assertTrue(notes.getFirst().startsWith("nothing tells when 1 of"), notes.toString());
  }

  @Test
  void gradingAgainKeepsWhatAPersonWrote() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Path sheet = folder.resolve("grades.csv");
    for (String s : List.of("ann", "bob", "cy")) {
      Files.writeString(in.resolve(s + ".ipynb"), notebook(RIGHT));
    }
    GradeRequest request = GradeRequest.of(in).withSheet(sheet, false);
    GradeSheet.write(grade(request), sheet);
    String first = Files.readString(sheet);
    GradeReport same = grade(request);
    assertEquals(List.of(), same.changes());
    GradeSheet.write(same, sheet);
    assertEquals(first, Files.readString(sheet), "the same gives the same");
    assertFalse(Files.exists(folder.resolve("grades.changes.csv")));
    // A person gives bob one point; then all three hand in nothing.
    Files.writeString(
        sheet, first.replaceFirst("(?m)^(.*,bob,.*),[0-9.]+,([0-9.]+)$", "$1,1.0,$2"));
    for (String s : List.of("ann", "bob")) {
      Files.writeString(in.resolve(s + ".ipynb"), notebook("%%predict " + ITEM));
    }
    GradeReport again = grade(request);
    assertEquals(
        List.of("ann", "bob"), again.changes().stream().map(GradeReport.Change::student).toList());
    assertEquals(
        List.of(false, true), again.changes().stream().map(GradeReport.Change::kept).toList());
    assertEquals(1, row(again, "bob").finalScore());
    assertEquals(0, row(again, "ann").finalScore());
    GradeSheet.write(again, sheet);
    assertTrue(Files.readString(folder.resolve("grades.changes.csv")).contains("bob,"));
    assertTrue(Files.readString(sheet).contains(",bob,,,,0.0,0.0,1.0,"), Files.readString(sheet));
    GradeSheet.write(grade(request), sheet);
    assertEquals(1, row(grade(request), "bob").finalScore(), "a third time, too");
  }

  @Test
  void aRunThatWasBrokenOffGoesOn() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Path sheet = folder.resolve("grades.csv");
    for (int i = 0; i < 20; i++) {
      Files.writeString(in.resolve("s" + i + ".ipynb"), notebook(RIGHT));
    }
    GradeRequest request = GradeRequest.of(in).withJobs(1);
    assertThrows(
        IllegalStateException.class,
        () ->
            new ClassGrader(BANK, KEYS)
                .grade(
                    request.withItems(List.of(ITEM)).withSheet(sheet, false),
                    new Progress() {
                      @Override
                      public void done(int students, int of) {
                        if (students >= 7) {
                          throw new IllegalStateException("killed");
                        }
                      }

                      @Override
                      public void note(String message) {}
                    }));
    assertFalse(Files.exists(sheet));
    assertTrue(Files.exists(Journal.unfinished(sheet)));
    Files.writeString(in.resolve("s3.ipynb"), notebook("%%predict " + ITEM));
    java.util.concurrent.atomic.AtomicInteger graded =
        new java.util.concurrent.atomic.AtomicInteger();
    GradeReport r =
        new ClassGrader(BANK, KEYS)
            .grade(
                request.withItems(List.of(ITEM)).withSheet(sheet, true),
                Progress.NONE,
                j -> graded.incrementAndGet());
    assertEquals(20, r.rows().size());
    assertTrue(graded.get() < 20, "some were taken over: " + graded);
    assertEquals(0, row(r, "s3").score(), "a changed notebook is graded again");
    GradeReport fresh = grade(request);
    assertEquals(fresh.rows(), r.rows(), "and nothing is different");
  }

  @Test
  void partsAndTheirSum() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    for (int i = 0; i < 30; i++) {
      Files.writeString(in.resolve("s" + i + ".ipynb"), i % 7 == 0 ? "broken" : notebook(RIGHT));
    }
    GradeReport whole = grade(GradeRequest.of(in));
    List<Path> sheets =
        List.of(folder.resolve("1.csv"), folder.resolve("2.csv"), folder.resolve("3.csv"));
    for (int i = 1; i <= 3; i++) {
      Path sheet = sheets.get(i - 1);
      GradeReport part =
          grade(GradeRequest.of(in).withShard(new Shard(i, 3)).withSheet(sheet, false));
      assertTrue(part.rows().size() > 2, "a part of 30");
      GradeSheet.write(part, sheet);
    }
    assertEquals(GradeSheet.sheet(whole), GradeSheet.sheet(Merge.of(sheets)));
    assertEquals(whole.rows(), Merge.of(sheets).rows());
    assertThrows(UsageException.class, () -> Merge.of(sheets.subList(0, 2)));
    assertThrows(UsageException.class, () -> Merge.of(List.of(folder.resolve("no.csv"))));
    for (String bad : List.of("0/3", "4/3", "1", "a/b", "1/0")) {
      assertThrows(UsageException.class, () -> Shard.parse(bad), bad);
    }
  }

  @Test
  void formatsForGradescopeAndPrograms() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(in.resolve("ann.ipynb"), notebook(RIGHT));
    Files.writeString(in.resolve("bob.ipynb"), "broken");
    GradeReport r = grade(GradeRequest.of(in));
    Path out = folder.resolve("results");
    GradeSheet.write(r, out, SheetFormat.GRADESCOPE);
    var results =
        JsonParser.parseString(Files.readString(out.resolve("ann/results.json"))).getAsJsonObject();
    assertEquals(KEY.max(), results.get("score").getAsDouble());
    assertEquals(
        ITEM, results.getAsJsonArray("tests").get(0).getAsJsonObject().get("name").getAsString());
    var all = JsonParser.parseString(SheetFormat.JSON_OBJECT.text(r)).getAsJsonObject();
    assertEquals(
        "unreadable",
        all.getAsJsonArray("students").get(1).getAsJsonObject().get("status").getAsString());
    assertEquals(Optional.empty(), SheetFormat.of("excel"));
    try (Stream<String> words = Stream.of("nbgrader", "canvas", "moodle", "gradescope", "json")) {
      assertTrue(words.allMatch(w -> SheetFormat.of(w).isPresent()));
    }
  }

  @Test
  void pointsComeFromTheRelease() throws IOException {
    Path in =
        Files.createDirectories(folder.resolve("course/submitted/ann/ps1")).resolve("ps1.ipynb");
    Files.writeString(in, notebook(RIGHT.replace("exit: 0", "exit: 2")));
    Path course = folder.resolve("course");
    Assignment a =
        new Assignment(
            "ps1",
            "",
            "en",
            Optional.of("2026-12-01"),
            false,
            List.of(new Assignment.Item(ITEM, 30)));
    Files.createDirectories(course.resolve("paniclab"));
    Files.writeString(Assignment.file(course, "ps1"), a.toJson());
    GradeReport r = new ClassGrader(BANK, KEYS).grade(GradeRequest.of(course), Progress.NONE);
    assertEquals(30, r.rows().getFirst().maxScore());
    assertEquals(30 * (KEY.max() - 1) / KEY.max(), r.rows().getFirst().score(), 1e-9);
    assertTrue(r.due().isPresent());
    assertEquals("ps1", r.assignment());
  }
}
