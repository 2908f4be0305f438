package paniclab.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What no file of the project may contain. */
class TextTest {
  /** Folders that exist on the machine of one person; `/tmp` in a test is another's machine too. */
  private static final Pattern MACHINE_PATH =
      Pattern.compile("(?<![\\w.$}/])/(?:root|work|home/(?!\\.\\.\\.)\\w+|Users/\\w+)/\\w");

  private static final List<String> PATHS_ALLOWED =
      List.of(
          // Where JDKs and toolchains usually are: to look there is the launcher's work.
          "paniclab");

  private static List<Path> texts() {
    return Repository.files("").stream().filter(Repository::isText).toList();
  }

  @Test
  void everyTextIsUtf8AndEndsItsLinesWithNewlines() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Path file : texts()) {
      try {
        String text =
            StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                .toString();
        if (text.contains("\r\n")) {
          wrong.add(Repository.name(file) + ": has Windows line ends");
        }
      } catch (CharacterCodingException e) {
        wrong.add(Repository.name(file) + ": is not UTF-8");
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(texts().size() > 50, "files looked at: " + texts().size());
  }

  @Test
  void noFileNamesAFolderOfOnePersonsMachine() {
    List<String> wrong = new ArrayList<>();
    for (Path file : texts()) {
      if (PATHS_ALLOWED.contains(Repository.name(file))) {
        continue;
      }
      int number = 0;
      for (String line : readable(file).lines().toList()) {
        number++;
        if (MACHINE_PATH.matcher(line).find()) {
          wrong.add(Repository.name(file) + ":" + number + ": " + line.strip());
        }
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void nothingIsLeftToBeDoneWithoutSayingSo() {
    Pattern marks = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");
    List<String> wrong = new ArrayList<>();
    for (String module : Repository.MODULES) {
      for (Path file : Repository.files(module + "/src")) {
        if (file.toString().endsWith(".java") && marks.matcher(readable(file)).find()) {
          wrong.add(Repository.name(file));
        }
      }
    }
    assertEquals(List.of(), wrong, "do it, or say in words what is missing and why");
  }

  /** The text with what is no UTF-8 replaced; another test reports that. */
  private static String readable(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(Repository.name(file), e);
    }
  }
}
