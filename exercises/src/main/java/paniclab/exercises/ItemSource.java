package paniclab.exercises;

import java.util.List;
import java.util.Optional;

/**
 * Says which program a student is asked about. The same student, item and source always give the
 * same program, on any machine, so that grading finds again what was released without reading it
 * from what was handed in.
 */
@FunctionalInterface
public interface ItemSource {

  /** The item as it is put to a student. Called from several threads. */
  Posed pose(String student, PredictionItem item);

  /** What other students may be asked in place of what {@link #pose} puts to this one. */
  default List<Variant> others(String student, PredictionItem item) {
    return List.of();
  }

  /** Whether students may be asked about different programs. */
  default boolean isPersonal() {
    return false;
  }

  /** The same for everybody: each item with its own program. */
  static ItemSource same(ItemBank bank) {
    return (_, item) -> bank.posed(item);
  }

  /**
   * To each student the variant that the course's secret deals; the item itself where it has no
   * variants. What is posed keeps the item's id, so that nothing tells which variant it is.
   *
   * @param secret at least {@value Seed#MIN_SECRET_BYTES} bytes
   * @throws IllegalArgumentException for a secret that is too short
   */
  static ItemSource dealt(
      ItemBank bank, Variants variants, byte[] secret, String course, String assignment) {
    Seed.of(secret, course, assignment, "", "");
    return new ItemSource() {
      private Optional<Variant> dealt(String student, PredictionItem item) {
        return variants.deal(item, Seed.of(secret, course, assignment, student, item.id()));
      }

      @Override
      public Posed pose(String student, PredictionItem item) {
        return dealt(student, item)
            .map(v -> v.posed().under(item.id()))
            .orElseGet(() -> bank.posed(item));
      }

      @Override
      public List<Variant> others(String student, PredictionItem item) {
        Optional<Variant> own = dealt(student, item);
        return variants.pool(item).stream().filter(v -> !own.equals(Optional.of(v))).toList();
      }

      @Override
      public boolean isPersonal() {
        return true;
      }
    };
  }
}
