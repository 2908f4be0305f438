package paniclab.exercises.grading;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** Puts the parts of a class together that were graded by {@code --shard}. */
public final class Merge {
  private Merge() {}

  /**
   * The report of all parts.
   *
   * @param sheets as {@code --out} named them; their journals lie beside them
   * @throws UsageException when a part is missing, or the parts do not belong together
   */
  public static GradeReport of(List<Path> sheets) throws IOException {
    Map<String, GradeRow> rows = new TreeMap<>();
    TreeSet<Integer> parts = new TreeSet<>();
    List<String> remarks = new ArrayList<>();
    Optional<Journal.Head> first = Optional.empty();
    for (Path sheet : sheets) {
      Journal journal =
          Journal.read(Journal.beside(sheet))
              .orElseThrow(() ->
                  new UsageException(
                      sheet + ": was not graded to its end: there is no " + Journal.beside(sheet)));
      Journal.Head head = journal.head();
      if (first.isPresent() && !belong(first.get(), head)) {
        throw new UsageException(
            sheet
                + ": was graded for another assignment, or under other terms, than "
                + sheets.getFirst());
      }
      first = first.or(() -> Optional.of(head));
      parts.add(head.shard().number());
      for (Journal.Entry e : journal.entries().values()) {
        if (rows.putIfAbsent(e.row().studentId(), e.row()) != null) {
          remarks.add("student " + e.row().studentId() + " is in two parts; the first one counts");
        }
      }
    }
    Journal.Head head = first.orElseThrow(() -> new UsageException("--merge needs sheets"));
    for (int part = 1; part <= head.shard().of(); part++) {
      if (!parts.contains(part)) {
        throw new UsageException("part " + part + "/" + head.shard().of() + " is missing");
      }
    }
    return new GradeReport(
        head.assignment(),
        head.due().map(Instant::parse),
        List.copyOf(rows.values()),
        List.of(),
        remarks);
  }

  private static boolean belong(Journal.Head a, Journal.Head b) {
    return a.assignment().equals(b.assignment())
        && a.terms().equals(b.terms())
        && a.shard().of() == b.shard().of();
  }
}
