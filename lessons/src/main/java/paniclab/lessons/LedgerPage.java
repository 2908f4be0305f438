package paniclab.lessons;

import java.util.List;
import paniclab.programs.Corpus;

/** The ledger as a page of the documentation: each claim, its verdict and the evidence. */
public final class LedgerPage {
  private final Ledger ledger;
  private final Facts facts;
  private final Words words;
  private final Language language;
  private final LedgerBox box;

  private LedgerPage(Ledger ledger, Corpus corpus, Language language) {
    this.ledger = ledger;
    this.facts = new Facts(corpus);
    this.words = Words.of(language);
    this.language = language;
    this.box = new LedgerBox(facts, words, language);
  }

  /**
   * The page, in Markdown.
   *
   * @throws IllegalStateException when a claim names an observation that is not there
   */
  public static String of(Ledger ledger, Corpus corpus, Language language) {
    return new LedgerPage(ledger, corpus, language).page();
  }

  private String page() {
    StringBuilder b = new StringBuilder("# " + words.get("ledger.title") + "\n\n");
    long extra = ledger.all().stream().filter(c -> c.verdict() == Claim.Verdict.EXTRA).count();
    long claims = ledger.all().size() - extra;
    b.append(words.get("ledger.about", String.valueOf(claims), String.valueOf(extra)));
    b.append("\n\n");
    table(b);
    for (String chapter : Lessons.CHAPTERS) {
      b.append("\n## ").append(Lessons.read(chapter, language).title()).append('\n');
      for (Claim c : ledger.chapter(chapter)) {
        b.append('\n').append(expanded(c)).append('\n');
      }
    }
    return b.toString();
  }

  /** How many claims of each chapter got which verdict. */
  private void table(StringBuilder b) {
    StringBuilder head = new StringBuilder("| |");
    StringBuilder line = new StringBuilder("|---|");
    for (Claim.Verdict v : Claim.Verdict.values()) {
      head.append(' ').append(box.verdict(v)).append(" |");
      line.append("---|");
    }
    b.append(head).append('\n').append(line).append('\n');
    for (String chapter : Lessons.CHAPTERS) {
      row(b, chapter, ledger.chapter(chapter));
    }
    row(b, words.get("ledger.all"), ledger.all());
  }

  private static void row(StringBuilder b, String name, List<Claim> claims) {
    b.append("| ").append(name).append(" |");
    for (Claim.Verdict v : Claim.Verdict.values()) {
      b.append(' ').append(claims.stream().filter(c -> c.verdict() == v).count()).append(" |");
    }
    b.append('\n');
  }

  private String expanded(Claim c) {
    try {
      return Roles.expand(box.of(c), (expression, line) -> answer(c, expression));
    } catch (Facts.NoFact e) {
      throw new IllegalStateException(c.id() + ": " + e.getMessage(), e);
    }
  }

  private String answer(Claim c, String expression) {
    try {
      return facts.answer(expression);
    } catch (Facts.NoFact e) {
      throw new IllegalStateException(c.id() + ": {obs}`" + expression + "`", e);
    }
  }
}
