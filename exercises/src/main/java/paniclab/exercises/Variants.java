package paniclab.exercises;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import paniclab.golang.GoFrontEnd;
import paniclab.golang.Mutation;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.programs.GoProgram;

/**
 * Other programs of the same idea. From an item's program typed edits make others: a defer less, a
 * recover one call deeper, a buffer in a channel, two statements exchanged. Those of them that the
 * model can follow on all schedules, and that are answered otherwise than the item and than each
 * other, are the item's pool. The pool of an item is always the same; learners go through it by
 * number ({@code ITEM~1}, {@code ITEM~2}, …), a course deals from it by {@link Seed}. Safe from
 * several threads.
 */
public final class Variants {
  /** The most variants of an item. */
  public static final int POOL = 8;

  /** The most programs that are looked at to fill a pool; each costs a compilation and a search. */
  public static final int CANDIDATES = 40;

  /** The most variants that differ from the item's program in the text of a panic alone. */
  private static final int SAME_BUT_FOR_A_WORD = 2;

  /** More lines than this on stdout are tedious to predict. */
  private static final int LINES = 12;

  /** More ways for stdout to come out than this are a puzzle of another kind. */
  private static final int WAYS = 3;

  private static final String WHY = new Question.Why(List.of()).key();

  /** Between the id of an item and the number of its variant. */
  private static final Pattern ID = Pattern.compile("(.+)~([1-9][0-9]{0,2})");

  private final ItemBank bank;
  private final KeySource keys;
  private final Map<String, Search> searches = new ConcurrentHashMap<>();

  /**
   * Variants of the items of a bank.
   *
   * @param keys of the items themselves: a variant is answered otherwise
   */
  public Variants(ItemBank bank, KeySource keys) {
    this.bank = bank;
    this.keys = keys;
  }

  /** An id taken apart: the item, and the number of the variant from 1. */
  public record Reference(String item, int number) {}

  /** What an id refers to; absent when it names no variant. */
  public static Optional<Reference> reference(String id) {
    Matcher m = ID.matcher(id);
    return m.matches()
        ? Optional.of(new Reference(m.group(1), Integer.parseInt(m.group(2))))
        : Optional.empty();
  }

  /** The variant of an id such as {@code ch1-goexit~2}; absent when there is none. */
  public Optional<Variant> find(String id) {
    return reference(id)
        .flatMap(r ->
            bank.find(r.item())
                .map(item -> search(item).first(r.number()))
                .filter(found -> r.number() <= found.size())
                .map(found -> found.get(r.number() - 1)));
  }

  /** The variant that a seed deals; absent when the item has none. */
  public Optional<Variant> deal(PredictionItem item, Seed seed) {
    List<Variant> pool = pool(item);
    return pool.isEmpty() ? Optional.empty() : Optional.of(pool.get(seed.below(pool.size())));
  }

  /** All variants of an item, at most {@value #POOL}; computed once. */
  public List<Variant> pool(PredictionItem item) {
    return search(item).first(POOL);
  }

  private Search search(PredictionItem item) {
    return searches.computeIfAbsent(item.id(), _ -> new Search(item));
  }

  /** A program on its way into a pool. */
  private record Candidate(GoProgram program, List<Mutation> edits) {
    boolean onlyWords() {
      return edits.stream().allMatch(m -> m.kind().equals("panic-value"));
    }
  }

  /** The search for the pool of one item; it goes on as far as it is asked to. */
  private final class Search {
    private final PredictionItem item;
    private final List<Variant> found = new ArrayList<>();
    private final Set<List<List<Answer>>> answers = new HashSet<>();
    private final Set<String> programs = new HashSet<>();
    private final Deque<Candidate> waiting = new ArrayDeque<>();
    private final Deque<Candidate> edited = new ArrayDeque<>();
    private boolean begun;
    private int looked;
    private int onlyWords;

    Search(PredictionItem item) {
      this.item = item;
    }

    /** The first {@code n} variants; fewer where the item has no more. */
    synchronized List<Variant> first(int n) {
      if (!begun) {
        begun = true;
        begin();
      }
      while (found.size() < Math.min(n, POOL) && looked < CANDIDATES) {
        if (waiting.isEmpty() && edited.isEmpty()) {
          break;
        }
        // Two edits, where one does not give enough.
        if (waiting.isEmpty()) {
          waiting.addAll(candidates(edited.removeFirst()));
        } else {
          take(waiting.removeFirst());
        }
      }
      return List.copyOf(found.subList(0, Math.min(n, found.size())));
    }

    private void begin() {
      if (item.hasVariants() && keys.key(item) instanceof KeySource.Lookup.Found(AnswerKey key)) {
        GoProgram base = bank.program(item);
        answers.add(answers(key));
        programs.add(base.source());
        waiting.addAll(candidates(new Candidate(base, List.of())));
        edited.addAll(waiting);
      }
    }

    private void take(Candidate c) {
      if (c.onlyWords() && onlyWords >= SAME_BUT_FOR_A_WORD
          || !programs.add(c.program().source())) {
        return;
      }
      looked++;
      variant(c)
          .ifPresent(v -> {
            found.add(v);
            onlyWords += c.onlyWords() ? 1 : 0;
          });
    }

    private List<Candidate> candidates(Candidate from) {
      List<Mutation> mutations = mixed(GoFrontEnd.bundled().mutations(from.program().sources()));
      return mutations.stream()
          .filter(m -> from.edits().stream().noneMatch(e -> e.kind().equals(m.kind())))
          .map(m -> {
            List<Mutation> edits = new ArrayList<>(from.edits());
            edits.add(m);
            return new Candidate(from.program().withSources(m.sources()), edits);
          })
          .toList();
    }

    private Optional<Variant> variant(Candidate c) {
      String id = item.id() + "~" + (found.size() + 1);
      return keyed(item.variant(id, id), c.program().withId(id))
          .filter(key -> fair(key) && answers.add(answers(key)))
          .map(key ->
              new Variant(
                  new Posed(key.item(), c.program().withId(id)),
                  c.edits().stream().map(m -> m.kind() + ":" + m.line()).toList(),
                  key));
    }
  }

  /** The key; absent where the model cannot follow the program, or no rule decides in it. */
  private static Optional<AnswerKey> keyed(PredictionItem item, GoProgram program) {
    if (!(ModelKeys.evidence(program) instanceof ModelKeys.Found.Evident(Evidence evidence))) {
      return Optional.empty();
    }
    try {
      return reasoned(item, evidence)
          .filter(fitting -> !fitting.ask().isEmpty())
          .map(fitting ->
              AnswerKey.from(fitting, new Posed(fitting, program).questions(), evidence));
    } catch (BadItemException e) {
      return Optional.empty(); // a run did not come to an end of the program's own
    }
  }

  /**
   * The item with rules made to fit, so that exactly one of them decides: where none of its own
   * does, one that does is offered among others. Absent where the item asks why and the program has
   * no single answer to that: it is of another idea.
   */
  private static Optional<PredictionItem> reasoned(PredictionItem item, Evidence evidence) {
    List<Rule> own = item.rules().stream().filter(r -> r.decides(evidence)).toList();
    if (own.size() == 1) {
      return Optional.of(item);
    }
    List<Rule> any = List.of(Rule.values()).stream().filter(r -> r.decides(evidence)).toList();
    if (any.isEmpty()) {
      return Optional.empty();
    }
    if (!item.ask().contains(WHY)) {
      return Optional.of(item.withRules(List.of(any.getFirst())));
    }
    return own.isEmpty() && any.size() == 1
        ? Optional.of(item.withRules(among(item, any.getFirst())))
        : Optional.empty();
  }

  /** Not the right rule alone: what is new on the list would be the answer. */
  private static List<Rule> among(PredictionItem item, Rule right) {
    Set<Rule> rules = new LinkedHashSet<>(item.rules());
    rules.add(right);
    List<Rule> others = new ArrayList<>(List.of(Rule.values()));
    Collections.rotate(others, hash(item.id()) % others.size());
    others.stream().filter(r -> !rules.contains(r)).limit(2).toList().forEach(rules::add);
    return List.copyOf(rules);
  }

  /** Whether a learner could be expected to answer: all schedules known, not too much to write. */
  private static boolean fair(AnswerKey key) {
    Verdict verdict = key.evidence().verdict();
    if (!verdict.complete() || verdict.dataRace()) {
      return false;
    }
    for (Verdict.Witness w : verdict.witnesses()) {
      Outcome o = w.ending().outcome();
      if (o instanceof Outcome.Unfinished || o instanceof Outcome.OutOfModel) {
        return false;
      }
    }
    return key.parts().stream()
        .filter(p -> p.question() instanceof Question.Prints)
        .allMatch(p ->
            p.accepted().size() <= WAYS
                && p.accepted().stream()
                    .allMatch(a ->
                        !(a.answer() instanceof Answer.Sequence(List<String> lines))
                            || lines.size() <= LINES));
  }

  private static List<List<Answer>> answers(AnswerKey key) {
    return key.parts().stream()
        .filter(p -> !(p.question() instanceof Question.Why))
        .map(p -> p.accepted().stream().map(AnswerKey.Accepted::answer).toList())
        .toList();
  }

  /** Every kind of edit in turn, so that a pool holds many kinds; the same order every time. */
  private static List<Mutation> mixed(List<Mutation> mutations) {
    Map<String, Integer> seen = new HashMap<>();
    Map<Mutation, Integer> round = new LinkedHashMap<>();
    mutations.forEach(m -> round.put(m, seen.merge(m.kind(), 1, Integer::sum)));
    return round.entrySet().stream()
        .sorted(
            Map.Entry.<Mutation, Integer>comparingByValue()
                .thenComparing(
                    Map.Entry.comparingByKey(Comparator.comparingInt(m -> hash(m.kind())))))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static int hash(String s) {
    int h = s.hashCode();
    h = (h ^ (h >>> 16)) * 0x85EBCA6B;
    return h ^ (h >>> 13);
  }
}
