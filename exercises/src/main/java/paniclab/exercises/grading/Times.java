package paniclab.exercises.grading;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Times as tools of classes write them. Where no offset is given it is UTC, as in nbgrader. */
final class Times {
  private static final DateTimeFormatter NBGRADER =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private Times() {}

  /** Reads a time, such as 2026-12-01T23:59+08:00 or 2026-12-01 15:59:00.5 UTC. */
  static Optional<Instant> parse(String text) {
    String t = text.strip().replaceFirst("(?i) ?(UTC|GMT|Z)$", "Z");
    t = t.replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) +", "$1T").replaceFirst(" +([+-])", "$1");
    t = t.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
    try {
      return Optional.of(OffsetDateTime.parse(t).toInstant());
    } catch (DateTimeException e) {
      // perhaps without an offset
    }
    String local = t.replaceFirst("Z$", "");
    try {
      return Optional.of(LocalDateTime.parse(local).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      // perhaps a day
    }
    try {
      return Optional.of(LocalDate.parse(local).atTime(23, 59, 59).toInstant(ZoneOffset.UTC));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** As nbgrader exports it: UTC, without saying so. */
  static String nbgrader(Instant time) {
    return NBGRADER.format(time.atOffset(ZoneOffset.UTC));
  }
}
