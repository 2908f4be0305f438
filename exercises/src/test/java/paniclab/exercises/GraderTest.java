package paniclab.exercises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import paniclab.model.machine.Run;

class GraderTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final PredictionItem ITEM = BANK.find("ch1-recover-in-main").orElseThrow();
  private static final List<Question> QUESTIONS = BANK.questions(ITEM);
  private static final String RIGHT =
      """
      %%predict ch1-recover-in-main
      outcome: panicked
      recovered: no
      defers: d3
      prints: defer of the panicking goroutine ran
      exit: 2
      stderr: panic: boom in child
      why: own-goroutine
      """;

  private static AnswerKey key() {
    Run run = HandMade.recoverInMain();
    return AnswerKey.from(ITEM, QUESTIONS, HandMade.always(run), run);
  }

  private static Grade grade(String cell) {
    return new Grader(key(), BANK.program(ITEM).files()).grade(Prediction.parse(cell, QUESTIONS));
  }

  @Test
  void theKeyIsTheRun() {
    Grade g = grade(RIGHT);
    assertInstanceOf(Grade.Right.class, g, g.toString());
    assertEquals(10, g.score());
  }

  @Test
  void chineseAnswersAreTheSameAnswers() {
    Grade g =
        grade(
            """
            %%predict ch1-recover-in-main
            结局： panic
            恢复：否
            延迟调用：Ｄ３
            输出：defer of the panicking goroutine ran
            退出码：２
            标准错误: panic: boom in child
            为什么：own-goroutine
            """);
    assertInstanceOf(Grade.Right.class, g, g.toString());
  }

  @Test
  void aWrongAnswerNamesTheFirstEventItsLineAndTheRule() {
    Grade g = grade(RIGHT.replace("defers: d3", "defers: d3, d2, d1"));
    Grade.Differs d = assertInstanceOf(Grade.Differs.class, g);
    assertEquals("defers", d.first().question().key());
    assertEquals(13, d.first().position().line());
    assertEquals("panic(\"boom in child\")", d.first().source());
    assertEquals("d3, d2, d1", d.first().said());
    assertEquals("d3", d.first().did());
    assertEquals(Rule.OWN_GOROUTINE, d.first().rule());
    assertEquals(10 - 2 + 2 / 3.0, g.score(), 1e-9);
  }

  @Test
  void aRightGuessForAWrongReasonEarnsNothing() {
    Grade g = grade(RIGHT.replace("why: own-goroutine", "why: all-defers-run"));
    Grade.Differs d = assertInstanceOf(Grade.Differs.class, g);
    assertEquals(10 - 2 - 1, g.score());
    assertTrue(d.marks().stream().anyMatch(m -> m instanceof Grade.Unfounded));
    assertEquals("all-defers-run", d.model().orElseThrow().id());
  }

  @Test
  void everyWrongModelEarnsItsStatedGradeAndIsNamed() {
    for (PredictionItem.WrongModel w : ITEM.wrong()) {
      Grade.Differs d =
          assertInstanceOf(Grade.Differs.class, grade(w.predicts() + "why: " + w.model().id()));
      assertEquals(w.model(), d.model().orElseThrow());
      Grade.Differs withoutReason =
          assertInstanceOf(Grade.Differs.class, grade(w.predicts() + "why: own-goroutine"));
      assertEquals(w.model(), withoutReason.model().orElseThrow(), "from the answers alone");
      double stated =
          switch (w.model().id()) {
            case "recover-any-goroutine" -> 2 / 3.0 + 2 / 3.0;
            case "all-defers-run" -> 1 + 2 / 3.0 + 2 / 3.0 + 1 + 1;
            case "panic-ends-goroutine" -> 2 / 3.0 + 2 / 4.0 + 1;
            case "panic-skips-defers" -> 1 + 1 + 1;
            default -> -1;
          };
      assertEquals(stated, d.score(), 1e-9, w.model().id());
    }
  }

  @Test
  void anUntouchedTemplateEarnsNothing() {
    Grade g = grade(BANK.template(ITEM));
    assertInstanceOf(Grade.Unanswered.class, g);
    assertEquals(0, g.score());
    assertEquals(10, g.max());
  }

  @Test
  void theTemplateIsWhatTheKeyFillsIn() {
    java.util.Map<String, Answer> answers = new java.util.TreeMap<>();
    key().parts().forEach(p -> answers.put(p.question().key(), p.accepted().getFirst().answer()));
    String cell = Prediction.write(ITEM.id(), answers, QUESTIONS);
    assertEquals(10, grade(cell).score(), cell);
  }

  @Test
  void feedbackSpeaksBothLanguages() {
    Predictions p = new Predictions(BANK, _ -> new KeySource.Lookup.Found(key()));
    Feedback f = p.submit(ITEM.id(), RIGHT.replace("exit: 2", "exit: 0"), Locale.ENGLISH);
    assertTrue(
        f.text(Locale.ENGLISH).contains("You said exit: 0. The run: 2."), f.text(Locale.ENGLISH));
    assertTrue(f.text(Locale.SIMPLIFIED_CHINESE).contains("关于 exit，你说：0；实际：2。"));
    assertTrue(p.isCommitted(ITEM.id()));
  }

  @Test
  void anOpenQuestionIsNotCommitted() {
    Predictions p = new Predictions(BANK, _ -> new KeySource.Lookup.Found(key()));
    Feedback f = p.submit(ITEM.id(), RIGHT.replace("exit: 2", "exit:"), Locale.ENGLISH);
    assertEquals(
        "Line 6: no answer to exit yet; write it after the colon.",
        assertInstanceOf(Feedback.Invalid.class, f).text(Locale.ENGLISH));
    assertEquals(false, p.isCommitted(ITEM.id()));
  }
}
