package paniclab.exercises;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import paniclab.model.machine.Run;
import paniclab.model.program.Position;
import paniclab.model.program.SourceFile;
import paniclab.model.trace.Event;

/**
 * Compares predictions with keys. Scoring, question by question:
 *
 * <ul>
 *   <li>{@code prints} and {@code defers}: the length of the correct beginning, as a share of the
 *       longer of answer and key;
 *   <li>{@code outcome} and {@code exit}: right words less wrong words, as a share of the key's,
 *       never less than 0;
 *   <li>{@code stderr}: all for the line; half for its first word ({@code panic}, {@code fatal
 *       error});
 *   <li>{@code why}: all or nothing;
 *   <li>{@code recovered} and {@code schedules} can be guessed: they earn their points only
 *       together with the right {@code why}. Where an item does not ask why, a wrong answer to one
 *       of them takes points off the rest: half of its own for three words, all of them for two, so
 *       that guessing earns nothing on average.
 * </ul>
 *
 * No answer earns 0, and no item earns less than 0.
 */
public final class Grader {
  private static final double STDERR_FAMILY = 0.5;

  private final AnswerKey key;
  private final List<SourceFile> sources;

  /** A grader for a key; {@code sources} are the files of its program. */
  public Grader(AnswerKey key, List<SourceFile> sources) {
    this.key = key;
    this.sources = List.copyOf(sources);
  }

  /** Grades a prediction; the same one always gets the same grade. */
  public Grade grade(Prediction prediction) {
    List<Grade.Mark> marks = new ArrayList<>();
    boolean reason = reasonIsRightOrNotAsked(prediction);
    for (AnswerKey.Part part : key.parts()) {
      Optional<Answer> answer =
          Optional.ofNullable(prediction.answers().get(part.question().key()));
      marks.add(
          answer
              .map(a -> mark(part, a, reason))
              .orElse(new Grade.Missing(part.question(), part.points())));
    }
    double earned = marks.stream().mapToDouble(Grade.Mark::earned).sum() - guessing(marks);
    double score = Math.clamp(earned, 0, key.max());
    if (prediction.answers().isEmpty()) {
      return new Grade.Unanswered(key.max(), marks);
    }
    return firstDifference(marks)
        .<Grade>map(d -> new Grade.Differs(score, key.max(), marks, d, model(prediction)))
        .orElseGet(() -> new Grade.Right(key.max(), marks));
  }

  private boolean reasonIsRightOrNotAsked(Prediction prediction) {
    return key.parts().stream()
        .filter(p -> p.question() instanceof Question.Why)
        .allMatch(p -> accepts(p, prediction.answers().get(p.question().key())));
  }

  private static boolean accepts(
      AnswerKey.Part part, @org.jspecify.annotations.Nullable Answer answer) {
    return part.accepted().stream().anyMatch(k -> k.answer().equals(answer));
  }

  /** What a wrong guess takes away where no reason is asked for. */
  private double guessing(List<Grade.Mark> marks) {
    boolean asksWhy = marks.stream().anyMatch(m -> m.question() instanceof Question.Why);
    return asksWhy
        ? 0
        : marks.stream()
            .filter(m -> m instanceof Grade.Wrong && m.question().isWhether())
            .mapToDouble(m -> m.points() / (m.question() instanceof Question.Recovered ? 2 : 1))
            .sum();
  }

  private Grade.Mark mark(AnswerKey.Part part, Answer answer, boolean reason) {
    Question q = part.question();
    if (accepts(part, answer)) {
      return q.isWhether() && !reason
          ? new Grade.Unfounded(q, part.points())
          : new Grade.Correct(q, part.points());
    }
    AnswerKey.Accepted nearest =
        part.accepted().stream()
            .max(Comparator.comparingDouble(k -> share(answer, k.answer())))
            .orElseThrow();
    double share = share(answer, nearest.answer());
    if (share == 1) {
      return new Grade.Correct(q, part.points());
    }
    return new Grade.Wrong(
        q, part.points(), share * part.points(), difference(part, answer, nearest));
  }

  /** From 0 to 1. */
  private static double share(Answer said, Answer right) {
    return switch (right) {
      case Answer.Possible(List<String> words) ->
          said instanceof Answer.Possible(List<String> s) ? share(s, words) : 0;
      case Answer.Sequence(List<String> parts) -> {
        List<String> s = said instanceof Answer.Sequence(List<String> x) ? x : List.of();
        int longer = Math.max(s.size(), parts.size());
        yield longer == 0 ? 1 : (double) commonPrefix(s, parts) / longer;
      }
      case Answer.Line(String text) -> {
        String s = said instanceof Answer.Line(String x) ? x : "";
        yield oneBlank(s).equals(oneBlank(text)) ? 1 : sameFamily(s, text) ? STDERR_FAMILY : 0;
      }
      case Answer.Whether _, Answer.Because _ -> said.equals(right) ? 1 : 0;
    };
  }

  private static double share(List<String> said, List<String> right) {
    Set<String> hits = new HashSet<>(said);
    hits.retainAll(right);
    double share = (2.0 * hits.size() - said.size()) / right.size();
    return Math.clamp(share, 0, 1);
  }

  /** How many parts agree from the beginning. Printed lines are compared without outer blanks. */
  private static int commonPrefix(List<String> a, List<String> b) {
    int n = 0;
    while (n < a.size() && n < b.size() && a.get(n).strip().equals(b.get(n).strip())) {
      n++;
    }
    return n;
  }

  private static String oneBlank(String s) {
    return s.strip().replaceAll("\\s+", " ");
  }

  private static boolean sameFamily(String said, String right) {
    int colon = right.indexOf(':');
    return colon > 0 && oneBlank(said).startsWith(right.substring(0, colon));
  }

  private Grade.Difference difference(
      AnswerKey.Part part, Answer said, AnswerKey.Accepted nearest) {
    Facts facts = Facts.of(nearest.run());
    Optional<Event> event =
        switch (part.question()) {
          case Question.Prints() -> facts.printing(prefix(said, nearest)).or(facts::end);
          case Question.Defers(List<DeferSite> sites) -> deferEvent(facts, sites, said, nearest);
          case Question.Recovered() -> recoverEvent(facts);
          case Question.Schedules() -> parting().or(facts::end);
          case Question.Outcome(), Question.Exit(), Question.Stderr(), Question.Why _ ->
              facts.end();
        };
    Position position = event.map(e -> e.at().position()).orElse(Position.NONE);
    return new Grade.Difference(
        part.question(),
        event,
        position,
        line(position),
        shown(part.question(), said, prefix(said, nearest)),
        shown(part.question(), nearest.answer(), prefix(said, nearest)),
        rule(said, nearest.answer()));
  }

  private static int prefix(Answer said, AnswerKey.Accepted nearest) {
    return said instanceof Answer.Sequence(List<String> a)
            && nearest.answer() instanceof Answer.Sequence(List<String> b)
        ? commonPrefix(a, b)
        : 0;
  }

  /** Of a sequence only the part where the two go different ways is worth showing. */
  private static String shown(Question question, Answer answer, int prefix) {
    return switch (answer) {
      case Answer.Sequence(List<String> parts) when question instanceof Question.Prints ->
          prefix < parts.size() ? parts.get(prefix) : Words.NONE;
      case Answer.Sequence(List<String> parts) ->
          parts.isEmpty() ? Words.NONE : String.join(", ", parts);
      case Answer.Possible _, Answer.Whether _, Answer.Line _, Answer.Because _ -> answer.show();
    };
  }

  private static Optional<Event> deferEvent(
      Facts facts, List<DeferSite> sites, Answer said, AnswerKey.Accepted nearest) {
    List<Facts.Shown> ran = facts.defersRan(sites);
    int at = prefix(said, nearest);
    return at < ran.size() ? Optional.of(ran.get(at).event()) : facts.end();
  }

  private static Optional<Event> recoverEvent(Facts facts) {
    return facts
        .first(e -> e instanceof Event.Recovered)
        .or(() -> facts.first(e -> e instanceof Event.RecoverReturnedNil))
        .or(() ->
            facts.first(e -> e instanceof Event.PanicRaised || e instanceof Event.FatalRaised))
        .or(facts::end);
  }

  /** The first event at which the run went another way than another run of the same program. */
  private Optional<Event> parting() {
    List<Run> runs = key.evidence().runs();
    if (runs.size() < 2) {
      return Optional.empty();
    }
    List<Event> a = runs.get(0).trace().events();
    List<Event> b = runs.get(1).trace().events();
    for (int i = 0; i < a.size() && i < b.size(); i++) {
      if (!a.get(i).equals(b.get(i))) {
        return Optional.of(b.get(i));
      }
    }
    return Optional.empty();
  }

  private Rule rule(Answer said, Answer right) {
    boolean onlyOrder =
        said instanceof Answer.Sequence(List<String> a)
            && right instanceof Answer.Sequence(List<String> b)
            && a.size() > 1
            && a.stream().sorted().toList().equals(b.stream().sorted().toList());
    return onlyOrder ? Rule.LAST_IN_FIRST_OUT : key.rule();
  }

  private String line(Position p) {
    return sources.stream()
        .filter(f -> f.name().equals(p.file()) && p.isKnown())
        .flatMap(f -> f.text().lines().skip(p.line() - 1L).limit(1))
        .map(String::strip)
        .findFirst()
        .orElse("");
  }

  /** The earliest difference in the order of the trace; before a wrong reason, a wrong event. */
  private Optional<Grade.Difference> firstDifference(List<Grade.Mark> marks) {
    List<Grade.Difference> differences = new ArrayList<>();
    for (Grade.Mark m : marks) {
      if (m instanceof Grade.Wrong w) {
        differences.add(w.difference());
      } else if (m instanceof Grade.Missing(Question q, double _)) {
        differences.add(leftOut(q));
      }
    }
    return differences.stream()
        .min(
            Comparator.comparing((Grade.Difference d) -> d.said().isEmpty())
                .thenComparing(d -> d.question() instanceof Question.Why)
                .thenComparingLong(d -> d.event().map(e -> e.at().step()).orElse(Long.MAX_VALUE)));
  }

  private Grade.Difference leftOut(Question q) {
    AnswerKey.Part part =
        key.parts().stream().filter(p -> p.question().equals(q)).findFirst().orElseThrow();
    AnswerKey.Accepted right = part.accepted().getFirst();
    Optional<Event> event = Facts.of(right.run()).end();
    Position position = event.map(e -> e.at().position()).orElse(Position.NONE);
    return new Grade.Difference(
        q, event, position, line(position), "", right.answer().show(), key.rule());
  }

  /** The wrong model that was named as the reason, or else the one that predicts these answers. */
  private Optional<Misconception> model(Prediction prediction) {
    List<PredictionItem.WrongModel> wrong = key.item().wrong();
    Optional<Misconception> named =
        wrong.stream()
            .map(PredictionItem.WrongModel::model)
            .filter(m -> new Answer.Because(m.id()).equals(prediction.answers().get("why")))
            .findFirst();
    List<Question> questions = key.parts().stream().map(AnswerKey.Part::question).toList();
    return named.or(() ->
        wrong.stream()
            .filter(w -> predicts(Prediction.parse(w.predicts(), questions), prediction))
            .map(PredictionItem.WrongModel::model)
            .findFirst());
  }

  /** Whether a learner answered as a model would wherever the model would be wrong. */
  private boolean predicts(Prediction model, Prediction learner) {
    List<AnswerKey.Part> telling =
        key.parts().stream()
            .filter(p -> !(p.question() instanceof Question.Why))
            .filter(p -> model.answers().containsKey(p.question().key()))
            .filter(p -> !accepts(p, model.answers().get(p.question().key())))
            .toList();
    return !telling.isEmpty()
        && telling.stream()
            .map(p -> p.question().key())
            .allMatch(k ->
                model.answers().get(k) instanceof Answer a && a.equals(learner.answers().get(k)));
  }
}
