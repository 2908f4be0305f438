package paniclab.exercises.grading;

/** Hears how far a class has got. Called from several threads, one call at a time. */
public interface Progress {
  /** Tells nobody. */
  Progress NONE =
      new Progress() {
        @Override
        public void done(int students, int of) {}

        @Override
        public void note(String message) {}
      };

  /** So many items of all have their keys. */
  default void keys(int items, int of) {}

  /** So many students of all are graded. */
  void done(int students, int of);

  /** Something a person should know, in one line. */
  void note(String message);
}
