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

  /** Names it among the timers of a process, from 1; 0 for one that wakes a sleeper. */
  int number;

  Goroutine sleeper;
  long sleeperTicket;

  Closure function;
  Object argument;

  /** The channel it feeds, or null: Stop and Reset empty it. */
  ChannelValue channel;

  Timer() {}

  /** Whether firing changes anything: a channel that holds a time already takes no other. */
  boolean isEffective() {
    return channel == null || channel.buffer.isEmpty();
  }

  /**
   * Whether time can go on because of it when nobody can run: since Go 1.23 a timer whose channel
   * nobody waits for is on no heap.
   */
  boolean isAwaited() {
    return channel == null || channel.hasReceiver();
  }

  @Override
  public int compareTo(Timer o) {
    return when != o.when ? Long.compare(when, o.when) : Long.compare(order, o.order);
  }
}
