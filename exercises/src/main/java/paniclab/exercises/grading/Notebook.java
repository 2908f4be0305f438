package paniclab.exercises.grading;

import java.util.List;

/**
 * The cells that could be read of a notebook file, and what was wrong with it.
 *
 * @param readable whether it is a notebook at all
 * @param timedOut whether reading ended because time was over
 */
record Notebook(List<Cell> cells, List<String> faults, boolean readable, boolean timedOut) {
  Notebook {
    cells = List.copyOf(cells);
    faults = List.copyOf(faults);
  }

  static Notebook unreadable(String fault) {
    return new Notebook(List.of(), List.of(fault), false, false);
  }
}
