package paniclab.exercises.feedback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.exercises.ItemBank;
import paniclab.exercises.ModelKeys;
import paniclab.exercises.grading.ClassGrader;
import paniclab.exercises.grading.GradeReport;
import paniclab.exercises.grading.GradeRequest;
import paniclab.exercises.grading.Progress;
import paniclab.exercises.grading.SheetFormat;

class FeedbackPageTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final ClassGrader GRADER = new ClassGrader(BANK, ModelKeys.of(BANK));

  @TempDir Path folder;

  private String page(Locale locale, String... sources) throws IOException {
    JsonArray cells = new JsonArray();
    for (String s : sources) {
      JsonObject cell = new JsonObject();
      cell.addProperty("cell_type", "code");
      cell.addProperty("source", s);
      cells.add(cell);
    }
    JsonObject notebook = new JsonObject();
    notebook.add("cells", cells);
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.writeString(in.resolve("ann.ipynb"), notebook.toString());
    Path out = Files.createDirectories(folder.resolve("out"));
    FeedbackPages pages = new FeedbackPages(out, locale);
    GradeReport report =
        GRADER.grade(
            GradeRequest.of(in).withItems(List.of("ch1-recover-in-main")), Progress.NONE, pages);
    assertEquals(1, report.rows().size());
    assertEquals(List.of(out.resolve("ann.html")), pages.written());
    return Files.readString(out.resolve("ann.html"));
  }

  @Test
  void theFirstDifferenceStandsOnItsLine() throws IOException {
    String html = page(Locale.ENGLISH, "%%predict ch1-recover-in-main\noutcome: exited\nexit: 0\n");
    assertTrue(html.contains("<span class=\"line here\"><span class=\"number\">13</span>"), html);
    assertTrue(html.contains("You said outcome: exited. The run: panicked."));
    assertTrue(html.contains("src=\"data:image/svg+xml;base64,"));
    assertTrue(html.contains("https://go.dev/ref/spec#Handling_panics"));
    String chinese =
        page(Locale.SIMPLIFIED_CHINESE, "%%predict ch1-recover-in-main\noutcome: exited\n");
    assertTrue(chinese.contains("<html lang=\"zh-CN\">"));
    assertTrue(chinese.contains("你说：exited；实际：panicked"), chinese);
  }

  @Test
  void nothingIsLoadedFromElsewhereAndNothingOfTheStudentsIsHtml() throws IOException {
    String html =
        page(
            Locale.ENGLISH,
            "%%predict ch1-recover-in-main\nprints: \"<script>alert(1)</script>\"\n"
                + "stderr: <img src=x onerror=alert(1)>\noutcome: panicked\n");
    assertFalse(html.contains("<script"), html);
    assertFalse(html.contains("<img src=x"));
    assertTrue(html.contains("&lt;script&gt;alert(1)"));
    assertFalse(html.replaceAll("<a href=\"https://[^\"]*\"", "").contains("href=\"http"));
    assertFalse(html.matches("(?s).*(src|href)=\"(https?:)?//(?!go.dev|pkg.go.dev).*"));
  }

  @Test
  void namesOfFiles() {
    assertEquals("ann", SheetFormat.fileName("ann"));
    assertEquals("_", SheetFormat.fileName(".."));
    assertEquals("_etc_passwd", SheetFormat.fileName("/etc/passwd"));
    assertEquals("张三", SheetFormat.fileName("张三"));
  }
}
