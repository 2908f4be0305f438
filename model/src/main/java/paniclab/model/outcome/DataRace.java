package paniclab.model.outcome;

import paniclab.model.program.Position;

/**
 * Two accesses to one variable, at least one of them a write, with no order between them, as Go's
 * race detector defines it. The two places may be the same.
 *
 * @param first the place that comes first in the source
 */
public record DataRace(Position first, Position second) {
  /** The two places as {@code FILE:LINE}, in the order of the source. */
  public String places() {
    return place(first) + ", " + place(second);
  }

  private static String place(Position p) {
    return p.isKnown() ? p.file() + ":" + p.line() : p.toString();
  }
}
