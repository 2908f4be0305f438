package paniclab.model.machine;

/** A Go function value that is not nil. */
public final class Closure {
  final String function;
  final long[] longs;
  final Object[] refs;
  Code code;

  Closure(String function, long[] longs, Object[] refs) {
    this.function = function;
    this.longs = longs;
    this.refs = refs;
  }

  /** The unique name of the function. */
  public String function() {
    return function;
  }
}
