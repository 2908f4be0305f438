package paniclab.exercises;

/** Where answer keys come from. */
@FunctionalInterface
public interface KeySource {

  /** A key, or the reason why there is none. */
  sealed interface Lookup {
    /** The key. */
    record Found(AnswerKey key) implements Lookup {}

    /** No key can be computed; the reason is for people. */
    record None(String reason) implements Lookup {}
  }

  /** The key of an item; the same one for the same item, from any thread. */
  Lookup key(PredictionItem item);

  /**
   * The key of an item as it is put to somebody. A source that knows items with their own programs
   * only, such as one made for a test, gives the key of those.
   */
  default Lookup key(Posed posed) {
    return key(posed.item());
  }
}
