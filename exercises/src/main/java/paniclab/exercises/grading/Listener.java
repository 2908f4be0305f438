package paniclab.exercises.grading;

/** Hears of each student as soon as the row is made. Called from several threads. */
@FunctionalInterface
public interface Listener {
  /** Tells nobody. */
  Listener NONE = _ -> {};

  /** Grading begins; called once, before all else. */
  default void assignment(String name) {}

  /** A student was graded. */
  void judged(Judged student);
}
