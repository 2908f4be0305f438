package paniclab.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The model is pure: the same program under the same schedule gives the same bytes on every machine
 * and in every run. So it may not look at a clock, a file, the environment, a thread or a source of
 * randomness, nor at the order of a collection that has none.
 */
class PureModelTest {
  /** Beginnings of members, as owner.name(parameters), that give another answer each time. */
  private static final List<String> BANNED =
      List.of(
          "java.lang.System.currentTimeMillis",
          "java.lang.System.nanoTime",
          "java.lang.System.getenv",
          "java.lang.System.getProperty",
          "java.lang.System.identityHashCode",
          "java.lang.System.exit",
          "java.lang.System.out",
          "java.lang.System.err",
          "java.lang.System.in",
          "java.lang.Math.random",
          "java.lang.Thread.",
          "java.lang.ProcessBuilder.",
          "java.lang.Runtime.",
          "java.lang.Object.wait(",
          "java.util.Random.",
          "java.util.SplittableRandom.<init>()",
          "java.util.UUID.randomUUID",
          "java.util.Set.of(",
          "java.util.Set.copyOf(",
          "java.util.Map.of(",
          "java.util.Map.ofEntries(",
          "java.util.Map.copyOf(",
          "java.util.stream.Collectors.toSet(",
          "java.util.stream.Collectors.groupingBy(Ljava/util/function/Function;)",
          "java.time.Instant.now",
          "java.time.LocalDate.now",
          "java.time.LocalDateTime.now",
          "java.time.ZonedDateTime.now",
          "java.time.Clock.",
          "java.time.ZoneId.systemDefault",
          "java.util.Locale.getDefault",
          "java.util.TimeZone.getDefault");

  /** Beginnings of classes that are the outside world, or have no order, or run beside. */
  private static final List<String> BANNED_CLASSES =
      List.of(
          "java.io.File",
          "java.io.PrintStream",
          "java.nio.file.",
          "java.nio.channels.",
          "java.net.",
          "java.security.SecureRandom",
          "java.util.HashMap",
          "java.util.HashSet",
          "java.util.IdentityHashMap",
          "java.util.WeakHashMap",
          "java.util.Timer",
          "java.util.concurrent.ThreadLocalRandom",
          "java.util.concurrent.Executor",
          "java.util.concurrent.ForkJoin",
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.ConcurrentHashMap",
          "java.lang.ref.");

  private static final String LOOKED_UP = "looked up by key only, never gone through";

  /** Collections of at most one element have one order. */
  private static final List<String> ONE_ORDER =
      List.of(
          "java.util.Set.of()",
          "java.util.Set.of(Ljava/lang/Object;)",
          "java.util.Map.of()",
          "java.util.Map.of(Ljava/lang/Object;Ljava/lang/Object;)");

  /** What is used all the same: "class member", and why the answer cannot depend on it. */
  private static final Map<String, String> ALLOWED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("CMachine java.util.HashMap", LOOKED_UP),
              Map.entry("Cgo java.util.HashMap", LOOKED_UP),
              Map.entry("Collector java.util.IdentityHashMap", LOOKED_UP),
              Map.entry("Copier java.util.IdentityHashMap", LOOKED_UP),
              Map.entry("GoRegions java.util.IdentityHashMap", LOOKED_UP),
              Map.entry("Image java.util.HashMap", LOOKED_UP),
              Map.entry("Image java.util.IdentityHashMap", LOOKED_UP),
              Map.entry("Linker java.util.HashMap", LOOKED_UP),
              Map.entry("Linker java.util.HashSet", LOOKED_UP),
              Map.entry("Machine java.util.HashMap", LOOKED_UP),
              Map.entry("Machine java.util.IdentityHashMap", LOOKED_UP),
              Map.entry(
                  "MapValue java.util.HashMap",
                  "finds the entry of a key; the entries have an order of their own"),
              Map.entry("Natives java.util.HashMap", LOOKED_UP),
              Map.entry(
                  "Order java.util.HashMap",
                  "looked up by key; gone through only to take the latest of all clocks and to"
                      + " give it to all, in any order the same"),
              Map.entry("Packer$Chunks java.util.HashMap", LOOKED_UP),
              Map.entry(
                  "Pointer java.lang.System.identityHashCode(Ljava/lang/Object;)",
                  "a hash code for maps that are looked up only; never shown"),
              Map.entry("RType java.util.HashMap", LOOKED_UP),
              Map.entry("RType java.util.IdentityHashMap", LOOKED_UP),
              Map.entry("Races java.util.HashMap", LOOKED_UP),
              Map.entry("Races java.util.HashSet", LOOKED_UP),
              Map.entry("Races$History java.util.HashMap", LOOKED_UP),
              Map.entry(
                  "Waits java.util.IdentityHashMap",
                  "gone through only to ask whether something is there, or into sorted sets")));

  @Test
  void theModelTouchesNothingOutside() {
    List<String> wrong = new ArrayList<>();
    for (Path file : ClassFiles.of("model")) {
      for (String use : uses(file)) {
        if (isBanned(use) && !ALLOWED.containsKey(simple(file) + " " + use)) {
          wrong.add(simple(file) + " " + use);
        }
      }
    }
    assertEquals(
        List.of(),
        wrong,
        "the model must be pure; use LinkedHashMap, TreeMap, List.of, and let the caller hand in"
            + " the rest. Where the use is harmless, list it in ALLOWED with the reason.");
  }

  @Test
  void whatIsAllowedIsUsed() {
    Set<String> used = new java.util.TreeSet<>();
    for (Path file : ClassFiles.of("model")) {
      uses(file).forEach(u -> used.add(simple(file) + " " + u));
    }
    assertTrue(used.containsAll(ALLOWED.keySet()), "strike from ALLOWED what nobody uses");
  }

  private static Set<String> uses(Path file) {
    Set<String> uses = ClassFiles.membersNamed(file);
    uses.addAll(ClassFiles.classesNamed(file));
    return uses;
  }

  private static boolean isBanned(String use) {
    return (BANNED.stream().anyMatch(use::startsWith) && !ONE_ORDER.contains(use))
        || (use.indexOf('(') < 0 && BANNED_CLASSES.stream().anyMatch(use::startsWith));
  }

  private static String simple(Path file) {
    String n = file.getFileName().toString();
    return n.substring(0, n.length() - ".class".length());
  }
}
