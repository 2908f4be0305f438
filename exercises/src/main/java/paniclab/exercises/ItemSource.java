package paniclab.exercises;

/**
 * Says which program a student is asked about. The same student, item and source always give the
 * same program, on any machine, so that grading finds again what was released without reading it
 * from what was handed in.
 */
@FunctionalInterface
public interface ItemSource {

  /** The item as it is put to a student. Called from several threads. */
  Posed pose(String student, PredictionItem item);

  /** Whether students may be asked about different programs. */
  default boolean isPersonal() {
    return false;
  }

  /** The same for everybody: each item with its own program. */
  static ItemSource same(ItemBank bank) {
    return (_, item) -> bank.posed(item);
  }
}
