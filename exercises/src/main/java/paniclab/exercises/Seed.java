package paniclab.exercises;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A number that only the course can compute: HMAC-SHA256 of the course's secret and {@code course |
 * assignment | student | item}. The same student always gets the same variant; nobody else can tell
 * which.
 */
public final class Seed {
  /** A secret below this many bytes can be guessed. */
  public static final int MIN_SECRET_BYTES = 16;

  private static final String ALGORITHM = "HmacSHA256";

  private final long bits;

  private Seed(long bits) {
    this.bits = bits;
  }

  /**
   * The seed of a student's item.
   *
   * @param secret of the course, at least {@value #MIN_SECRET_BYTES} bytes
   * @throws IllegalArgumentException for a secret that is too short
   */
  public static Seed of(
      byte[] secret, String course, String assignment, String student, String item) {
    if (secret.length < MIN_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "the course's secret has "
              + secret.length
              + " bytes; it needs at least "
              + MIN_SECRET_BYTES);
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret, ALGORITHM));
      for (String part : List.of(course, assignment, student, item)) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // With its length, so that no two lists of parts are the same bytes.
        mac.update((bytes.length + "|").getBytes(StandardCharsets.US_ASCII));
        mac.update(bytes);
      }
      return new Seed(ByteBuffer.wrap(mac.doFinal()).getLong());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /** A number from 0 to {@code n} - 1, the same for the same seed. */
  public int below(int n) {
    return (int) Long.remainderUnsigned(bits, n);
  }
}
