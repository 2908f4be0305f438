package paniclab.lessons.explain;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import paniclab.lessons.Block;
import paniclab.lessons.Language;
import paniclab.lessons.Lesson;
import paniclab.lessons.Lessons;

/** Which section of which lesson teaches a claim of the ledger: where its box stands. */
final class LessonLinks {
  /** The lesson of all ways to end, where claims of chapter 6 belong. */
  static final String LOOKUP = "lookup";

  private static final Map<Language, Map<String, Link>> CACHE = new EnumMap<>(Language.class);

  private LessonLinks() {}

  /**
   * A section.
   *
   * @param lesson its id
   * @param cell the id of the cell it begins in; empty for the whole lesson
   * @param title of the section, or empty
   */
  record Link(String lesson, String cell, String title) {
    /** For machines: {@code ch1#ch1-whose}. */
    String id() {
      return cell.isEmpty() ? lesson : lesson + "#" + cell;
    }
  }

  /** The section that teaches the first of these claims that is taught. */
  static Link of(List<String> claims, Language language) {
    Map<String, Link> all = links(language);
    for (String c : claims) {
      Link link = all.get(c);
      if (link != null) {
        return link;
      }
    }
    String chapter = claims.getFirst().substring(1, claims.getFirst().indexOf('-'));
    boolean written = Lessons.IDS.contains("ch" + chapter);
    return new Link(written ? "ch" + chapter : LOOKUP, "", "");
  }

  private static Map<String, Link> links(Language language) {
    synchronized (CACHE) {
      return CACHE.computeIfAbsent(language, LessonLinks::read);
    }
  }

  private static Map<String, Link> read(Language language) {
    Map<String, Link> links = new TreeMap<>();
    for (String id : Lessons.IDS) {
      Lesson lesson = Lessons.read(id, language);
      String cell = "";
      Link section = new Link(id, "", "");
      for (Block b : lesson.blocks()) {
        switch (b) {
          case Block.CellBreak c -> cell = c.name().id();
          case Block.Prose p -> section = section(p, section, cell);
          case Block.LedgerBox l -> {
            for (String claim : l.claims()) {
              links.putIfAbsent(claim, section);
            }
          }
          default -> {}
        }
      }
    }
    return links;
  }

  private static Link section(Block.Prose prose, Link before, String cell) {
    for (String line : prose.markdown().lines().toList()) {
      if (line.startsWith("## ")) {
        return new Link(before.lesson(), cell, line.substring(3).replace("`", "").strip());
      }
    }
    return before;
  }
}
