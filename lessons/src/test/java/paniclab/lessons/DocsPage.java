package paniclab.lessons;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A generated page of the documentation; {@code -Dupdate} writes it anew. */
public final class DocsPage {
  private DocsPage() {}

  /**
   * Fails if the page is not what is generated now.
   *
   * @param name without the language and the ending
   */
  public static void assertUpToDate(String name, Language language, String page)
      throws IOException {
    String file = name + (language == Language.EN ? ".md" : ".zh-CN.md");
    Path path = Path.of("..", "docs", file);
    if (System.getProperty("update") != null) {
      Files.createDirectories(path.getParent());
      Files.writeString(path, page);
    }
    assertEquals(
        Files.readString(path), page, () -> "docs/" + file + " is stale: run with -Dupdate");
  }
}
