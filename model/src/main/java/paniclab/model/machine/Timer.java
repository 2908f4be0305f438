package paniclab.model.machine;

/**
 * A timer on the virtual clock. When it fires it wakes a sleeping goroutine, or calls a Go function
 * {@code f(arg any, seq uintptr, delta int64)} that may not block, as the runtime does.
 */
public final class Timer implements Comparable<Timer> {
  long when;
  long period;
  long order;
  boolean active;

  Goroutine sleeper;
  long sleeperTicket;

  Closure function;
  Object argument;

  /** The channel it feeds, or null: Stop and Reset empty it. */
  ChannelValue channel;

  Timer() {}

  @Override
  public int compareTo(Timer o) {
    return when != o.when ? Long.compare(when, o.when) : Long.compare(order, o.order);
  }
}
