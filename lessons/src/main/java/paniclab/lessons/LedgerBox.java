package paniclab.lessons;

import java.util.ArrayList;
import java.util.List;
import paniclab.model.machine.RunOptions.Traceback;
import paniclab.programs.Observation;
import paniclab.programs.Observation.End;
import paniclab.programs.Observation.Seen;

/** Writes a claim of the ledger as a box of Markdown. */
final class LedgerBox {
  private final Facts facts;
  private final Words words;
  private final Language language;

  LedgerBox(Facts facts, Words words, Language language) {
    this.facts = facts;
    this.words = words;
    this.language = language;
  }

  /** The box; roles in the claim's texts are left for the caller. */
  String of(Claim claim) throws Facts.NoFact {
    List<String> lines = new ArrayList<>();
    lines.add(words.get("ledger.head", claim.id(), verdict(claim.verdict())));
    lines.add("");
    String claimed = claim.verdict() == Claim.Verdict.EXTRA ? "ledger.missing" : "ledger.claim";
    lines.add(words.get(claimed, claim.claim().in(language)));
    lines.add("");
    lines.add(words.get("ledger.correct", claim.correct().in(language)));
    lines.add("");
    for (String id : claim.programs()) {
      for (String line : evidence(id)) {
        lines.add(line);
      }
    }
    claim
        .command()
        .ifPresent(c ->
            lines.add(
                c.prints().isEmpty()
                    ? words.get("ledger.command.silent", Facts.code(c.line()), exit(c.exit()))
                    : words.get(
                        "ledger.command",
                        Facts.code(c.line()),
                        exit(c.exit()),
                        Facts.code(c.prints()))));
    StringBuilder box = new StringBuilder();
    for (String line : lines) {
      box.append(line.isEmpty() ? ">" : "> " + line).append('\n');
    }
    return box.toString().stripTrailing();
  }

  private List<String> evidence(String id) throws Facts.NoFact {
    Observation o = facts.observation(id);
    List<Seen> seen = o.at(Traceback.SINGLE);
    List<String> lines = new ArrayList<>();
    String version = o.goVersion().replaceFirst("^go", "Go ");
    for (Seen s : merged(seen)) {
      String count =
          words.get(
              "ledger.count",
              String.valueOf(s.count()),
              String.valueOf(o.runs(Traceback.SINGLE)),
              end(s.end()));
      String out = first(s.stdout().toString(), "ledger.stdout");
      String err = first(s.stderr().toString(), "ledger.stderr");
      lines.add(words.get("ledger.evidence", Facts.code(id), version, count + out + err));
    }
    return lines;
  }

  /** Endings that differ only in what the box does not show are counted together. */
  private static List<Seen> merged(List<Seen> seen) {
    List<Seen> merged = new ArrayList<>();
    for (Seen s : seen) {
      int i = 0;
      while (i < merged.size() && !shown(merged.get(i)).equals(shown(s))) {
        i++;
      }
      if (i == merged.size()) {
        merged.add(s);
      } else {
        Seen m = merged.get(i);
        merged.set(i, new Seen(m.level(), m.count() + s.count(), m.end(), m.stdout(), m.stderr()));
      }
    }
    return merged;
  }

  private static List<String> shown(Seen s) {
    return List.of(
        s.end().toString(), Facts.first(s.stdout().toString()), Facts.first(s.stderr().toString()));
  }

  private String first(String text, String key) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return "";
    }
    String line = Facts.code(lines.getFirst());
    return words.get(lines.size() == 1 ? key + ".only" : key + ".first", line);
  }

  /** A verdict in a few words. */
  String verdict(Claim.Verdict verdict) {
    return switch (verdict) {
      case TRUE -> words.get("ledger.true");
      case PARTLY -> words.get("ledger.partly");
      case OUTDATED -> words.get("ledger.outdated");
      case FALSE -> words.get("ledger.false");
      case UNVERIFIABLE -> words.get("ledger.unverifiable");
      case EXTRA -> words.get("ledger.extra");
    };
  }

  private String end(End end) {
    return switch (end) {
      case End.Exit(int status) -> exit(status);
      case End.StillRunning() -> words.get("ledger.running");
      case End.NotBuilt() -> words.get("ledger.not-built");
    };
  }

  private String exit(int status) {
    return words.get("ledger.exit", String.valueOf(status));
  }
}
