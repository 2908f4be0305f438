package paniclab.exercises;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import paniclab.programs.GoProgram;

/**
 * An exercise in which a program is edited until it does what it must, on every schedule. The cell
 * is {@code %%fix ITEM} and the whole source below it. It is read as text and run on the model
 * only.
 *
 * @param must what the mended program must do; at least one of them the program does not do
 * @param keep pieces of source that must stay in it, compared without blanks and comments
 * @param ban words of Go that must not come in, such as {@code time.Sleep}
 * @param points for all of it
 * @param rule that the exercise is about
 */
public record FixItem(
    String id,
    String file,
    String chapter,
    String program,
    List<Requirement> must,
    List<String> keep,
    List<String> ban,
    double points,
    Rule rule,
    List<String> claims,
    Text prompt,
    Text context)
    implements Exercise {
  /** The first word of the cell. */
  public static final String MAGIC = "%%fix";

  /** The most characters of a cell that are read. */
  public static final int MAX_CHARACTERS = 100_000;

  public FixItem {
    must = List.copyOf(must);
    keep = List.copyOf(keep);
    ban = List.copyOf(ban);
    claims = List.copyOf(claims);
  }

  /** The item a cell says it mends; absent for another cell. */
  public static Optional<String> itemOf(String cell) {
    for (String line : (Iterable<String>) cell.lines()::iterator) {
      String l = Words.fold(PredictionReader.withoutMark(line).strip());
      if (!l.isEmpty()) {
        return l.equals(MAGIC) || l.startsWith(MAGIC + " ")
            ? Optional.of(l.substring(MAGIC.length()).strip().split(" ", 2)[0])
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  /**
   * The source in a cell. The line of the magic stays as an empty one, so that positions are those
   * of the cell.
   */
  public static String source(String cell) {
    String text = PredictionReader.withoutMark(cell).replace("\r\n", "\n");
    StringBuilder b = new StringBuilder();
    boolean first = true;
    for (String line : text.split("\n", -1)) {
      boolean magic = first && Words.fold(line.strip()).startsWith(MAGIC);
      first &= line.isBlank();
      b.append(magic ? "" : line).append('\n');
    }
    return b.toString().stripTrailing() + "\n";
  }

  /** The cell to edit. */
  public String template(GoProgram of) {
    return MAGIC + " " + id + "\n" + of.source().stripTrailing() + "\n";
  }

  /** What is asked, as Markdown. */
  public String markdown(Locale locale) {
    StringBuilder b = new StringBuilder(prompt.in(locale)).append("\n\n");
    b.append(Messages.get(locale, "fix.must")).append("\n\n");
    must.forEach(m -> b.append("- ").append(m.text(locale)).append('\n'));
    keep.forEach(k -> b.append("- ").append(Messages.get(locale, "fix.keep", k)).append('\n'));
    if (!ban.isEmpty()) {
      String all = String.join("`, `", ban);
      b.append("- ").append(Messages.get(locale, "fix.ban", all)).append('\n');
    }
    return b.toString();
  }
}
