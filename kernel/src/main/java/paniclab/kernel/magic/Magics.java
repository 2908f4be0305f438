package paniclab.kernel.magic;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All magics. */
public final class Magics {
  /** The most letters that may differ for a name to be called near. */
  private static final int NEAR = 3;

  private final Map<String, Magic> byName = new LinkedHashMap<>();

  /** The magics of the kernel. */
  public Magics() {
    List.of(
            new GoMagic(),
            new ExploreMagic(),
            new PredictMagic(),
            new FixMagic(),
            new CheckMagic(),
            new VariantMagic(),
            new ProgressMagic(),
            new ExplainMagic.Cell(),
            new ExplainMagic.Line(),
            new LookupMagic(),
            new ShowMagic("%%html", Magics::html),
            new ShowMagic("%%markdown", Magics::markdown),
            new ShowMagic("%%svg", Magics::svg),
            new TimeMagic(),
            new ClassPathMagic(),
            new JarsMagic(),
            new LanguageMagic(),
            new LsMagic(this))
        .forEach(m -> byName.put(m.name(), m));
  }

  private static paniclab.kernel.link.Display html(String s) {
    return paniclab.kernel.worker.Notebook.html(s);
  }

  private static paniclab.kernel.link.Display markdown(String s) {
    return paniclab.kernel.worker.Notebook.markdown(s);
  }

  private static paniclab.kernel.link.Display svg(String s) {
    return paniclab.kernel.worker.Notebook.svg(s);
  }

  /** All of them, in the order they are listed. */
  public List<Magic> all() {
    return List.copyOf(byName.values());
  }

  /** The magic of this name, percent signs included. */
  public Optional<Magic> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /** The name that is nearest to one that does not exist, where one is near. */
  public Optional<String> nearest(String name) {
    return byName.keySet().stream()
        .min(Comparator.comparingInt(n -> distance(n, name)))
        .filter(n -> distance(n, name) <= NEAR);
  }

  /** How many letters are to be changed, added or taken away. */
  static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
