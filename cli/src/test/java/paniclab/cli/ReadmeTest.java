package paniclab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's cell earns the grade that the README shows. */
class ReadmeTest {
  @TempDir Path folder = Path.of("");

  @Test
  void theCellEarnsTheGrade() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    String cell = block(readme, "%%predict ");
    List<String> grade = block(readme, "$ ./paniclab grade ").lines().toList();
    Files.writeString(folder.resolve("bo.ipynb"), notebook(cell));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    List<String> words = List.of(grade.getFirst().split(" ", -1));
    int status =
        Main.commandLine(
                new Io(
                    InputStream.nullInputStream(),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)))
            .execute("grade", folder.toString(), words.get(4), words.get(5));
    assertEquals(0, status);
    assertEquals(
        grade.subList(1, grade.size()), out.toString(StandardCharsets.UTF_8).lines().toList());
  }

  @Test
  void theLogIsExplained() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    Path log = folder.resolve("pod.log");
    Files.writeString(log, block(readme, "2026-11-26T04:00:01.5Z stderr F panic: ") + "\n");
    List<String> said = block(readme, "$ ./paniclab explain ").lines().toList();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        Main.commandLine(
                new Io(
                    InputStream.nullInputStream(),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)))
            .execute("explain", "--json", log.toString());
    assertEquals(0, status);
    assertEquals(
        said.subList(1, said.size()), out.toString(StandardCharsets.UTF_8).lines().toList());
  }

  /** The fenced block that begins with these words. */
  private static String block(String readme, String words) {
    int begin = readme.indexOf("```\n" + words);
    return readme.substring(begin + 4, readme.indexOf("\n```", begin));
  }

  private static String notebook(String source) {
    JsonObject cell = new JsonObject();
    cell.addProperty("cell_type", "code");
    cell.addProperty("id", "answer");
    cell.add("metadata", new JsonObject());
    cell.add("outputs", new JsonArray());
    cell.addProperty("source", source);
    JsonArray cells = new JsonArray();
    cells.add(cell);
    JsonObject notebook = new JsonObject();
    notebook.addProperty("nbformat", 4);
    notebook.addProperty("nbformat_minor", 5);
    notebook.add("metadata", new JsonObject());
    notebook.add("cells", cells);
    return notebook.toString();
  }
}
