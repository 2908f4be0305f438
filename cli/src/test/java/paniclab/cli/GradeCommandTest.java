package paniclab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GradeCommandTest {
  private static final String RIGHT =
      "%%predict ch1-exit-race\noutcome: exited, panicked\nexit: 0, 2\nschedules: some\nwhy: exit-race\n";

  @TempDir Path folder = Path.of("");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int grade(String... options) {
    String[] all = new String[options.length + 1];
    all[0] = "grade";
    System.arraycopy(options, 0, all, 1, options.length);
    Io io =
        new Io(
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.commandLine(io).execute(all);
  }

  private void notebook(String name, String source) throws IOException {
    JsonObject cell = new JsonObject();
    cell.addProperty("cell_type", "code");
    cell.addProperty("source", source);
    JsonArray cells = new JsonArray();
    cells.add(cell);
    JsonObject notebook = new JsonObject();
    notebook.add("cells", cells);
    Files.writeString(folder.resolve(name), notebook.toString());
  }

  @Test
  void aClassOfTwoAndOneWhoIsMissing() throws IOException {
    notebook("ann.ipynb", RIGHT);
    notebook("bob_ch1.ipynb", RIGHT.replace("exit: 0, 2", "exit: 2"));
    Files.writeString(folder.resolve("class.csv"), "id,last_name\nann,\"Lee, A.\"\nbob,\ncy,\n");
    Path sheet = folder.resolve("grades.csv");
    int status =
        grade(
            folder.toString(),
            "--item",
            "ch1-exit-race",
            "--out",
            sheet.toString(),
            "--roster",
            folder.resolve("class.csv").toString());
    assertEquals(0, status, err.toString(StandardCharsets.UTF_8));
    assertEquals("", out.toString(StandardCharsets.UTF_8));
    assertEquals(
        """
        assignment,duedate,timestamp,student_id,last_name,first_name,email,raw_score,late_submission_penalty,score,max_score
        ch1,,,ann,"Lee, A.",,,5.0,0.0,5.0,5.0
        ch1,,,bob,,,,4.5,0.0,4.5,5.0
        ch1,,,cy,,,,0.0,0.0,0.0,5.0
        """,
        Files.readString(sheet));
    assertTrue(Files.readString(folder.resolve("grades.status.csv")).contains("cy,missing,"));
  }

  @Test
  void aBrokenNotebookIsARowForAPerson() throws IOException {
    notebook("ann.ipynb", RIGHT);
    Files.writeString(folder.resolve("bob.ipynb"), "not json");
    assertEquals(1, grade(folder.toString(), "--item", "ch1-exit-race"));
    assertEquals(3, out.toString(StandardCharsets.UTF_8).lines().count());
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("bob: unreadable: bob.ipynb: "));
  }

  @Test
  void aWrongRequestIsStatus2() {
    assertEquals(2, grade());
    assertEquals(2, grade(folder.resolve("nowhere").toString()));
    assertEquals(2, grade(folder.toString(), "--jobs", "0"));
    assertEquals(2, grade(folder.toString(), "--jobs", "many"));
    assertEquals(2, grade(folder.toString(), "--item", "ch1-nothing"));
    assertEquals("", out.toString(StandardCharsets.UTF_8));
  }
}
