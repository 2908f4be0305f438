package paniclab.model.explore;

/** Takes options at random, the same ones for the same seed (SplitMix64). */
public final class Seeded implements Scheduler {
  private long state;

  /** Starts the sequence of this seed. */
  public Seeded(long seed) {
    state = seed;
  }

  @Override
  public int choose(Choice choice) {
    return (int) Long.remainderUnsigned(next(), choice.options());
  }

  private long next() {
    long z = state += 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
