package paniclab.exercises.grading;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * One of several parts of a class, so that several machines can share the work. A student always
 * falls into the same part, whoever else handed in.
 *
 * @param number from 1
 * @param of how many there are
 */
public record Shard(int number, int of) {
  /** The whole class. */
  public static final Shard ALL = new Shard(1, 1);

  public Shard {
    if (of < 1 || number < 1 || number > of) {
      throw new UsageException(
          "--shard " + number + "/" + of + ": write I/N, such as 1/4, with I from 1 to N");
    }
  }

  /** Reads I/N. */
  public static Shard parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      if (parts.length == 2) {
        return new Shard(Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip()));
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException("--shard " + text + ": write I/N, such as 1/4");
  }

  /** Whether a student belongs to it. */
  boolean has(String student) {
    CRC32 hash = new CRC32();
    hash.update(student.getBytes(StandardCharsets.UTF_8));
    return hash.getValue() % of == number - 1;
  }

  @Override
  public String toString() {
    return number + "/" + of;
  }
}
