package paniclab.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The arrows between the modules, read from the compiled classes. */
class ArrowsTest {
  static final List<String> MODULES = Repository.MODULES;

  /** What each module may use; see ARCHITECTURE.md. */
  private static final Map<String, Set<String>> MAY_USE =
      Map.ofEntries(
          Map.entry("model", Set.of()),
          Map.entry("golang", Set.of("model")),
          Map.entry("programs", Set.of("model", "golang")),
          Map.entry("oracle", Set.of("model", "golang", "programs")),
          Map.entry("diagrams", Set.of("model")),
          Map.entry("exercises", Set.of("model", "golang", "programs", "diagrams")),
          Map.entry("lessons", Set.of("model", "golang", "programs", "diagrams", "exercises")),
          Map.entry(
              "kernel", Set.of("model", "golang", "programs", "diagrams", "exercises", "lessons")),
          Map.entry(
              "cli",
              Set.of("model", "golang", "programs", "diagrams", "exercises", "lessons", "kernel")),
          Map.entry("checks", Set.of()),
          Map.entry(
              "benchmarks",
              Set.of("model", "golang", "programs", "diagrams", "exercises", "kernel")));

  @ParameterizedTest
  @FieldSource("MODULES")
  void aModuleUsesOnlyWhatItsArrowsAllow(String module) {
    List<String> wrong = new ArrayList<>();
    for (Path file : ClassFiles.of(module)) {
      for (String name : ClassFiles.classesNamed(file)) {
        String used = moduleOf(name);
        if (!used.isEmpty()
            && !used.equals(module)
            && !MAY_USE.getOrDefault(module, Set.of()).contains(used)) {
          wrong.add(Repository.name(file) + " uses " + name);
        }
      }
    }
    assertEquals(List.of(), wrong, "against the arrows of ARCHITECTURE.md");
  }

  @ParameterizedTest
  @FieldSource("MODULES")
  void internalPackagesAreNeitherUsedFromOutsideNorExported(String module) {
    List<String> wrong = new ArrayList<>();
    for (Path file : ClassFiles.of(module)) {
      for (String name : ClassFiles.classesNamed(file)) {
        String used = moduleOf(name);
        if (!used.isEmpty() && !used.equals(module) && name.contains(".internal.")) {
          wrong.add(Repository.name(file) + " uses " + name);
        }
      }
    }
    Path info = Repository.ROOT.resolve(module).resolve("src/main/java/module-info.java");
    if (Files.exists(info) && Repository.read(info).matches("(?s).*exports \\S*\\.internal\\b.*")) {
      wrong.add(Repository.name(info) + " exports an internal package");
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void theModulesAreThoseOfTheReactor() {
    String pom = Repository.read(Repository.ROOT.resolve("pom.xml"));
    List<String> found =
        pom.lines()
            .map(String::strip)
            .filter(l -> l.startsWith("<module>"))
            .map(l -> l.substring("<module>".length(), l.indexOf("</")))
            .toList();
    assertEquals(Repository.MODULES, found);
    assertFalse(found.isEmpty());
  }

  /** The module a class of ours belongs to, or the empty string. */
  private static String moduleOf(String className) {
    if (!className.startsWith("paniclab.")) {
      return "";
    }
    String rest = className.substring("paniclab.".length());
    int dot = rest.indexOf('.');
    return dot < 0 ? "" : rest.substring(0, dot);
  }
}
