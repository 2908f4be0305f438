package paniclab.exercises.grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.exercises.AnswerKey;
import paniclab.exercises.ItemBank;
import paniclab.exercises.KeySource;
import paniclab.exercises.TestKeys;

class ClassGraderTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final KeySource KEYS = new TestKeys(BANK);
  private static final List<String> TWO = List.of("ch1-exit-race", "ch1-time-after");

  @TempDir Path folder;

  private static String right(String item) {
    return KEYS.key(BANK.find(item).orElseThrow()) instanceof KeySource.Lookup.Found(AnswerKey k)
        ? TestKeys.rightCell(k)
        : "";
  }

  private static double max(String item) {
    return KEYS.key(BANK.find(item).orElseThrow()) instanceof KeySource.Lookup.Found(AnswerKey k)
        ? k.max()
        : -1;
  }

  private static final double ONE = max(TWO.getFirst());
  private static final double BOTH = ONE + max(TWO.getLast());

  private static String notebook(String... sources) {
    JsonArray cells = new JsonArray();
    for (String s : sources) {
      cells.add(SyntheticClass.cell("code", "c" + cells.size(), s));
    }
    return new Gson().toJson(SyntheticClass.notebook(cells));
  }

  private static String both() {
    return notebook(right(TWO.getFirst()), right(TWO.getLast()));
  }

  private GradeReport grade() throws IOException {
    return grade(GradeRequest.of(folder).withItems(TWO));
  }

  private static GradeReport grade(GradeRequest request) throws IOException {
    return new ClassGrader(BANK, KEYS).grade(request, Progress.NONE);
  }

  private GradeRow only() throws IOException {
    GradeReport report = grade();
    assertEquals(1, report.rows().size(), report.toString());
    return report.rows().getFirst();
  }

  private GradeRow only(String text) throws IOException {
    Files.writeString(folder.resolve("ann.ipynb"), text);
    return only();
  }

  private static void check(GradeRow row, double score, Status status, String reason) {
    assertEquals(status, row.status(), row.toString());
    assertEquals(score, row.score(), 1e-9, row.toString());
    assertEquals(BOTH, row.maxScore(), 1e-9);
    assertTrue(String.join("; ", row.reasons()).contains(reason), row.toString());
  }

  @Test
  void aClassOfThreeHundredWithTwelveBrokenNotebooks() throws IOException {
    List<SyntheticClass.Expected> students =
        new SyntheticClass(BANK, KEYS).write(folder.resolve("submitted"), 300);
    assertEquals(12, students.stream().filter(s -> s.fault() != SyntheticClass.Fault.NONE).count());
    // The class answers predictions only; exercises in mending are tested where they are.
    GradeRequest request =
        GradeRequest.of(folder).withItems(BANK.chapter("ch1").stream().map(i -> i.id()).toList());
    GradeReport report = grade(request);
    assertEquals(300, report.rows().size());
    for (int i = 0; i < students.size(); i++) {
      SyntheticClass.Expected s = students.get(i);
      GradeRow row = report.rows().get(i);
      assertEquals(s.id(), row.studentId());
      assertEquals(s.fault().status, row.status(), s.fault() + " " + row);
      if (s.fault() == SyntheticClass.Fault.DUPLICATED_CELL) {
        continue; // the copy stands for another answer; see the test of its own
      }
      assertEquals(s.score(), row.score(), 1e-9, s.fault() + " " + s.brokenItem() + " " + row);
    }
    assertEquals(GradeReport.SOME_NEED_A_PERSON, report.exitStatus());
    assertEquals(report, grade(request.withJobs(1)), "the same with one job");
  }

  @Test
  void aThousandWithFivePercentBroken() throws IOException {
    List<SyntheticClass.Expected> students =
        new SyntheticClass(BANK, KEYS).write(folder.resolve("submitted"), 1_000, 20);
    assertEquals(50, students.stream().filter(s -> s.fault() != SyntheticClass.Fault.NONE).count());
    GradeReport report =
        grade(
            GradeRequest.of(folder)
                .withItems(BANK.chapter("ch1").stream().map(i -> i.id()).toList()));
    assertEquals(
        students.stream().map(SyntheticClass.Expected::id).toList(),
        report.rows().stream().map(GradeRow::studentId).toList(),
        "one row each");
    for (int i = 0; i < students.size(); i++) {
      SyntheticClass.Expected s = students.get(i);
      assertEquals(s.fault().status, report.rows().get(i).status(), s.toString());
      if (s.fault() != SyntheticClass.Fault.DUPLICATED_CELL) {
        assertEquals(s.score(), report.rows().get(i).score(), 1e-9, s.toString());
      }
    }
  }

  @Test
  void oneNotebookOneRow() throws IOException {
    GradeRow row = only(both());
    check(row, BOTH, Status.OK, "");
    assertEquals("ann", row.studentId());
    assertEquals(0, grade().exitStatus());
  }

  @Test
  void aByteOrderMarkAndOtherEncodings() throws IOException {
    check(only("\uFEFF" + both()), BOTH, Status.OK, "");
    String chinese = both().replace("schedules: every", "调度：每次");
    assertTrue(chinese.contains("每次"));
    Files.write(folder.resolve("ann.ipynb"), chinese.getBytes(StandardCharsets.UTF_16));
    check(only(), BOTH, Status.PARTIAL, "UTF-16");
    Files.write(folder.resolve("ann.ipynb"), chinese.getBytes(Charset.forName("GB18030")));
    check(only(), BOTH, Status.PARTIAL, "GB18030");
  }

  @Test
  void bytesThatAreNoTextCostTheirCellAtMost() throws IOException {
    byte[] bytes =
        both()
            .replace("schedules: every", "schedules: \u00ff")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(folder.resolve("ann.ipynb"), bytes);
    GradeRow row = only();
    assertEquals(Status.PARTIAL, row.status());
    assertTrue(row.score() >= BOTH - 1, row.toString());
  }

  @Test
  void aTruncatedNotebookKeepsItsWholeCells() throws IOException {
    String text = both();
    check(
        only(text.substring(0, text.indexOf("ch1-time-after") + 20)),
        ONE,
        Status.PARTIAL,
        "damaged");
    GradeRow afterSource = only(text.substring(0, text.lastIndexOf("}],\"metadata\"")));
    check(afterSource, BOTH, Status.PARTIAL, "damaged");
  }

  @Test
  void damageInTheMiddleKeepsTheCellsBehindIt() throws IOException {
    String text = notebook("1 + 1", right(TWO.getFirst()), right(TWO.getLast()));
    check(only(text.replace("1 + 1", "1 \" + 1")), BOTH, Status.PARTIAL, "2 whole cells");
    check(only(text.replace("\"id\":\"c0\"", "\"id\":c0 c0")), BOTH, Status.PARTIAL, "damaged");
    String middle = notebook(right(TWO.getFirst()), "1 + 1", right(TWO.getLast()));
    check(only(middle.replace("1 + 1", "1 \" + 1")), BOTH, Status.PARTIAL, "1 whole cells");
    check(only(text.replace("\"id\":\"c1\"", "\"id\":}")), BOTH - ONE, Status.PARTIAL, "damaged");
  }

  @Test
  void whatIsNoNotebookIsUnreadable() throws IOException {
    for (String text : List.of("", "hello", "{}", "[]", "null", "{\"cells\": 7}", "\u0000\u0001")) {
      check(only(text), 0, Status.UNREADABLE, "ann.ipynb: ");
    }
  }

  @Test
  void aFolderInPlaceOfAFile() throws IOException {
    Files.createDirectories(folder.resolve("ann.ipynb"));
    check(only(), 0, Status.UNREADABLE, "is a folder");
    Files.writeString(folder.resolve("ann.ipynb/ch1.ipynb"), both());
    check(only(), BOTH, Status.OK, "");
  }

  @Test
  void cellsOfWrongTypes() throws IOException {
    String text = both();
    check(
        only(text.replaceFirst("\"cell_type\":\"code\"", "\"cell_type\":\"raw\"")),
        BOTH,
        Status.OK,
        "is a raw cell");
    check(
        only(text.replaceFirst("\"cell_type\":\"code\"", "\"cell_type\":{\"a\":[1]}")),
        BOTH,
        Status.OK,
        "");
    check(
        only(text.replaceFirst("\"source\":\"[^\"]*\"", "\"source\":17")),
        BOTH - ONE,
        Status.PARTIAL,
        "its source is no text");
    check(
        only(text.replaceFirst("\\{\"cell_type\"", "null,[],\"x\",{\"cell_type\"")),
        BOTH,
        Status.PARTIAL,
        "is no cell");
    check(
        only(
            text.replaceFirst("\"source\":\"", "\"source\":[\"\",\"")
                .replaceFirst("(\"source\":\\[\"\",\"[^\"]*\")", "$1]")),
        BOTH,
        Status.OK,
        "");
    check(
        only(text.replaceFirst("\"metadata\":\\{\\}", "\"metadata\":[[7]]")), BOTH, Status.OK, "");
  }

  @Test
  void theLastOfSeveralCellsCounts() throws IOException {
    String item = TWO.getFirst();
    String wrong = "%%predict " + item + "\noutcome: hung\n";
    String empty = BANK.template(BANK.find(item).orElseThrow());
    String other = right(TWO.getLast());
    check(only(notebook(wrong, other, right(item))), BOTH, Status.PARTIAL, "2 cells answer it");
    check(only(notebook(right(item), other, empty)), BOTH, Status.OK, "cell 1 counts");
    check(only(notebook(right(item), other, wrong)), BOTH - ONE, Status.PARTIAL, "cell 3 counts");
  }

  @Test
  void metadataDecidesNothingButIsLookedAt() throws IOException {
    String text = both();
    String n = "\"metadata\":{\"nbgrader\":{\"schema_version\":%s,\"points\":%s}}";
    check(
        only(text.replaceFirst("\"metadata\":\\{\\}", n.formatted("99", "0"))),
        BOTH,
        Status.TAMPERED,
        "schema_version is \"99\"");
    check(
        only(text.replaceFirst("\"metadata\":\\{\\}", n.formatted("3", "1e9"))),
        BOTH,
        Status.TAMPERED,
        "1e9 points");
    check(
        only(text.replaceFirst("\"metadata\":\\{\\}", n.formatted("3", "0"))), BOTH, Status.OK, "");
    check(
        only(
            text.replaceFirst(
                    "\"metadata\":\\{\\}",
                    "\"metadata\":{\"paniclab\":{\"item\":\"ch1-exit-race\"}}")
                .replace("%%predict ch1-exit-race", "%%predict ch1-exitrace")),
        BOTH,
        Status.OK,
        "");
  }

  @Test
  void aDeletedOrUnknownCellCostsItself() throws IOException {
    check(
        only(notebook(right(TWO.getFirst()))),
        ONE,
        Status.PARTIAL,
        "item ch1-time-after: its cell is not there");
    check(
        only(both().replace("ch1-time-after", "ch7-x")),
        ONE,
        Status.PARTIAL,
        "there is no item \"ch7-x\"");
  }

  @Test
  void whatIsNotGradedNowIsNoFault() throws IOException {
    Files.writeString(folder.resolve("ann.ipynb"), both());
    GradeRow row =
        grade(GradeRequest.of(folder).withItems(List.of(TWO.getFirst()))).rows().getFirst();
    assertEquals(Status.OK, row.status(), row.toString());
  }

  @Test
  void theInstructorsFolderIsNoStudent() throws IOException {
    Files.createDirectories(folder.resolve("ann"));
    Files.writeString(folder.resolve("ann/ps1.ipynb"), both());
    Files.createDirectories(folder.resolve("paniclab"));
    Files.writeString(
        folder.resolve("paniclab/ps1.json"),
        new Assignment(
                "ps1",
                "go101",
                "en",
                Optional.empty(),
                false,
                TWO.stream().map(i -> new Assignment.Item(i, 5)).toList())
            .toJson());
    GradeReport r = grade(GradeRequest.of(folder));
    assertEquals(List.of("ann"), r.rows().stream().map(GradeRow::studentId).toList(), r.toString());
    assertEquals(10, r.rows().getFirst().maxScore());
  }

  @Test
  void nothingAnsweredIsNoFault() throws IOException {
    String[] empty =
        TWO.stream().map(i -> BANK.template(BANK.find(i).orElseThrow())).toArray(String[]::new);
    check(only(notebook(empty)), 0, Status.OK, "");
  }

  @Test
  void timeIsLimited() throws IOException {
    Files.writeString(folder.resolve("ann.ipynb"), both());
    GradeRow row =
        grade(GradeRequest.of(folder).withItems(TWO).withTimeout(Duration.ZERO)).rows().getFirst();
    assertEquals(Status.TIMEOUT, row.status());
  }

  @Test
  void anOldNotebookFormat() throws IOException {
    String cells = both();
    String list =
        cells.substring(cells.indexOf('['), cells.indexOf("],\"metadata\":{\"kernelspec\"") + 1);
    check(
        only(
            "{\"nbformat\":3,\"worksheets\":[{\"cells\":"
                + list.replace("\"source\"", "\"input\"")
                + "}]}"),
        BOTH,
        Status.OK,
        "");
  }

  @Test
  void deepNestingIsNoHarm() throws IOException {
    check(
        only(both().replaceFirst("\"outputs\":\\[\\]", "\"outputs\":" + "[".repeat(100_000))),
        BOTH - ONE,
        Status.PARTIAL,
        "damaged");
    check(only("{\"cells\":" + "[".repeat(100_000)), 0, Status.UNREADABLE, "damaged");
  }

  @Test
  void threeLayoutsAndARoster() throws IOException {
    Path flat = Files.createDirectories(folder.resolve("flat"));
    Path folders = Files.createDirectories(folder.resolve("folders"));
    Path home = folder.resolve("course");
    Path course = Files.createDirectories(home.resolve("submitted"));
    Path roster = folder.resolve("roster.csv");
    Files.writeString(
        roster,
        "\uFEFFid,first_name,last_name,email\nann,Ann,\"O'Hara, Jr.\",a@x.org\nbob,Bob,,\ncy,丽,王,\n");
    for (String s : List.of("ann", "bob")) {
      Files.writeString(flat.resolve(s + "_ch1 (1).ipynb"), both());
      Files.createDirectories(folders.resolve(s + "/.ipynb_checkpoints"));
      Files.writeString(folders.resolve(s + "/ch1.ipynb"), both());
      Files.writeString(folders.resolve(s + "/.ipynb_checkpoints/ch1.ipynb"), "broken");
      Files.createDirectories(course.resolve(s + "/ch1"));
      Files.writeString(course.resolve(s + "/ch1/ch1.ipynb"), both());
      Files.writeString(course.resolve(s + "/ch1/timestamp.txt"), "2026-11-23 20:00:00 UTC\n");
    }
    for (Path dir : List.of(flat, folders, home)) {
      GradeReport r = grade(GradeRequest.of(dir).withItems(TWO).withRoster(roster));
      assertEquals(
          List.of("ann", "bob", "cy"),
          r.rows().stream().map(GradeRow::studentId).toList(),
          dir.toString());
      assertEquals(
          List.of(Status.OK, Status.OK, Status.MISSING),
          r.rows().stream().map(GradeRow::status).toList());
      assertEquals(0, r.exitStatus());
    }
    GradeReport r = grade(GradeRequest.of(home).withItems(TWO).withRoster(roster));
    assertEquals(
        "assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score\n"
            + "ch1,,2026-11-23 20:00:00 UTC,ann,\"O'Hara, Jr.\",Ann,a@x.org,"
            + GradeSheet.number(BOTH)
            + ",0.0,"
            + GradeSheet.number(BOTH)
            + ","
            + GradeSheet.number(BOTH)
            + "\n",
        GradeSheet.sheet(r).lines().limit(2).map(l -> l + "\n").reduce("", String::concat));
    Path out = folder.resolve("out/grades.csv");
    GradeSheet.write(r, out);
    assertTrue(
        Files.readString(folder.resolve("out/grades.status.csv")).contains("cy,missing,0.0,"));
    assertTrue(
        Files.readString(folder.resolve("out/grades.items.csv")).contains("ann,ch1-exit-race,"));
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertEquals(3, files.count());
    }
  }

  @Test
  void aStrangerNeedsAPerson() throws IOException {
    Files.writeString(folder.resolve("roster.csv"), "student_id\nann\n");
    Files.writeString(folder.resolve("zoe.ipynb"), both());
    GradeReport r =
        grade(GradeRequest.of(folder).withItems(TWO).withRoster(folder.resolve("roster.csv")));
    assertEquals(2, r.rows().size());
    assertEquals(1, r.exitStatus());
    assertEquals(List.of("is not in the roster"), r.rows().getLast().reasons());
  }

  @Test
  void namesOfFiles() {
    assertEquals("ann", Layout.studentOf("ann", List.of()));
    assertEquals("ann", Layout.studentOf("ann_ch1", List.of()));
    assertEquals("ann", Layout.studentOf("ann-ch1 (1)", List.of()));
    assertEquals("ann", Layout.studentOf("ann_ch1.zh-CN-Copy1", List.of()));
    assertEquals("ann.b", Layout.studentOf("ann.b", List.of()));
    assertEquals("张三", Layout.studentOf("ch1_张三 - 副本", List.of()));
    assertEquals("li", Layout.studentOf("liwei_12345_li_ch1", List.of("l", "li", "wei")));
    assertEquals("S-12", Layout.studentOf("Assignment 1 s-12 final", List.of("S-1", "S-12")));
  }

  @Test
  void requestsThatCannotBeCarriedOut() throws IOException {
    assertThrows(UsageException.class, () -> grade(GradeRequest.of(folder.resolve("nowhere"))));
    assertThrows(
        UsageException.class, () -> grade(GradeRequest.of(folder).withItems(List.of("ch1-x"))));
    assertThrows(UsageException.class, () -> GradeRequest.of(folder).withJobs(0));
    Files.writeString(folder.resolve("empty.csv"), "\n");
    assertThrows(
        UsageException.class,
        () -> grade(GradeRequest.of(folder).withRoster(folder.resolve("empty.csv"))));
    for (String a : List.of("ps1", "ps2")) {
      Files.createDirectories(folder.resolve("submitted/ann/" + a));
    }
    UsageException e = assertThrows(UsageException.class, () -> grade(GradeRequest.of(folder)));
    assertTrue(String.valueOf(e.getMessage()).contains("[ps1, ps2]"));
    assertEquals("ps2", grade(GradeRequest.of(folder).withAssignment("ps2")).assignment());
  }
}
