package paniclab.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import paniclab.exercises.ItemBank;
import paniclab.exercises.ItemSource;
import paniclab.exercises.ModelKeys;
import paniclab.exercises.Seed;
import paniclab.exercises.grading.Assignment;
import paniclab.exercises.grading.ClassGrader;
import paniclab.exercises.grading.UsageException;
import picocli.CommandLine.Option;

/** The secret of a course: it chooses the programs each student is asked about. */
final class Secret {
  /** More than a secret is long. */
  private static final int MOST = 1 << 16;

  @Option(
      names = "--secret",
      paramLabel = "FILE",
      description =
          "The course's secret, 16 bytes or more, never to be handed out: it deals each student"
              + " programs of their own, or the class a variant of each item where all get one"
              + " notebook.")
  private Optional<Path> file = Optional.empty();

  Secret() {}

  boolean isGiven() {
    return file.isPresent();
  }

  /** The bytes of the file without the end of its last line. */
  private byte[] bytes() {
    Path path = file.orElseThrow();
    byte[] all;
    try {
      if (Files.size(path) > MOST) {
        throw new UsageException("--secret " + path + ": has more than " + MOST + " bytes");
      }
      all = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UsageException("--secret " + path + ": cannot be read: " + e.getMessage());
    }
    int end = all.length;
    while (end > 0 && (all[end - 1] == '\n' || all[end - 1] == '\r')) {
      end--;
    }
    if (end < Seed.MIN_SECRET_BYTES) {
      throw new UsageException(
          "--secret " + path + ": has " + end + " bytes; it needs " + Seed.MIN_SECRET_BYTES);
    }
    return Arrays.copyOf(all, end);
  }

  /** From the id of an item to that of the variant which a whole class is dealt, if it has any. */
  UnaryOperator<String> dealer(ItemBank bank, String course, String assignment) {
    byte[] secret = bytes();
    return id ->
        bank.find(id)
            .flatMap(i -> bank.variants().deal(i, Seed.of(secret, course, assignment, "", id)))
            .map(v -> v.posed().item().id())
            .orElse(id);
  }

  /** How an assignment puts its items to each student. */
  ItemSource source(ItemBank bank, Assignment assignment) {
    return assignment.personal() && isGiven()
        ? ItemSource.dealt(bank, bank.variants(), bytes(), assignment.course(), assignment.name())
        : ItemSource.same(bank);
  }

  ClassGrader grader(ItemBank bank) {
    return new ClassGrader(
        bank,
        ModelKeys.of(bank),
        a -> a.map(x -> source(bank, x)).orElseGet(() -> ItemSource.same(bank)));
  }
}
