package paniclab.exercises.grading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which cells answer which item: by what the cell's first line says, or what its metadata says, or
 * else, for an item that no cell names, by what the cell looks like and where it stands.
 */
final class Claims {
  /** The version of nbgrader's cell metadata that is current. */
  private static final String SCHEMA = "3";

  private final Map<String, Gradable> items;
  private final Predicate<String> asked;
  private final BiConsumer<Status, String> fault;
  private final Consumer<String> note;
  private final Map<String, List<Cell>> byItem = new LinkedHashMap<>();
  private final Map<Cell, String> claimed = new LinkedHashMap<>();

  private Claims(
      Map<String, Gradable> items,
      Predicate<String> asked,
      BiConsumer<Status, String> fault,
      Consumer<String> note) {
    this.items = items;
    this.asked = asked;
    this.fault = fault;
    this.note = note;
  }

  /**
   * Reads cells.
   *
   * @param asked whether the notebook may hold an item that is none of these: part of the
   *     assignment, but not of what is graded now
   */
  static Claims of(
      List<Cell> cells,
      Map<String, Gradable> items,
      Predicate<String> asked,
      BiConsumer<Status, String> fault,
      Consumer<String> note) {
    Claims claims = new Claims(items, asked, fault, note);
    cells.forEach(claims::claim);
    claims.lookAlike(cells);
    return claims;
  }

  /** The cells of an item, in the order of the notebook. */
  List<Cell> cells(String item) {
    return byItem.getOrDefault(item, List.of());
  }

  /** What the source of a cell says goes before what its metadata says. */
  private void claim(Cell cell) {
    Optional<String> id = Cell.itemOf(cell.source());
    Optional<String> known =
        id.filter(items::containsKey)
            .or(() -> cell.item().filter(items::containsKey))
            .or(() -> cell.nbgrader().flatMap(n -> graded(n.gradeId())));
    known.ifPresent(i -> give(cell, i));
    String place = cell.file() + ", cell " + cell.index() + ": ";
    if (known.isEmpty() && id.filter(i -> !asked.test(i)).isPresent()) {
      fault.accept(
          Status.PARTIAL, place + "there is no item \"" + id.get() + "\" in this assignment");
    }
    if (known.isPresent() && !cell.type().equals("code")) {
      note.accept(place + "is a " + cell.type() + " cell; its text counts all the same");
    }
    cell.nbgrader().ifPresent(n -> tampering(n, known, place));
  }

  private Optional<String> graded(String gradeId) {
    return items.keySet().stream().filter(i -> Assignment.gradeId(i).equals(gradeId)).findFirst();
  }

  private void give(Cell cell, String item) {
    byItem.computeIfAbsent(item, _ -> new ArrayList<>()).add(cell);
    claimed.put(cell, item);
  }

  private void tampering(Cell.Nbgrader n, Optional<String> item, String place) {
    if (!n.schemaVersion().equals(SCHEMA) && !n.schemaVersion().equals(SCHEMA + ".0")) {
      fault.accept(
          Status.TAMPERED, place + "nbgrader's schema_version is \"" + n.schemaVersion() + "\"");
    }
    item.map(items::get)
        .filter(i -> !n.points().isEmpty() && !samePoints(n.points(), i.max()))
        .ifPresent(_ ->
            fault.accept(Status.TAMPERED, place + "its metadata says " + n.points() + " points"));
  }

  private static boolean samePoints(String points, double max) {
    try {
      double p = Double.parseDouble(points);
      return p == max || p == 0;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /**
   * A cell without its first line, between the cells of the items before and after. Only one that
   * answers, and only where it is the only one, so that nothing is guessed.
   */
  private void lookAlike(List<Cell> cells) {
    List<String> order = List.copyOf(items.keySet());
    for (Gradable item : items.values()) {
      if (byItem.containsKey(item.id())) {
        continue;
      }
      int at = order.indexOf(item.id());
      int from = edge(cells, new LinkedHashSet<>(order.subList(0, at)), true);
      int to = edge(cells, new LinkedHashSet<>(order.subList(at + 1, order.size())), false);
      List<Cell> candidates =
          from > to
              ? List.of()
              : cells.subList(from, to).stream()
                  .filter(c -> !claimed.containsKey(c) && couldBe(c, item))
                  .toList();
      if (candidates.size() == 1) {
        Cell cell = candidates.getFirst();
        give(cell, item.id());
        fault.accept(
            Status.PARTIAL,
            "item "
                + item.id()
                + ": no cell names it; cell "
                + cell.index()
                + " of "
                + cell.file()
                + " looks like its answer and counts");
      }
    }
  }

  private static boolean couldBe(Cell cell, Gradable item) {
    return cell.type().equals("code")
        && !cell.source().stripLeading().startsWith("%")
        && item.looksLikeAnswer(cell.source());
  }

  /** Behind the last cell of some items, or before the first. */
  private int edge(List<Cell> cells, Set<String> of, boolean behind) {
    int edge = behind ? 0 : cells.size();
    for (int i = 0; i < cells.size(); i++) {
      String item = claimed.get(cells.get(i));
      if (item != null && of.contains(item)) {
        edge = behind ? i + 1 : Math.min(edge, i);
      }
    }
    return edge;
  }
}
