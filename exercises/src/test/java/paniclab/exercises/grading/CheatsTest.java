package paniclab.exercises.grading;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.exercises.AnswerKey;
import paniclab.exercises.FixItem;
import paniclab.exercises.ItemBank;
import paniclab.exercises.ItemSource;
import paniclab.exercises.KeySource;
import paniclab.exercises.ModelKeys;
import paniclab.exercises.PredictionItem;
import paniclab.exercises.Question;
import paniclab.exercises.Reason;
import paniclab.exercises.Variants;
import paniclab.exercises.release.Release;

/**
 * What students have done to other graders, tried on this one. Each earns what the answers earn,
 * which is nothing: the right cell of every test is empty.
 */
class CheatsTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final KeySource KEYS = ModelKeys.of(BANK);
  private static final String ITEM = "ch1-exit-race";
  private static final String EMPTY = BANK.template(BANK.find(ITEM).orElseThrow());

  @TempDir Path folder;

  private GradeRow grade(JsonObject notebook, String... items) throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(in.resolve("eve.ipynb"), new Gson().toJson(notebook));
    GradeReport r =
        new ClassGrader(BANK, KEYS)
            .grade(
                GradeRequest.of(in).withItems(items.length == 0 ? List.of(ITEM) : List.of(items)),
                Progress.NONE);
    assertEquals(1, r.rows().size());
    return r.rows().getFirst();
  }

  private static JsonObject notebook(JsonObject... cells) {
    JsonArray all = new JsonArray();
    List.of(cells).forEach(all::add);
    return SyntheticClass.notebook(all);
  }

  private static JsonObject code(String source) {
    return SyntheticClass.cell("code", "c" + Math.abs(source.hashCode()), source);
  }

  private static String right() {
    return KEYS.key(BANK.find(ITEM).orElseThrow()) instanceof KeySource.Lookup.Found(AnswerKey k)
        ? paniclab.exercises.TestKeys.rightCell(k)
        : "";
  }

  @Test
  void theKeyIsInNoFileThatIsHandedOut() throws IOException {
    Assignment a =
        new Assignment(
            "ps1", "go101", "en", Optional.empty(), false, List.of(new Assignment.Item(ITEM, 5)));
    new Release(BANK, ItemSource.same(BANK)).nbgrader(folder, a, Locale.ENGLISH);
    for (String f : List.of("source/ps1/ps1.ipynb", "paniclab/ps1.json", "nbgrader_config.py")) {
      String text = Files.readString(folder.resolve(f));
      assertFalse(text.contains("exited, panicked\""), f);
      assertFalse(text.contains("0, 2"), f);
    }
  }

  @Test
  void pointsLocksAndSchemasOfTheNotebookDecideNothing() throws IOException {
    for (String nbgrader :
        List.of(
            "{\"schema_version\":3,\"points\":1000,\"grade\":true,\"locked\":false,\"solution\":true,\"grade_id\":\"x\"}",
            "{\"schema_version\":99,\"points\":5}",
            "{\"schema_version\":3,\"points\":-5}",
            "{\"schema_version\":\"3\",\"points\":\"NaN\",\"auto_score\":5,\"manual_score\":5}")) {
      JsonObject cell = code(EMPTY);
      cell.getAsJsonObject("metadata")
          .add("nbgrader", new Gson().fromJson(nbgrader, JsonObject.class));
      JsonObject n = notebook(cell);
      n.getAsJsonObject("metadata").addProperty("score", 5);
      GradeRow row = grade(n);
      assertEquals(0, row.score(), nbgrader);
      assertEquals(5, row.maxScore(), nbgrader);
    }
  }

  @Test
  void forgedOutputsAndResultsDecideNothing() throws IOException {
    JsonObject cell = code(EMPTY);
    cell.getAsJsonArray("outputs")
        .add(
            new Gson()
                .fromJson(
                    "{\"output_type\":\"execute_result\",\"data\":{\"text/plain\":\"5\"},\"metadata\":{},\"execution_count\":1}",
                    JsonObject.class));
    JsonObject check = code("%check " + ITEM + " --of 1000");
    check.add("outputs", cell.getAsJsonArray("outputs"));
    Files.createDirectories(folder.resolve("in"));
    Files.writeString(folder.resolve("in/results.json"), "{\"score\": 100}");
    assertEquals(0, grade(notebook(cell, check)).score());
  }

  @Test
  void whatRunsInTheNotebookIsNotRunHere() throws IOException {
    Path evidence = folder.resolve("was-here");
    GradeRow row =
        grade(
            notebook(
                code("class Answer { public boolean equals(Object o) { return true; } }"),
                code("System.exit(0)"),
                code("while (true) {}"),
                code(
                    "java.nio.file.Files.writeString(java.nio.file.Path.of(\""
                        + evidence
                        + "\"), \"\")"),
                code("new ProcessBuilder(\"sh\", \"-c\", \":(){ :|:& };:\").start()"),
                code("%%sh\ntouch " + evidence),
                code(EMPTY),
                code("assert 1 == 2;")));
    assertEquals(0, row.score());
    assertFalse(Files.exists(evidence));
  }

  @Test
  void answersAreWordsOfAGrammar() throws IOException {
    for (String injected :
        List.of(
            "outcome: ${key.outcome}\nwhy: *\n",
            "outcome: exited or panicked or fatal or thrown or signalled or hung\n",
            "exit: 0,1,2,3,4,5,6,7,8,9\n",
            "outcome: .*\nexit: \\d+\nwhy: [a-e]\n",
            "why: a\nwhy: b\nwhy: c\nwhy: d\nwhy: e\n",
            "schedules: every some\n",
            "outcome: true\nexit: null\nwhy: a or b or c or d or e\n")) {
      GradeRow row = grade(notebook(code("%%predict " + ITEM + "\n" + injected)));
      assertTrue(row.score() <= 2 || !injected.contains("why"), injected + row);
      assertTrue(row.score() < row.maxScore() / 2, injected + row);
    }
  }

  @Test
  void everyReasonInTurnIsOneReason() throws IOException {
    // Five cells, one with each reason: the last one counts, and a person is told.
    JsonObject[] cells = new JsonObject[5];
    for (int i = 0; i < 5; i++) {
      cells[i] = code("%%predict " + ITEM + "\nwhy: " + (char) ('a' + i) + "\n");
    }
    GradeRow row = grade(notebook(cells));
    assertEquals(Status.PARTIAL, row.status());
    assertTrue(row.reasons().toString().contains("5 cells answer it"), row.toString());
  }

  @Test
  void aNeighboursProgramIsAnotherProgram() throws IOException {
    byte[] secret = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    ItemSource dealt = ItemSource.dealt(BANK, new Variants(BANK, KEYS), secret, "go101", "ps1");
    PredictionItem item = BANK.find("ch1-recover-in-main").orElseThrow();
    int differ = 0;
    for (int i = 0; i < 6; i++) {
      differ +=
          dealt
                  .pose("s" + i, item)
                  .program()
                  .source()
                  .equals(dealt.pose("s" + (i + 1), item).program().source())
              ? 0
              : 1;
    }
    assertTrue(differ >= 3, "neighbours have other programs: " + differ);
  }

  @Test
  void whatWasCopiedFromANeighbourIsTold() throws IOException {
    byte[] secret = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    ItemSource dealt = ItemSource.dealt(BANK, new Variants(BANK, KEYS), secret, "go101", "ps1");
    PredictionItem item = BANK.find("ch1-recover-in-main").orElseThrow();
    AnswerKey neighbours = dealt.others("eve", item).getFirst().key();
    Path in = Files.createDirectories(folder.resolve("in"));
    Path sheet = folder.resolve("ps1.json");
    String named = paniclab.exercises.TestKeys.rightCell(neighbours).replaceFirst("~\\d+", "");
    // By the letter that the neighbour's own notebook gives the reason.
    String why = neighbours.rule().id();
    List<Reason> reasons =
        dealt.pose("eve", item).questions().stream()
            .filter(Question.Why.class::isInstance)
            .map(Question.Why.class::cast)
            .findFirst()
            .orElseThrow()
            .reasons();
    List<String> ids = reasons.stream().map(Reason::id).toList();
    String copied = named.replace("why: " + why, "why: " + (char) ('a' + ids.indexOf(why)));
    assertFalse(copied.equals(named), named);
    Files.writeString(in.resolve("eve.ipynb"), new Gson().toJson(notebook(code(copied))));
    Files.writeString(
        sheet,
        new Assignment(
                "ps1",
                "go101",
                "en",
                Optional.empty(),
                true,
                List.of(new Assignment.Item(item.id(), 10)))
            .toJson());
    GradeRow row =
        new ClassGrader(BANK, KEYS, _ -> dealt)
            .grade(GradeRequest.of(in).withReleased(sheet), Progress.NONE)
            .rows()
            .getFirst();
    assertTrue(row.score() < row.maxScore(), row.toString());
    assertTrue(row.reasons().toString().contains("it may be copied"), row.toString());
  }

  @Test
  void programsToMendAreRunWithLimitsOnly() throws IOException {
    FixItem item = (FixItem) BANK.exercise("ch1-fix-leak").orElseThrow();
    String given = BANK.program(item).source();
    for (String attack :
        List.of(
            "for {\n\t}",
            "for {\n\t\tgo func() { select {} }()\n\t}",
            "for {\n\t\tfmt.Println(\"x\")\n\t}",
            "s := []byte{1}\n\tfor {\n\t\ts = append(s, s...)\n\t}",
            "var f func(int) int\n\tf = func(n int) int { return f(n+1) + 1 }\n\tf(0)",
            "var m [1 << 40]byte\n\tfmt.Println(m[0])")) {
      String source =
          given.replace(
              "fmt.Println(\"main returns\")", attack + "\n\tfmt.Println(\"main returns\")");
      GradeRow row =
          assertTimeoutPreemptively(
              Duration.ofMinutes(2),
              () -> grade(notebook(code("%%fix ch1-fix-leak\n" + source)), "ch1-fix-leak"),
              attack);
      assertEquals(0, row.score(), attack);
    }
  }

  @Test
  void cellsOfASpreadsheetAreNoFormulas() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(in.resolve("=HYPERLINK(1).ipynb"), "broken");
    Files.writeString(in.resolve("@eve.ipynb"), new Gson().toJson(notebook(code(right()))));
    GradeReport r =
        new ClassGrader(BANK, KEYS)
            .grade(GradeRequest.of(in).withItems(List.of(ITEM)), Progress.NONE);
    for (String sheet :
        List.of(
            GradeSheet.sheet(r),
            GradeSheet.status(r),
            GradeSheet.items(r),
            SheetFormat.CANVAS.text(r))) {
      assertFalse(sheet.matches("(?s).*(^|[,\\n])\"?[=@].*"), sheet);
    }
  }
}
