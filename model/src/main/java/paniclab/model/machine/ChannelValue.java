package paniclab.model.machine;

import java.util.ArrayDeque;

/**
 * A Go channel that is not nil.
 *
 * <p>Invariants, as in Go's chan.go: at most one of the two wait queues is not empty, but for a
 * goroutine that waits on both in one select; a buffered channel with room has no waiting senders;
 * one with elements has no waiting receivers.
 */
public final class ChannelValue {
  /** A value on its way. */
  record Item(long bits, Object ref) {}

  /**
   * A goroutine that waits to send or to receive.
   *
   * @param ticket of the wait it belongs to; a waiter of an older wait is stale
   * @param option the case of a select, or 0
   */
  record Waiter(Goroutine goroutine, long ticket, int option, long bits, Object ref) {
    boolean stale() {
      return goroutine.ticket != ticket;
    }
  }

  final int id;
  final RType elem;
  final int capacity;
  final String label;
  final ArrayDeque<Item> buffer = new ArrayDeque<>();
  final ArrayDeque<Waiter> receivers = new ArrayDeque<>();
  final ArrayDeque<Waiter> senders = new ArrayDeque<>();
  boolean closed;

  /** A timer's channel: the timer that feeds it, or null. */
  Timer timer;

  ChannelValue(int id, RType elem, int capacity, String label) {
    this.id = id;
    this.elem = elem;
    this.capacity = capacity;
    this.label = label;
  }

  /** The name to show: that of the variable it was made for, or a number. */
  public String label() {
    return label.isEmpty() ? "chan#" + id : label;
  }

  /** Elements in the buffer, as Go's len. */
  public int length() {
    return buffer.size();
  }

  Waiter pollReceiver() {
    return poll(receivers);
  }

  Waiter pollSender() {
    return poll(senders);
  }

  private static Waiter poll(ArrayDeque<Waiter> q) {
    for (Waiter w; (w = q.poll()) != null; ) {
      if (!w.stale()) {
        return w;
      }
    }
    return null;
  }

  boolean hasReceiver() {
    return has(receivers);
  }

  boolean hasSender() {
    return has(senders);
  }

  private static boolean has(ArrayDeque<Waiter> q) {
    while (!q.isEmpty()) {
      if (!q.peek().stale()) {
        return true;
      }
      q.poll();
    }
    return false;
  }
}
