package paniclab.exercises.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.exercises.ItemBank;
import paniclab.exercises.ItemSource;
import paniclab.exercises.PredictionItem;
import paniclab.exercises.grading.Assignment;
import paniclab.exercises.grading.UsageException;

class ReleaseTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final Release RELEASE = new Release(BANK, ItemSource.same(BANK));

  @TempDir Path folder;

  private static Assignment chapter(String name, boolean personal) {
    return new Assignment(
        name,
        "go101",
        "en",
        Optional.of("2026-12-01T23:59+08:00"),
        personal,
        BANK.chapter("ch1").stream()
            .map(i -> new Assignment.Item(i.id(), BANK.posed(i).max()))
            .toList());
  }

  private static List<JsonObject> cells(Path notebook) throws IOException {
    List<JsonObject> cells = new ArrayList<>();
    JsonParser.parseString(Files.readString(notebook))
        .getAsJsonObject()
        .getAsJsonArray("cells")
        .forEach(c -> cells.add(c.getAsJsonObject()));
    return cells;
  }

  private static Optional<JsonObject> nbgrader(JsonObject cell) {
    JsonElement n = cell.getAsJsonObject("metadata").get("nbgrader");
    return Optional.ofNullable(n).map(JsonElement::getAsJsonObject);
  }

  @Test
  void eachItemIsAnAnswerAndALockedTest() throws IOException {
    List<Path> written = RELEASE.nbgrader(folder, chapter("ps1", false), Locale.ENGLISH);
    assertTrue(written.contains(folder.resolve("nbgrader_config.py")));
    TreeSet<String> ids = new TreeSet<>();
    TreeSet<String> gradeIds = new TreeSet<>();
    double points = 0;
    for (JsonObject cell : cells(folder.resolve("source/ps1/ps1.ipynb"))) {
      assertTrue(ids.add(cell.get("id").getAsString()), "ids of cells are unique");
      assertTrue(cell.get("id").getAsString().matches("[A-Za-z0-9_-]{1,64}"));
      assertEquals(cell.get("cell_type").getAsString().equals("code"), cell.has("execution_count"));
      if (nbgrader(cell).isPresent()) {
        JsonObject n = nbgrader(cell).get();
        assertEquals(3, n.get("schema_version").getAsInt());
        assertTrue(gradeIds.add(n.get("grade_id").getAsString()));
        assertTrue(n.get("grade_id").getAsString().matches("[A-Za-z0-9_-]+"));
        boolean test = n.get("grade").getAsBoolean();
        assertEquals(test, n.get("locked").getAsBoolean());
        assertEquals(!test, n.get("solution").getAsBoolean());
        points += test ? n.get("points").getAsDouble() : 0;
        assertTrue(NotebookText.source(cell).startsWith(test ? "%check ch1-" : "%%predict ch1-"));
      }
    }
    assertEquals(2 * BANK.chapter("ch1").size(), gradeIds.size());
    assertEquals(chapter("ps1", false).max(), points);
  }

  @Test
  void nothingOfTheInstructorsIsReleased() throws IOException {
    for (Locale locale : List.of(Locale.ENGLISH, Locale.SIMPLIFIED_CHINESE)) {
      RELEASE.plain(folder, chapter("ps1", true), List.of("ann", "bob"), locale);
      String text = Files.readString(folder.resolve("ann/ps1.ipynb"));
      for (PredictionItem item : BANK.chapter("ch1")) {
        assertTrue(text.contains("%%predict " + item.id()));
        assertFalse(text.contains(item.context().in(locale)), item.id() + ": its context");
        item.contrast().ifPresent(c -> assertFalse(text.contains("\"" + c + "\"")));
        item.wrong()
            .forEach(w -> assertFalse(text.contains(w.predicts().lines().findFirst().orElse("?"))));
      }
      assertFalse(text.contains("nbgrader"));
      assertFalse(text.contains("go101"), "the course is part of the seeds");
    }
  }

  @Test
  void theSameReleaseGivesTheSameBytes() throws IOException {
    RELEASE.nbgrader(folder.resolve("a"), chapter("ps1", false), Locale.ENGLISH);
    RELEASE.nbgrader(folder.resolve("b"), chapter("ps1", false), Locale.ENGLISH);
    for (String f : List.of("source/ps1/ps1.ipynb", "paniclab/ps1.json")) {
      assertEquals(
          Files.readString(folder.resolve("a/" + f)), Files.readString(folder.resolve("b/" + f)));
    }
  }

  @Test
  void aConfigThatIsThereIsKept() throws IOException {
    Files.writeString(folder.resolve("nbgrader_config.py"), "mine");
    RELEASE.nbgrader(folder, chapter("ps1", false), Locale.ENGLISH);
    assertEquals("mine", Files.readString(folder.resolve("nbgrader_config.py")));
  }

  @Test
  void theAssignmentIsReadBack() throws IOException {
    Assignment a = chapter("ps1", true);
    RELEASE.plain(folder, a, Locale.ENGLISH);
    assertEquals(a, Assignment.read(Assignment.file(folder, "ps1")));
    Path file = folder.resolve("x.json");
    for (String bad :
        List.of("", "[]", "{}", "{\"assignment\":1}", a.toJson().replace(": 9.0", ": -1"))) {
      Files.writeString(file, bad);
      UsageException e = assertThrows(UsageException.class, () -> Assignment.read(file));
      String message = String.valueOf(e.getMessage());
      assertTrue(message.contains("x.json"), message);
    }
  }

  @Test
  void whatCannotBeReleased() {
    assertThrows(UsageException.class, () -> chapter("../up", false));
    assertThrows(UsageException.class, () -> chapter("", false));
    assertThrows(
        UsageException.class, () -> RELEASE.nbgrader(folder, chapter("ps1", true), Locale.ENGLISH));
    for (String id : List.of("..", "a/b", "", "/etc", "paniclab", ".")) {
      assertThrows(
          UsageException.class,
          () -> RELEASE.plain(folder, chapter("ps1", true), List.of(id), Locale.ENGLISH),
          id);
    }
  }
}
