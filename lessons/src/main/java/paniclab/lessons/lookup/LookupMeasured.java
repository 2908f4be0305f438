package paniclab.lessons.lookup;

import java.util.TreeSet;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;

/** What the rows were measured with. */
final class LookupMeasured {
  private LookupMeasured() {}

  /** The versions and platforms, as the oracle wrote them down. */
  static String version() {
    TreeSet<String> all = new TreeSet<>();
    for (LookupTable.Row r : LookupTable.builtIn().rows()) {
      Corpus.builtIn()
          .find(r.program())
          .flatMap(GoProgram::observation)
          .ifPresent(
              o -> all.add("Go " + o.goVersion().replaceFirst("^go", "") + " " + o.platform()));
    }
    return String.join(", ", all);
  }
}
