package paniclab.exercises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.programs.Observation;

/** The keys the model computes, held against what the real toolchain was observed to do. */
class ModelKeysTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final KeySource KEYS = ModelKeys.of(BANK);
  private static final Path GOLDEN = Path.of("src/test/resources/paniclab/exercises/keys.txt");

  static List<PredictionItem> items() {
    return BANK.all();
  }

  private static AnswerKey key(PredictionItem item) {
    return assertInstanceOf(KeySource.Lookup.Found.class, KEYS.key(item), KEYS.key(item).toString())
        .key();
  }

  private static List<Answer> answers(AnswerKey key, String question) {
    return key.parts().stream()
        .filter(p -> p.question().key().equals(question))
        .flatMap(p -> p.accepted().stream())
        .map(AnswerKey.Accepted::answer)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("items")
  void whatRealGoDidIsAmongTheRightAnswers(PredictionItem item) {
    AnswerKey key = key(item);
    Observation observed = BANK.program(item).observation().orElseThrow();
    Set<String> exits = new TreeSet<>();
    for (Observation.Seen seen : observed.at(Traceback.SINGLE)) {
      switch (seen.end()) {
        case Observation.End.Exit(int status) -> exits.add(String.valueOf(status));
        case Observation.End.StillRunning() ->
            assertTrue(
                answers(key, "outcome").toString().contains("hung"), answers(key, "outcome") + "");
        case Observation.End.NotBuilt() -> throw new AssertionError("it was never built");
      }
      List<String> printed = seen.stdout().toString().lines().map(String::strip).toList();
      String stderr = seen.stderr().toString().lines().findFirst().orElse("").strip();
      if (item.ask().contains("prints")) {
        assertTrue(
            answers(key, "prints").contains(new Answer.Sequence(printed)),
            printed + " is not in " + answers(key, "prints"));
      }
      if (item.ask().contains("stderr")) {
        assertTrue(
            answers(key, "stderr").contains(new Answer.Line(stderr)),
            stderr + " is not in " + answers(key, "stderr"));
      }
    }
    if (item.ask().contains("exit")) { // a program that hangs has no status to ask for
      assertEquals(List.of(new Answer.Possible(List.copyOf(exits))), answers(key, "exit"));
    }
  }

  @ParameterizedTest
  @MethodSource("items")
  void theKeyEarnsAllAndEveryWrongModelLess(PredictionItem item) {
    AnswerKey key = key(item);
    List<Question> questions = BANK.questions(item);
    Grader grader = new Grader(key, BANK.program(item).files());
    Map<String, Answer> right = new TreeMap<>();
    key.parts().forEach(p -> right.put(p.question().key(), p.accepted().getFirst().answer()));
    String cell = Prediction.write(item.id(), right, questions);
    assertInstanceOf(Grade.Right.class, grader.grade(Prediction.parse(cell, questions)), cell);
    assertEquals(0, grader.grade(Prediction.parse(BANK.template(item), questions)).score());
    for (PredictionItem.WrongModel w : item.wrong()) {
      Prediction p = Prediction.parse(w.predicts() + "why: " + w.model().id(), questions);
      Grade.Differs g = assertInstanceOf(Grade.Differs.class, grader.grade(p));
      assertTrue(g.score() <= 0.6 * g.max(), w.model().id() + " earns " + g.score());
      assertEquals(w.model(), g.model().orElseThrow());
      assertTrue(g.first().event().isPresent(), "the first difference is an event of the trace");
    }
  }

  /** Refreshed by {@code -Dupdate}; read the difference before committing it. */
  @Test
  void keysAndStatedGradesAreThoseOfTheGoldenFile() throws IOException {
    List<String> lines = new ArrayList<>();
    for (PredictionItem item : items()) {
      AnswerKey key = key(item);
      lines.add(item.id() + " " + key.rule().id() + " max " + GradeText.number(key.max()));
      for (AnswerKey.Part part : key.parts()) {
        lines.add(
            "  "
                + part.question().key()
                + ": "
                + part.accepted().stream()
                    .map(a -> a.answer().show())
                    .collect(Collectors.joining(" // ")));
      }
      Grader grader = new Grader(key, BANK.program(item).files());
      for (PredictionItem.WrongModel w : item.wrong()) {
        Grade g =
            grader.grade(
                Prediction.parse(w.predicts() + "why: " + w.model().id(), BANK.questions(item)));
        Grade.Difference first = assertInstanceOf(Grade.Differs.class, g).first();
        lines.add(
            "  ["
                + w.model().id()
                + "] "
                + GradeText.number(g.score())
                + ", first "
                + first.question().key()
                + " at "
                + first.position().file()
                + ":"
                + first.position().line()
                + " "
                + first.source());
      }
    }
    String now = String.join("\n", lines) + "\n";
    if (System.getProperty("update") != null) {
      Files.createDirectories(Path.of("src/test/resources/paniclab/exercises"));
      Files.writeString(GOLDEN, now);
    }
    assertEquals(Files.readString(GOLDEN), now);
  }
}
