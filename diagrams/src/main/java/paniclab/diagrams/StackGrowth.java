package paniclab.diagrams;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import paniclab.model.stack.GoStack;
import paniclab.model.stack.Growth;
import paniclab.model.stack.StackLimits;
import paniclab.model.trace.Event;
import paniclab.model.trace.Trace;

/**
 * The copies of one goroutine's stack to a larger one, of which the goroutine with the largest
 * stack is taken, and what became of the variables.
 *
 * @param goroutine whose stack it is; 0 for a stack that stands alone
 * @param copies the first and the last, when there are too many
 * @param gap the index in {@code copies} before which some are left out
 * @param hidden how many are left out there
 * @param overflow whether the stack overflowed in the end
 * @param exact whether the frames are as Go's compiler made them
 */
public record StackGrowth(
    int goroutine, List<Growth> copies, int gap, int hidden, boolean overflow, boolean exact)
    implements Diagram {
  /** The most copies drawn. */
  public static final int MAX_COPIES = 6;

  public StackGrowth {
    copies = List.copyOf(copies);
  }

  /** The largest stack of a run. */
  public static StackGrowth of(Trace trace) {
    Run run = Run.of(trace);
    return folded(run.goroutine(), run.copies(), run.overflow(), run.exact());
  }

  /** A stack that somebody grew. */
  public static StackGrowth of(GoStack stack) {
    return folded(0, stack.growths(), stack.overflowed(), true);
  }

  private static StackGrowth folded(
      int goroutine, List<Growth> all, boolean overflow, boolean exact) {
    int hidden = Math.max(0, all.size() - MAX_COPIES);
    List<Growth> shown = new ArrayList<>(all);
    int gap = MAX_COPIES / 2;
    if (hidden > 0) {
      shown.subList(gap, gap + hidden).clear();
    }
    return new StackGrowth(goroutine, shown, gap, hidden, overflow, exact);
  }

  /** All copies of the goroutine with the largest stack of a run. */
  record Run(int goroutine, List<Growth> copies, boolean overflow, boolean exact) {
    static Run of(Trace trace) {
      Map<Integer, List<Event.StackGrew>> by = new LinkedHashMap<>();
      Optional<Integer> died = Optional.empty();
      for (Event e : trace.events()) {
        if (e instanceof Event.StackGrew s) {
          by.computeIfAbsent(s.at().goroutine(), _ -> new ArrayList<>()).add(s);
        } else if (e instanceof Event.FatalRaised f && f.error().equals("stack overflow")) {
          died = Optional.of(f.at().goroutine());
        }
      }
      int largest = died.orElse(0);
      for (Map.Entry<Integer, List<Event.StackGrew>> e : by.entrySet()) {
        if (died.isEmpty()
            && (largest == 0
                || e.getValue().getLast().to()
                    > by.getOrDefault(largest, e.getValue()).getLast().to())) {
          largest = e.getKey();
        }
      }
      List<Event.StackGrew> events = by.getOrDefault(largest, List.of());
      return new Run(
          largest,
          events.stream().map(Run::growth).toList(),
          died.isPresent(),
          events.stream().allMatch(Event.StackGrew::exact));
    }

    private static Growth growth(Event.StackGrew s) {
      return new Growth(s.function(), s.depth(), s.from(), s.to(), 0, 0, List.of());
    }
  }

  /** The size that the largest stack had in the end. */
  long last() {
    return copies.isEmpty() ? StackLimits.STACK_MIN : copies.getLast().to();
  }
}
