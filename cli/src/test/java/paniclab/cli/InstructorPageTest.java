package paniclab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of the page for instructors do what the page shows, in their order. */
class InstructorPageTest {
  private static final String RACE =
      "%%predict ch1-exit-race\noutcome: exited, panicked\nexit: 0, 2\nschedules: some\nwhy: exit-race\n";

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"instructor.md", "instructor.zh-CN.md"})
  void theCommandsDoWhatThePageShows(String name) throws IOException {
    String page = Files.readString(Path.of("..", "docs", name));
    Files.writeString(folder.resolve("roster.csv"), fence(page, "```csv\n"));
    Files.writeString(folder.resolve("secret.txt"), "0123456789abcdef0123456789abcdef\n");
    int commands = 0;
    for (List<String> block : commands(page)) {
      commands++;
      String command = block.getFirst();
      if (command.contains(" grade handed-in") && !Files.exists(folder.resolve("handed-in"))) {
        handIn();
      }
      if (command.contains(" --merge ")) {
        parts();
      }
      shows(block);
    }
    assertEquals(8, commands);
    for (String line : List.of("generate_assignment ps1 --create", "autograde ps1 --create")) {
      assertTrue(page.contains("nbgrader " + line), "what NbgraderTest runs: " + line);
    }
  }

  /** The blocks that begin with a command, each with what it prints. */
  private static List<List<String>> commands(String page) {
    List<List<String>> all = new ArrayList<>();
    for (int i = page.indexOf("```\n$ "); i >= 0; i = page.indexOf("```\n$ ", i + 1)) {
      all.add(page.substring(i + 4, page.indexOf("\n```", i)).lines().toList());
    }
    return all;
  }

  private static String fence(String page, String begin) {
    int at = page.indexOf(begin) + begin.length();
    return page.substring(at, page.indexOf("```", at));
  }

  private void shows(List<String> block) throws IOException {
    List<String> shown = block.subList(1, block.size());
    String said = run(block.getFirst()).replace(folder + "/", "").stripTrailing();
    List<String> printed = said.isEmpty() ? List.of() : said.lines().toList();
    if (!shown.isEmpty() && shown.getLast().equals("...")) {
      shown = shown.subList(0, shown.size() - 1);
      printed = printed.subList(0, Math.min(shown.size(), printed.size()));
    }
    assertEquals(shown, printed, block.getFirst());
  }

  private String run(String command) {
    return run(command, command.contains("--merge") || person(command) ? 1 : 0);
  }

  /** Bo's row is one for a person. */
  private static boolean person(String command) {
    return command.contains("handed-in") && !command.contains("--explain");
  }

  private String run(String command, int wanted) {
    List<String> words = new ArrayList<>();
    for (String w : command.substring("$ ./paniclab ".length()).split(" ", -1)) {
      boolean file =
          !words.isEmpty()
              && w.matches(
                  "(handout|dealt|course|handed-in|feedback|roster\\.csv|.*\\.csv|secret\\.txt)(/.*)?");
      words.add(file ? folder.resolve(w).toString() : w);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.commandLine(
                new Io(
                    InputStream.nullInputStream(),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8)))
            .execute(words.toArray(String[]::new));
    String said = err.toString(StandardCharsets.UTF_8);
    assertTrue(
        status == wanted || command.contains("--shard"), status + " " + command + "\n" + said);
    return out.toString(StandardCharsets.UTF_8);
  }

  /** What the page tells of: Ann's notebook is right and whole, Bo's is cut off. */
  private void handIn() throws IOException {
    Path to = Files.createDirectories(folder.resolve("handed-in"));
    JsonObject notebook =
        JsonParser.parseString(Files.readString(folder.resolve("handout/ps1.ipynb")))
            .getAsJsonObject();
    for (JsonElement e : notebook.getAsJsonArray("cells")) {
      JsonObject cell = e.getAsJsonObject();
      StringBuilder source = new StringBuilder();
      cell.getAsJsonArray("source").forEach(l -> source.append(l.getAsString()));
      if (source.indexOf("%%predict ch1-exit-race") == 0) {
        cell.addProperty("source", RACE);
      } else if (source.indexOf("%%fix ch1-fix-leak") == 0) {
        String fixed = source.toString().replace("make(chan int)", "make(chan int, 1)");
        cell.addProperty("source", fixed);
      }
    }
    String json = notebook.toString();
    Files.writeString(to.resolve("ann.ipynb"), json);
    Files.writeString(
        to.resolve("bo.ipynb"), json.substring(0, json.indexOf("\"id\":\"ch1-fix-leak-text\"")));
  }

  private void parts() {
    for (int i = 1; i <= 2; i++) {
      run(
          "$ ./paniclab grade handed-in --release handout/paniclab/ps1.json --roster roster.csv"
              + " --shard "
              + i
              + "/2 --out part"
              + i
              + ".csv");
    }
  }
}
