package paniclab.exercises;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The predictions that were committed in a session, in their order. In memory only. */
public final class PredictionLog {

  /**
   * A committed prediction.
   *
   * @param attempt from 1, for this item
   */
  public record Entry(String item, int attempt, Prediction prediction, Grade grade) {}

  private final Map<String, List<Entry>> entries = new LinkedHashMap<>();

  /** An empty log. */
  public PredictionLog() {}

  synchronized Entry add(String item, Prediction prediction, Grade grade) {
    List<Entry> of = entries.computeIfAbsent(item, _ -> new ArrayList<>());
    Entry entry = new Entry(item, of.size() + 1, prediction, grade);
    of.add(entry);
    return entry;
  }

  /** The predictions for an item, the oldest first. */
  public synchronized List<Entry> of(String item) {
    return List.copyOf(entries.getOrDefault(item, Collections.emptyList()));
  }

  /** The newest prediction for an item. */
  public synchronized Optional<Entry> latest(String item) {
    List<Entry> of = of(item);
    return of.isEmpty() ? Optional.empty() : Optional.of(of.getLast());
  }
}
