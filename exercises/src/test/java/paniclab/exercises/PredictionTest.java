package paniclab.exercises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictionTest {
  private static final ItemBank BANK = ItemBank.builtIn();
  private static final List<Question> QUESTIONS =
      BANK.questions(BANK.find("ch1-recover-in-main").orElseThrow());

  private static Prediction parse(String cell) {
    return Prediction.parse(cell, QUESTIONS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "outcome: panics | outcome | panicked",
        "结果：正常退出，致命错误 | outcome | exited, fatal",
        "outcome: exited or fatal error | outcome | exited, fatal",
        "OUTCOME : Deadlock | outcome | fatal",
        "recovered: 不一定 | recovered | depends",
        "exit status: 2、0 | exit | 0, 2",
        "defers: d3 -> d1 | defers | d3~d1",
        "延迟： 无 | defers | none",
        "stderr: (none) | stderr | none",
        "why: b | why | *",
      })
  void spellings(String line, String key, String shown) {
    Prediction p = parse("%%predict ch1-recover-in-main\n" + line + "\n");
    assertEquals(List.of(), p.problems());
    assertEquals(List.of(key), List.copyOf(p.answers().keySet()));
    String said = java.util.Objects.requireNonNull(p.answers().get(key)).show().replace(" | ", "~");
    assertTrue(shown.equals("*") || shown.equals(said), said);
  }

  @Test
  void printedLinesMayStandUnderEachOther() {
    Prediction p =
        parse(
            """
            prints: one
            prints: "  two  "
            prints:
              three: 3
              # four
            exit: 0
            """);
    assertEquals(
        new Answer.Sequence(List.of("one", "  two  ", "three: 3", "# four")),
        p.answers().get("prints"));
    assertEquals(new Answer.Possible(List.of("0")), p.answers().get("exit"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "outcom: fatal | Line 2: no question is called \"outcom\"; did you mean: outcome?",
        "exit 2 | Line 2: there is no colon in \"exit 2\"; write key: value.",
        "exit: two | Line 2: \"two\" is no exit status; write a number from 0 to 255.",
        "exit: 256 | Line 2: \"256\" is no exit status; write a number from 0 to 255.",
        "defers: d9 | Line 2: there is no deferred call \"d9\"; the labels are: d1, d2, d3.",
        "recovered: maybe | Line 2: \"maybe\" is no answer to recovered; write one of: yes, no, depends.",
      })
  void problemsNameTheLineAndTheRemedy(String line, String message) {
    Prediction p = parse("%%predict ch1-recover-in-main\n" + line);
    assertEquals(List.of(message), p.problems().stream().map(x -> x.text(Locale.ENGLISH)).toList());
    assertTrue(p.answers().isEmpty());
  }

  @Test
  void aSecondAnswerDoesNotReplaceTheFirst() {
    Prediction p = parse("exit: 0\nexit: 2\n");
    assertEquals(new Answer.Possible(List.of("0")), p.answers().get("exit"));
    assertEquals("第 2 行：“exit”回答了两次，请只留一行。以第一次为准。", p.problems().getFirst().text(Locale.CHINA));
  }

  @Test
  void noAnswerAndOtherQuestionsAreTold() {
    assertTrue(parse("exit:\nprints:\nwhy :\n# exit: 0\n").answers().isEmpty());
    assertEquals("notasked", parse("schedules: some").problems().getFirst().message());
    assertEquals("printsboth", parse("prints: none\nprints: x").problems().getFirst().message());
  }

  @Test
  void anythingIsAPrediction() {
    for (String s :
        List.of(
            "", "\uFEFF%%predict", "\u0000", ":", "：：", "%%predict\n:\n", "x".repeat(200_000))) {
      parse(s);
    }
    assertEquals(
        Optional.of("ch1-x"), Prediction.itemOf("\uFEFF\n ％％predict  CH1-x  extra\nexit: 0"));
    assertEquals(Optional.empty(), Prediction.itemOf("%%predictable x"));
    assertEquals(Optional.empty(), Prediction.itemOf("1 + 1"));
  }

  @Test
  void deferStatementsAreFoundInCodeOnly() {
    String go =
        "package main\n// defer a\nfunc main() {\n\tdefer f(\"defer\") /* defer\n */; defer g(`\ndefer`, 'd')\n\tdeferred := 1\n}\n";
    List<DeferSite> sites =
        DeferSite.of(List.of(new paniclab.model.program.SourceFile("main.go", go)));
    assertEquals(List.of("d1", "d2"), sites.stream().map(DeferSite::label).toList());
    assertEquals(List.of(4, 5), sites.stream().map(DeferSite::line).toList());
    assertEquals(List.of(2, 6), sites.stream().map(DeferSite::column).toList());
  }

  @Test
  void linesThatAnEditorIndentedAreKeysAllTheSame() {
    List<Question> asked =
        List.of(new Question.Outcome(), new Question.Prints(), new Question.Exit());
    Prediction typed =
        Prediction.parse(
            "%%predict x\n    outcome: exited\n    prints: a\n    prints: b\n    exit: 0\n", asked);
    assertEquals(List.of(), typed.problems());
    assertEquals(new Answer.Sequence(List.of("a", "b")), typed.answers().get("prints"));
    assertEquals(new Answer.Possible(List.of("0")), typed.answers().get("exit"));
    Prediction added = Prediction.parse("%%predict x\nprints: a\n    prints: b\nexit: 0\n", asked);
    assertEquals(typed.answers().get("prints"), added.answers().get("prints"));
    Prediction block = Prediction.parse("%%predict x\nprints:\n  exit: 5\n  b\nexit: 0\n", asked);
    assertEquals(new Answer.Sequence(List.of("exit: 5", "b")), block.answers().get("prints"));
  }
}
