package paniclab.model.trace;

import java.util.List;

/**
 * A goroutine that waits when a trace is taken, and who could end its wait.
 *
 * @param at where it waits
 * @param object what it waits for, e.g. {@code ch} or {@code mu}; empty for none
 * @param peers the other goroutines that matter, and this one where it holds what it waits for
 */
public record Wait(At at, WaitReason reason, String object, List<Peer> peers) {
  /** How a goroutine could end the wait of another. */
  public enum Role {
    /** It holds the lock. */
    HOLDS,
    /** It holds the lock for reading. */
    READS,
    /** It can reach the channel, wait group or condition from its variables. */
    REACHES
  }

  /** A goroutine that could end a wait. */
  public record Peer(int goroutine, Role role) {}

  public Wait {
    peers = List.copyOf(peers);
  }

  /** The goroutine that waits. */
  public int goroutine() {
    return at.goroutine();
  }
}
