package paniclab.model.explore;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import paniclab.model.machine.FineMachine;
import paniclab.model.machine.Image;
import paniclab.model.machine.Machine;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Operation;
import paniclab.model.machine.OutOfModelException;
import paniclab.model.machine.Pause;
import paniclab.model.machine.Run;
import paniclab.model.machine.RunOptions;
import paniclab.model.machine.StandardNatives;
import paniclab.model.outcome.Ending;
import paniclab.model.outcome.Outcome;
import paniclab.model.outcome.Verdict;
import paniclab.model.outcome.Verdict.Witness;
import paniclab.model.program.GoString;
import paniclab.model.program.Program;

/**
 * Finds every ending of a program: depth-first search over the schedules, reduced by source sets
 * and sleep sets.
 *
 * <p>The search decides before each operation that another goroutine could notice (channels, sync,
 * output, the end of the process). Plain loads, stores and map accesses are such operations only at
 * instructions seen to race: without a data race their order with other goroutines' cannot matter.
 * When a run shows a new race the search starts again with a larger set of racing instructions.
 *
 * <p>Two operations that do not depend on each other ({@link Operation#dependsOn}) are tried in one
 * order only: a goroutine whose turn was tried before and would commute sleeps until something
 * dependent happens. Source sets say more: another goroutine is tried at a place only when a run
 * showed a race ({@link Order}) whose other order begins there. The end of the process cuts off
 * what the others would have done, so where a run ends all of them are tried.
 */
public final class Explorer {
  /** The most choices of one run; past them it takes the first and the search is bounded. */
  public static final int MAX_OPERATIONS = 5_000;

  /** One goroutine may do so many visible operations before another is preferred: spin loops. */
  private static final int PATIENCE = 60;

  /** Operations that matter to nobody, in one turn of a goroutine. */
  private static final int TURN = 200;

  private static final int TURNS_BETWEEN_STOPS = 64;

  /** No goroutine. */
  private static final int NOBODY = -1;

  /** How often, in visible operations, a run asks whether the search is to stop. */
  private static final int STOP_EVERY = 256;

  /** After so many runs every fourth is a random one, so that a bounded search sees more. */
  private static final int RANDOM_AFTER = 400;

  /** How the search is reduced. */
  public enum Strategy {
    /** Source sets and sleep sets. */
    SOURCE_SETS,
    /** Sleep sets only: slower and simpler, what the other is tested against. */
    SLEEP_SETS
  }

  /** A place where the search has a choice. */
  private static final class Node {
    /** For a choice of goroutine: what could move, and its operation; empty for other choices. */
    final Map<Integer, Operation> enabled;

    final TreeSet<Integer> sleep;
    final TreeSet<Integer> done = new TreeSet<>();

    /** Whom to try here. */
    final TreeSet<Integer> backtrack = new TreeSet<>();

    final int options;
    int chosen;

    Node(Map<Integer, Operation> enabled, TreeSet<Integer> sleep, int chosen) {
      this.enabled = enabled;
      this.sleep = sleep;
      this.options = 0;
      this.chosen = chosen;
      this.backtrack.add(chosen);
    }

    Node(int options) {
      this.enabled = Map.of();
      this.sleep = new TreeSet<>();
      this.options = options;
    }

    /** Tries everybody here. */
    void backtrackAll() {
      backtrack.addAll(enabled.keySet());
    }

    /** Tries one of these here; the first of them is preferred. */
    void backtrackOne(int preferred, TreeSet<Integer> initials) {
      TreeSet<Integer> i = new TreeSet<>(initials);
      i.retainAll(enabled.keySet());
      if (i.isEmpty()) {
        backtrackAll();
      } else if (i.stream().noneMatch(backtrack::contains)) {
        backtrack.add(i.contains(preferred) ? preferred : i.first());
      }
    }

    boolean isData() {
      return options > 0;
    }

    /** Sleeping goroutines after the chosen one has moved. */
    TreeSet<Integer> sleepAfter() {
      TreeSet<Integer> s = new TreeSet<>(sleep);
      s.addAll(done);
      s.remove(chosen);
      Operation moved = enabled.getOrDefault(chosen, Operation.NONE);
      s.removeIf(q -> enabled.getOrDefault(q, Operation.NONE).dependsOn(moved));
      return s;
    }

    /** Takes the next option; whether there was one. */
    boolean next() {
      if (isData()) {
        chosen++;
        return chosen < options;
      }
      done.add(chosen);
      for (int q : backtrack) {
        if (!done.contains(q) && !sleep.contains(q)) {
          chosen = q;
          return true;
        }
      }
      return false;
    }
  }

  private static final class Found {
    final Ending ending;
    Schedule schedule;
    int switches;

    Found(Ending ending, Schedule schedule, int switches) {
      this.ending = ending;
      this.schedule = schedule;
      this.switches = switches;
    }
  }

  private final Program program;
  private final Image image;
  private final RunOptions options;
  private final Exploration budget;
  private final BooleanSupplier stop;
  private final Strategy strategy;
  private final List<Node> path = new ArrayList<>();
  private final Map<String, Found> found = new LinkedHashMap<>();
  private final Races races = new Races();
  private long executions;
  private long steps;
  private String incomplete = "";

  private Explorer(
      Program program,
      RunOptions options,
      Exploration budget,
      BooleanSupplier stop,
      Strategy strategy) {
    this.program = program;
    this.image = new Image(program, StandardNatives.get(), true);
    this.options = options.withLimits(budget.limits()).withRecord(false);
    this.budget = budget;
    this.stop = stop;
    this.strategy = strategy;
  }

  /**
   * Explores the schedules of a program.
   *
   * @param stop asked before each run; when it says true the search ends as {@code Bounded}
   */
  public static Verdict explore(
      Program program, RunOptions options, Exploration budget, BooleanSupplier stop) {
    return explore(program, options, budget, stop, Strategy.SOURCE_SETS);
  }

  /** The same, reduced in a given way. */
  public static Verdict explore(
      Program program,
      RunOptions options,
      Exploration budget,
      BooleanSupplier stop,
      Strategy strategy) {
    try {
      return new Explorer(program, options, budget, stop, strategy).search();
    } catch (OutOfModelException e) {
      Ending notStarted =
          new Ending(
              new Outcome.OutOfModel(String.valueOf(e.getMessage())),
              GoString.EMPTY,
              GoString.EMPTY);
      return new Verdict.Always(new Witness(notStarted, Schedule.FIRST), 0, List.of());
    }
  }

  private Verdict search() {
    Seeded random = new Seeded(1);
    while (true) {
      if (outOfBudget()) {
        break;
      }
      execute(Optional.empty());
      if (executions == 1 && endless()) {
        sample();
      }
      if (races.takeNew()) {
        path.clear();
        continue;
      }
      if (!backtrack()) {
        break;
      }
      boolean tooLong = !incomplete.isEmpty();
      if ((tooLong || executions > RANDOM_AFTER && executions % 4 == 0) && !outOfBudget()) {
        execute(Optional.of(random));
        if (races.takeNew()) {
          path.clear();
        }
      }
    }
    return verdict();
  }

  /** Whether the only run so far was cut off by a limit. */
  private boolean endless() {
    return found.values().stream().anyMatch(f -> f.ending.outcome() instanceof Outcome.Unfinished);
  }

  /**
   * Runs a program that may never end in time slices too, as the plain machine does: slices cut
   * where no decision of the search falls, between the mark of a map write and its end.
   */
  private void sample() {
    for (Scheduler s : List.of(new RoundRobin(), new Seeded(1), new Seeded(2), new Seeded(3))) {
      if (outOfBudget()) {
        return;
      }
      Run run = Machines.run(program, options, s, stop);
      executions++;
      steps += run.steps();
      if (!(run.ending().outcome() instanceof Outcome.Unfinished)) {
        found.putIfAbsent(
            run.ending().key(), new Found(run.ending(), run.schedule(), Integer.MAX_VALUE));
      }
    }
  }

  private boolean outOfBudget() {
    if (executions >= budget.executions()) {
      incomplete = "the budget of " + budget.executions() + " runs is used up";
    } else if (steps >= budget.steps()) {
      incomplete = "the budget of " + budget.steps() + " steps is used up";
    } else if (executions > 0 && stop.getAsBoolean()) {
      incomplete = "the time for the search is used up";
    } else {
      return false;
    }
    return true;
  }

  private boolean backtrack() {
    while (!path.isEmpty()) {
      if (path.getLast().next()) {
        return true;
      }
      path.removeLast();
    }
    return false;
  }

  private Verdict verdict() {
    List<Witness> w = found.values().stream().map(f -> new Witness(f.ending, f.schedule)).toList();
    for (Witness x : w) {
      if (x.ending().outcome() instanceof Outcome.Unfinished u) {
        incomplete = incomplete.isEmpty() ? u.message() : incomplete;
      }
    }
    if (!incomplete.isEmpty() || w.isEmpty()) {
      return new Verdict.Bounded(w, executions, races.found(), incomplete);
    }
    return w.size() == 1
        ? new Verdict.Always(w.getFirst(), executions, races.found())
        : new Verdict.Depends(w, executions, races.found());
  }

  /** One run: along the path and, past its end, anywhere; or at random where that is given. */
  private void execute(Optional<Scheduler> random) {
    executions++;
    races.begin();
    Execution e = new Execution(random);
    e.run();
    steps += e.machine.steps();
  }

  /** One run of the search. */
  private final class Execution implements Scheduler, Machine.Listener {
    private final Order order = new Order();

    /** Nodes before this one were there before this run, and their races are known. */
    private final int firstNew = path.size() - 1;

    private final Optional<Scheduler> random;
    private final FineMachine machine;
    private final Map<Integer, Pause> paused = new TreeMap<>();
    private TreeSet<Integer> sleep = new TreeSet<>();
    private int depth;
    private int operations;
    private int last = NOBODY;
    private int streak;
    private int switches;
    private int turns;

    /** Where the last move was chosen; empty once time has passed since. */
    private Optional<Node> atNode = Optional.empty();

    Execution(Optional<Scheduler> random) {
      this.random = random;
      this.machine = new FineMachine(image, options, this, this);
    }

    /** Past the limit nothing is decided any more, so nothing need be known of races. */
    private boolean tooLong() {
      return operations > MAX_OPERATIONS;
    }

    @Override
    public void spawned(int parent, int child) {
      if (tooLong()) {
        return;
      }
      races.spawned(parent, child);
      order.spawned(parent, child);
    }

    @Override
    public void woken(int goroutine, int by) {
      if (tooLong()) {
        return;
      }
      races.woken(goroutine, by);
      order.woken(goroutine, by);
    }

    @Override
    public boolean passes(Pause p) {
      if (races.isRacy(p.site())) {
        return false;
      }
      if (!tooLong()) {
        races.operation(p);
      }
      return true;
    }

    @Override
    public int choose(Choice c) {
      if (random.isPresent()) {
        return random.get().choose(c);
      }
      if (depth == path.size()) {
        path.add(new Node(c.options()));
      }
      return path.get(depth++).chosen;
    }

    void run() {
      while (true) {
        settle();
        if (machine.ending().isPresent()) {
          ended();
          record(machine.ending().get());
          return;
        }
        if (paused.keySet().stream().noneMatch(machine::isRunnable)) {
          machine.advanceTime();
          order.timePassed();
          atNode = Optional.empty();
          continue;
        }
        lookAgain();
        if (parkAll()) {
          continue;
        }
        operations++;
        if (executions > 1 && operations % STOP_EVERY == 0 && stop.getAsBoolean()) {
          return;
        }
        int p = random.map(this::pickAtRandom).orElseGet(this::pick);
        if (p == NOBODY) {
          return;
        }
        streak = p == last ? streak + 1 : 0;
        switches += p == last ? 0 : 1;
        last = p;
        move(p);
      }
    }

    /** A race: at the place where the earlier operation was chosen another is to be tried. */
    private void reverse(int p, Operation o) {
      for (int i : order.races(p, o)) {
        path.get(order.node(i)).backtrackOne(p, order.initials(i, p, o));
      }
    }

    /** The end cut off the others. */
    private void ended() {
      if (random.isPresent()) {
        return;
      }
      atNode.ifPresent(Node::backtrackAll);
      paused.forEach((p, pause) -> reverse(p, pause.operation()));
    }

    private void move(int p) {
      Optional.ofNullable(paused.remove(p)).filter(x -> !tooLong()).ifPresent(races::operation);
      note(machine.advance(p));
    }

    private void note(Pause p) {
      if (!p.operation().accesses().isEmpty()) {
        paused.put(p.goroutine(), p);
      }
    }

    /**
     * Moves every goroutine up to an operation that matters to others, in turns: one that never
     * gets there must not keep the others from racing with it.
     */
    private void settle() {
      boolean moved = true;
      while (moved && machine.ending().isEmpty()) {
        moved = false;
        for (int id : new TreeSet<>(machine.runnable())) {
          for (int n = 0; n < TURN && FineMachine.isGoroutine(id) && canSettle(id); n++) {
            move(id);
            moved = true;
          }
        }
        if (++turns % TURNS_BETWEEN_STOPS == 0 && stop.getAsBoolean()) {
          machine.stop("the time for the search is used up");
        }
      }
      lookOutside();
    }

    /** What may come from outside, and a timer that may fire, is an operation like any other. */
    private void lookOutside() {
      if (machine.isRunnable(FineMachine.OUTSIDE)) {
        paused.put(FineMachine.OUTSIDE, machine.pending(FineMachine.OUTSIDE));
      } else {
        paused.remove(FineMachine.OUTSIDE);
      }
      paused.keySet().removeIf(id -> id != FineMachine.OUTSIDE && !FineMachine.isGoroutine(id));
      if (machine.hasMoreTimers()) {
        incomplete = "more than " + FineMachine.MAX_TIMERS + " timers are due at the same time";
      }
      for (int id : machine.timers()) {
        paused.put(id, machine.pending(id));
      }
    }

    private boolean canSettle(int id) {
      return machine.ending().isEmpty() && !matters(id) && machine.isRunnable(id);
    }

    /** What the goroutines are about to do may depend on what others did meanwhile. */
    private void lookAgain() {
      paused.replaceAll((id, old) -> machine.pending(id));
    }

    /** When no goroutine can do anything but wait, all of them do; whether that was so. */
    private boolean parkAll() {
      List<Integer> ids =
          paused.keySet().stream()
              .filter(id -> FineMachine.isGoroutine(id) && machine.isRunnable(id))
              .toList();
      if (ids.isEmpty() || ids.stream().anyMatch(id -> machine.pending(id).ready())) {
        return false;
      }
      for (int id : ids) {
        reverseUnlessRandom(id);
        move(id);
      }
      return true;
    }

    private void reverseUnlessRandom(int id) {
      if (random.isEmpty()) {
        reverse(id, machine.pending(id).operation());
      }
    }

    private boolean matters(int id) {
      Pause p = paused.get(id);
      return p != null && (!p.memory() || races.isRacy(p.site()));
    }

    private Map<Integer, Operation> enabled() {
      Map<Integer, Operation> m = new TreeMap<>();
      for (Map.Entry<Integer, Pause> e : paused.entrySet()) {
        if (e.getValue().ready() && machine.isRunnable(e.getKey())) {
          m.put(e.getKey(), e.getValue().operation());
        }
      }
      return m;
    }

    private int pickAtRandom(Scheduler random) {
      List<Integer> ids = List.copyOf(enabled().keySet());
      return ids.size() == 1
          ? ids.getFirst()
          : ids.get(random.choose(new Choice.Goroutine(ids, last, false)));
    }

    /** The goroutine to move; NOBODY when all of them sleep: this run repeats an earlier one. */
    private int pick() {
      if (depth < path.size()) {
        Node known = path.get(depth);
        if (known.isData() || !machine.isRunnable(known.chosen)) {
          incomplete = "a run of the search could not be repeated up to its last choice";
          return NOBODY;
        }
        return take(known);
      }
      Map<Integer, Operation> enabled = enabled();
      int p = NOBODY;
      for (int q : enabled.keySet()) {
        if (!sleep.contains(q) && (p == NOBODY || q == last && streak < PATIENCE)) {
          p = q;
        }
      }
      if (streak >= PATIENCE) {
        for (int q : enabled.keySet()) {
          if (!sleep.contains(q) && q != last) {
            p = q;
            streak = 0;
            break;
          }
        }
      }
      if (p == NOBODY) {
        return NOBODY;
      }
      if (tooLong()) {
        incomplete = "a run has more than " + MAX_OPERATIONS + " visible operations";
        return p;
      }
      Node n = new Node(enabled, sleep, p);
      if (strategy == Strategy.SLEEP_SETS) {
        n.backtrackAll();
      }
      path.add(n);
      return take(n);
    }

    private int take(Node n) {
      // Not the node's: the objects of an earlier run are not those of this one.
      Operation o = machine.pending(n.chosen).operation();
      if (depth >= firstNew && strategy == Strategy.SOURCE_SETS) {
        reverse(n.chosen, o);
      }
      if (random.isEmpty() && FineMachine.isGoroutine(n.chosen)) {
        timersAgainst(n, o);
      }
      order.happened(n.chosen, o, depth);
      depth++;
      atNode = Optional.of(n);
      sleep = n.sleepAfter();
      return n.chosen;
    }

    /** What is about to be done may stop a timer, which then never does what it could do here. */
    private void timersAgainst(Node n, Operation o) {
      for (int timer : machine.timers()) {
        if (n.enabled.containsKey(timer) && machine.pending(timer).operation().dependsOn(o)) {
          n.backtrack.add(timer);
        }
      }
    }

    private void record(Ending e) {
      if (e.outcome() instanceof Outcome.Unfinished u && u.limit() == Outcome.Limit.STOPPED) {
        incomplete = u.message();
        return;
      }
      Schedule s = machine.schedule();
      Found f = found.putIfAbsent(e.key(), new Found(e, s, switches));
      if (f != null
          && (switches < f.switches
              || switches == f.switches && s.length() < f.schedule.length())) {
        f.schedule = s;
        f.switches = switches;
      }
    }
  }
}
