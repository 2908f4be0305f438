package paniclab.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import paniclab.golang.GoFrontEnd;
import paniclab.model.explore.Exploration;
import paniclab.model.explore.Limits;
import paniclab.model.machine.RunOptions;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.oracle.Conformance.Judgement;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;

/** The model does what real Go was seen to do; the observations are committed. */
class ConformanceTest {
  private static final Path CORPUS = Path.of("src/test/resources/corpus");
  private static final Path REPORT = Path.of("target/conformance.txt");

  /** Enough for every program here that ends, little enough for those that do not. */
  private static final long STEPS = 60_000_000;

  /**
   * Its goroutines write to a map without end: searching it takes a minute, too long for a build.
   */
  private static final String ENDLESS = "PC1-04";

  /**
   * C looks at a block that the collector took back: real Go shows the collector's pattern, or what
   * the allocator put there since, which no schedule decides. The model shows the pattern.
   */
  private static final String TAKEN_BACK = "PC4-08";

  /**
   * Their runs differ in StackInuse only, which the collector moves, and take more steps than a
   * search has.
   */
  private static final List<String> DEEP = List.of("PC2-09", "PC2-09-deepest");

  /** Each racy program here shows all its endings within this. */
  private static final Exploration BUDGET =
      new Exploration(1_000, 3_000_000L, Limits.EXPLORE.withSteps(100_000), false);

  private final Conformance conformance =
      new Conformance(
          GoFrontEnd.bundled(),
          RunOptions.DEFAULT.withLimits(Limits.RUN.withSteps(STEPS)).withRecord(false),
          () -> false);

  @Test
  void noRunIsOneThatRealGoNeverShowed() throws IOException {
    List<GoProgram> programs = new ArrayList<>(Corpus.builtIn().all());
    programs.addAll(corpus());
    Map<String, Judgement> judgements = new TreeMap<>();
    Map<String, Long> millis = new TreeMap<>();
    programs.removeIf(DeepStacksTest::isDeep);
    for (GoProgram p : programs) {
      long start = System.nanoTime();
      judgements.put(p.id(), judge(p));
      millis.put(p.id(), (System.nanoTime() - start) / 1_000_000);
    }
    List<String> wrong = report(judgements, millis);
    assertEquals(List.of(), wrong, "see oracle/" + REPORT);
    assertEquals(List.of(), outsideWithoutReason(programs, judgements), "see oracle/" + REPORT);
  }

  @Test
  void explorationsMeetEveryEndingThatWasSeen() {
    List<String> wrong = new ArrayList<>();
    int racy = 0;
    for (GoProgram p : Corpus.builtIn().all()) {
      Observation o = p.observation().orElseThrow();
      if (o.at(Traceback.SINGLE).size() > 1
          && !p.id().equals(ENDLESS)
          && !p.id().equals(TAKEN_BACK)
          && !DEEP.contains(p.id())) {
        racy++;
        switch (conformance.judgeAllSchedules(p, BUDGET)) {
          // What the lessons show has to be met within the budget.
          case Judgement.Wrong(String what) -> wrong.add(p.id() + ": " + what);
          case Judgement.Unsettled(String what) -> wrong.add(p.id() + ": " + what);
          case Judgement.Agrees _, Judgement.OutOfModel _ -> {}
        }
      }
    }
    assertTrue(racy >= 4, "the corpus has lost its races");
    assertEquals(List.of(), wrong);
  }

  /**
   * A bug of ours is an exception; here it is a wrong answer, so that the others are still seen.
   */
  private Judgement judge(GoProgram p) {
    try {
      return conformance.judge(p);
    } catch (RuntimeException | StackOverflowError e) {
      StringBuilder b = new StringBuilder("threw " + e + "\n");
      Stream.of(e.getStackTrace()).limit(8).forEach(f -> b.append("    at " + f + "\n"));
      return new Judgement.Wrong(b.toString());
    }
  }

  /** A program that the model leaves out has to say in its header what it needs. */
  private static List<String> outsideWithoutReason(
      List<GoProgram> programs, Map<String, Judgement> judgements) {
    return programs.stream()
        .filter(p -> judgements.get(p.id()) instanceof Judgement.OutOfModel)
        .filter(p -> p.header().needs().isEmpty())
        .map(GoProgram::id)
        .toList();
  }

  private static List<GoProgram> corpus() throws IOException {
    try (Stream<Path> files = Files.list(CORPUS)) {
      List<GoProgram> programs = new ArrayList<>();
      for (Path p : files.sorted().toList()) {
        String id = String.valueOf(p.getFileName()).replaceFirst("\\.txtar$", "");
        programs.add(GoProgram.parse(id, Files.readString(p)));
      }
      return programs;
    }
  }

  /** Writes the table, and returns the ids of the wrong ones. */
  private static List<String> report(Map<String, Judgement> judgements, Map<String, Long> millis)
      throws IOException {
    List<String> wrong = new ArrayList<>();
    Map<String, List<String>> outside = new TreeMap<>();
    StringBuilder details = new StringBuilder();
    judgements.forEach((id, j) -> {
      switch (j) {
        case Judgement.Agrees() -> {}
        case Judgement.OutOfModel(String reason) ->
            outside.computeIfAbsent(reason, r -> new ArrayList<>()).add(id);
        case Judgement.Unsettled(String what) -> throw new AssertionError("one run: " + what);
        case Judgement.Wrong(String what) -> {
          wrong.add(id);
          details.append("=== WRONG ").append(id).append('\n').append(what).append('\n');
        }
      }
    });
    int out = outside.values().stream().mapToInt(List::size).sum();
    StringBuilder table = new StringBuilder();
    table.append(
        String.format(
            "%d programs: %d agree, %d out of model, %d wrong%n",
            judgements.size(), judgements.size() - out - wrong.size(), out, wrong.size()));
    outside.forEach((r, ids) -> table.append("out of model: " + r.strip() + ": " + ids + "\n"));
    table.append("wrong: " + wrong + "\n");
    millis.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
        .limit(10)
        .forEach(e -> table.append(e.getValue() + " ms " + e.getKey() + "\n"));
    Files.createDirectories(REPORT.toAbsolutePath().getParent());
    Files.writeString(REPORT, table + "\n" + details);
    System.out.println(table);
    return wrong;
  }
}
