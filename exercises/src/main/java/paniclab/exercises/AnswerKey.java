package paniclab.exercises;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;

/**
 * The right answers to an item, computed from what the model did. Where runs differ, each answer
 * that a run bears out is right.
 *
 * @param parts in the order of the item's questions
 * @param rule what decides in this program
 */
public record AnswerKey(PredictionItem item, List<Part> parts, Rule rule, Evidence evidence) {

  /**
   * A question with its right answers, each once, and for each the run that shows it.
   *
   * @param points for a right answer
   */
  public record Part(Question question, double points, List<Accepted> accepted) {
    public Part {
      accepted = List.copyOf(accepted);
    }
  }

  /** A right answer and a run that gives it. */
  public record Accepted(Answer answer, Run run) {}

  public AnswerKey {
    parts = List.copyOf(parts);
  }

  /** The points of all questions. */
  public double max() {
    return parts.stream().mapToDouble(Part::points).sum();
  }

  /** The key of an item whose program ends in one way only, in a run that the verdict knows. */
  public static AnswerKey from(
      PredictionItem item, List<Question> questions, Verdict verdict, Run run) {
    return from(item, questions, new Evidence(verdict, List.of(run)));
  }

  /**
   * The key of an item.
   *
   * @throws BadItemException when the runs bear out no reason of the item, or several; or when a
   *     run did not come to an end of the program's own
   */
  public static AnswerKey from(PredictionItem item, List<Question> questions, Evidence evidence) {
    for (Run run : evidence.runs()) {
      requireEnd(item, run.ending().outcome());
    }
    Rule rule = deciding(item, evidence);
    List<Part> parts = new ArrayList<>();
    for (Question q : questions) {
      parts.add(new Part(q, item.points(q), accepted(q, evidence, rule)));
    }
    return new AnswerKey(item, parts, rule, evidence);
  }

  private static void requireEnd(PredictionItem item, Outcome outcome) {
    Optional<String> why =
        switch (outcome) {
          case Outcome.Unfinished(Outcome.Limit limit, String message) ->
              Optional.of("it reached the limit " + limit.word() + " (" + message + ")");
          case Outcome.OutOfModel(String reason) ->
              Optional.of("it is outside the model: " + reason);
          case Outcome.Exited _,
              Outcome.Panicked _,
              Outcome.Fatal _,
              Outcome.Thrown _,
              Outcome.Signalled _,
              Outcome.Hung _ ->
              Optional.empty();
        };
    if (why.isPresent()) {
      throw new BadItemException(
          item.file(), 1, "program " + item.program() + " has no answer key: " + why.get());
    }
  }

  private static Rule deciding(PredictionItem item, Evidence evidence) {
    List<Rule> deciding = item.rules().stream().filter(r -> r.decides(evidence)).toList();
    if (deciding.size() != 1) {
      throw new BadItemException(
          item.file(),
          1,
          "of the rules "
              + item.rules().stream().map(Rule::id).toList()
              + " exactly one must decide in program "
              + item.program()
              + "; the runs bear out "
              + deciding.stream().map(Rule::id).toList());
    }
    return deciding.getFirst();
  }

  private static List<Accepted> accepted(Question question, Evidence evidence, Rule rule) {
    Run first = evidence.runs().getFirst();
    return switch (question) {
      case Question.Outcome() -> List.of(new Accepted(possible(evidence, Outcome::word), first));
      case Question.Exit() ->
          List.of(new Accepted(possible(evidence, o -> String.valueOf(o.exitStatus())), first));
      case Question.Recovered() ->
          List.of(
              new Accepted(
                  whether(evidence),
                  evidence.runs().stream()
                      .filter(r -> Facts.of(r).recovered())
                      .findFirst()
                      .orElse(first)));
      case Question.Schedules() ->
          List.of(
              new Accepted(
                  new Answer.Whether(
                      evidence.verdict().witnesses().size() > 1 ? Words.SOME : Words.EVERY),
                  evidence.runs().get(Math.min(1, evidence.runs().size() - 1))));
      case Question.Why _ -> List.of(new Accepted(new Answer.Because(rule.id()), first));
      case Question.Defers(List<DeferSite> sites) ->
          distinct(
              evidence,
              r ->
                  new Answer.Sequence(r.defersRan(sites).stream().map(Facts.Shown::what).toList()));
      case Question.Prints() -> distinct(evidence, r -> new Answer.Sequence(r.printed()));
      case Question.Stderr() ->
          distinct(evidence, r -> new Answer.Line(r.run().ending().firstStderrLine().strip()));
    };
  }

  private static Answer possible(Evidence evidence, Function<Outcome, String> word) {
    TreeSet<String> words = new TreeSet<>();
    evidence.verdict().witnesses().forEach(w -> words.add(word.apply(w.ending().outcome())));
    evidence.runs().forEach(r -> words.add(word.apply(r.ending().outcome())));
    return new Answer.Possible(List.copyOf(words));
  }

  private static Answer whether(Evidence evidence) {
    boolean every = evidence.everyRun(Facts::recovered);
    boolean some = evidence.someRun(Facts::recovered);
    return new Answer.Whether(every ? Words.YES : some ? Words.DEPENDS : Words.NO);
  }

  private static List<Accepted> distinct(Evidence evidence, Function<Facts, Answer> answer) {
    List<Accepted> accepted = new ArrayList<>();
    for (Run run : evidence.runs()) {
      Answer a = answer.apply(Facts.of(run));
      if (accepted.stream().noneMatch(k -> k.answer().equals(a))) {
        accepted.add(new Accepted(a, run));
      }
    }
    return accepted;
  }
}
