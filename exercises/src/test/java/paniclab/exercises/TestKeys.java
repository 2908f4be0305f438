package paniclab.exercises;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Outcome;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;

/**
 * Keys for tests of grading, which do not care whether a key is true: exit status and output as the
 * oracle saw them, and for the other questions any answer.
 */
public final class TestKeys implements KeySource {
  private final ItemBank bank;

  public TestKeys(ItemBank bank) {
    this.bank = bank;
  }

  @Override
  public Lookup key(PredictionItem item) {
    return new Lookup.Found(make(item));
  }

  AnswerKey make(PredictionItem item) {
    GoProgram program = bank.program(item);
    Observation.Seen seen =
        program
            .observation()
            .orElseThrow()
            .at(paniclab.model.machine.RunOptions.Traceback.SINGLE)
            .getFirst();
    int status = seen.end() instanceof Observation.End.Exit(int s) ? s : 0;
    HandMade made = new HandMade();
    seen.stdout().toString().lines().forEach(l -> made.print(1, 1, l));
    Run run = made.run(new Outcome.Exited(status), seen.stderr().toString());
    List<AnswerKey.Part> parts = new ArrayList<>();
    for (Question q : bank.questions(item)) {
      Answer a =
          switch (q) {
            case Question.Outcome() ->
                new Answer.Possible(List.of(status == 2 ? "panicked" : "exited"));
            case Question.Recovered() -> new Answer.Whether("no");
            case Question.Defers _ -> new Answer.Sequence(List.of());
            case Question.Prints() -> new Answer.Sequence(Facts.of(run).printed());
            case Question.Exit() -> new Answer.Possible(List.of(String.valueOf(status)));
            case Question.Stderr() -> new Answer.Line(run.ending().firstStderrLine());
            case Question.Schedules() -> new Answer.Whether("every");
            case Question.Why _ -> new Answer.Because(item.rules().getFirst().id());
          };
      parts.add(new AnswerKey.Part(q, item.points(q), List.of(new AnswerKey.Accepted(a, run))));
    }
    return new AnswerKey(
        item, parts, item.rules().getFirst(), new Evidence(HandMade.always(run), List.of(run)));
  }

  /** The cell that earns all points. */
  public static String rightCell(AnswerKey key) {
    Map<String, Answer> answers = new TreeMap<>();
    key.parts().forEach(p -> answers.put(p.question().key(), p.accepted().getFirst().answer()));
    return Prediction.write(
        key.item().id(), answers, key.parts().stream().map(AnswerKey.Part::question).toList());
  }
}
