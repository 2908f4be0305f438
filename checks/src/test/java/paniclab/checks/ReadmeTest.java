package paniclab.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README tells people to type is there, and is what is tested. */
class ReadmeTest {
  private static final Pattern COMMAND = Pattern.compile("\\./paniclab ([a-z][a-z-]*)");
  private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:|#)([^)#\\s]+)");

  /** The documents for people, whichever of them exist already. */
  private static List<Path> documents() {
    List<Path> found = new ArrayList<>();
    for (String name : List.of("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md")) {
      if (Files.exists(Repository.ROOT.resolve(name))) {
        found.add(Repository.ROOT.resolve(name));
      }
    }
    return found;
  }

  private static Set<String> commands(String text) {
    Set<String> names = new TreeSet<>();
    Matcher m = COMMAND.matcher(text);
    while (m.find()) {
      names.add(m.group(1));
    }
    return names;
  }

  @Test
  void theReadmeShowsTheTwoCommands() {
    Set<String> shown = commands(Repository.read(Repository.ROOT.resolve("README.md")));
    assertTrue(shown.containsAll(Set.of("lab", "test")), "shown: " + shown);
  }

  @Test
  void everyCommandADocumentShowsIsOneTheLauncherKnows() throws Exception {
    Set<String> known = commands(launcher("--help"));
    for (Path document : documents()) {
      Set<String> unknown = commands(Repository.read(document));
      unknown.removeAll(known);
      assertEquals(Set.of(), unknown, Repository.name(document) + "; the launcher knows " + known);
    }
  }

  @Test
  void theLaunchersOwnCommandsExplainThemselves() throws Exception {
    assertTrue(launcher("lab", "--help").startsWith("Usage: ./paniclab lab"));
    assertTrue(launcher("test", "--help").startsWith("Usage: ./paniclab test"));
  }

  @Test
  void continuousIntegrationCallsTheOneTestCommand() {
    List<String> calls =
        Repository.read(Repository.ROOT.resolve(".ci/run"))
            .lines()
            .map(String::strip)
            .filter(l -> l.contains("paniclab"))
            .toList();
    assertEquals(List.of("./paniclab test"), calls);
  }

  @Test
  void linksBetweenTheDocumentsLeadSomewhere() {
    for (Path document : documents()) {
      Matcher m = LINK.matcher(Repository.read(document));
      while (m.find()) {
        assertTrue(
            Files.exists(Repository.ROOT.resolve(m.group(1))),
            Repository.name(document) + " links to " + m.group(1) + ", which is not there");
      }
    }
  }

  /** Runs the launcher for an answer that needs no build. */
  private static String launcher(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("bash", "paniclab"));
    command.addAll(List.of(arguments));
    Process p =
        new ProcessBuilder(command)
            .directory(Repository.ROOT.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    p.getOutputStream().close();
    String out = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, p.waitFor(), String.join(" ", command));
    return out;
  }
}
