package paniclab.lessons.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashReader;
import paniclab.model.crash.Explanation;

/**
 * Every log that real Go wrote for us, as it was and as logs deform it, gives the measured facts.
 */
class MeasuredCrashTest {
  /** Lines of a program's own log, as they come between those of a crash. */
  private static final List<String> OWN =
      List.of(
          "2026/11/26 04:00:01 handled /orders in 3ms",
          "{\"level\":\"info\",\"ts\":1764129600,\"msg\":\"tick\",\"n\":7}",
          "time=2026-11-26T04:00:01.000Z level=WARN msg=\"slow query\" ms=912",
          "I1126 04:00:01.123456       1 reflector.go:351] watching *v1.Pod",
          "[GIN] 2026/11/26 - 04:00:01 | 200 |  1.2ms | 10.0.0.1 | GET \"/\"",
          "INFO retrying in 5s (panic: recovered earlier)");

  /**
   * All but those of "progress", which writes without ends of lines, so that its crash begins in
   * the middle of one: {@link #behindALineWithoutEnd}.
   */
  private static final List<MeasuredLog> LOGS =
      MeasuredLog.all().stream().filter(l -> !l.name().startsWith("progress")).toList();

  @Test
  void thereAreEnoughOfThem() {
    assertTrue(LOGS.size() > 500, LOGS.size() + " logs");
  }

  @Test
  void asTheyWere() {
    check(l -> l.text());
  }

  @Test
  void withLineEndsOfWindows() {
    check(l -> l.text().replace("\n", "\r\n"));
  }

  @Test
  void coloured() {
    check(l -> lines(l, (i, s) -> "\u001B[31;1m" + s + "\u001B[0m\u001B[K"));
  }

  @Test
  void behindPrefixes() {
    for (Prefix p : Prefix.values()) {
      // What nobody knows cannot be told from a sentence unless a trace has it on each line.
      check(l -> p.isKnown() || l.hasTrace(), l -> p.put(l.text()), p.name());
    }
  }

  @Test
  void betweenLinesOfTheProgram() {
    for (int seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      check(l -> interleaved(l, random), "seed " + seed);
    }
  }

  @Test
  void inTheMiddleOfALog() {
    check(l ->
        OWN.get(0) + "\n" + OWN.get(2) + "\n" + l.text() + "exit status 2\n" + OWN.get(0) + "\n");
    check(l -> "starting\nlistening on :8080\n" + l.text() + "exit status 2\n");
  }

  @Test
  void behindALineWithoutEnd() {
    for (MeasuredLog l : MeasuredLog.all()) {
      if (l.name().startsWith("progress") && !l.level().equals("none")) {
        List<Crash> crashes = CrashReader.read(l.text()).crashes();
        assertEquals(List.of("panic"), families(l.text()), l.name());
        assertEquals("panic: close of nil channel", crashes.getFirst().firstLine());
      }
    }
  }

  @Test
  void twoOneAfterTheOther() {
    List<String> wrong = new ArrayList<>();
    List<MeasuredLog> crashed = LOGS.stream().filter(MeasuredLog::crashed).toList();
    for (int i = 0; i < crashed.size(); i++) {
      MeasuredLog a = crashed.get(i);
      MeasuredLog b = crashed.get((i * 7 + 3) % crashed.size());
      List<String> families = families(a.text() + "exit status 2\n" + OWN.get(0) + "\n" + b.text());
      if (!families.equals(List.of(a.family(), b.family()))) {
        wrong.add(a.name() + " + " + b.name() + ": " + families);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void twoAtTheSameTime() {
    List<String> wrong = new ArrayList<>();
    List<MeasuredLog> crashed = LOGS.stream().filter(l -> l.crashed()).toList();
    for (int i = 0; i < crashed.size(); i++) {
      MeasuredLog a = crashed.get(i);
      MeasuredLog b = crashed.get((i * 11 + 5) % crashed.size());
      List<String> families = families(zipped(a.text(), "web-1  | ", b.text(), "web-2  | "));
      List<String> other = List.of(b.family(), a.family());
      if (!families.equals(List.of(a.family(), b.family())) && !families.equals(other)) {
        wrong.add(a.name() + " | " + b.name() + ": " + families);
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void cutAtEveryLine() {
    List<String> wrong = new ArrayList<>();
    for (MeasuredLog l : LOGS) {
      if (!l.crashed() || l.name().contains("noisy")) {
        continue;
      }
      String[] lines = l.text().split("(?<=\n)");
      StringBuilder text = new StringBuilder();
      int header = l.header();
      boolean served = l.text().contains("http: panic serving");
      for (int i = 0; i < lines.length && i < 40; i++) {
        text.append(lines[i]);
        List<String> families = families(text.toString());
        boolean right = families.equals(List.of(l.family()));
        boolean mayBeNone = i < header || served && i < header + 1;
        if (!right && !(mayBeNone && families.isEmpty())) {
          wrong.add(l.name() + " cut after line " + (i + 1) + ": " + families);
        }
      }
    }
    assertEquals(List.of(), wrong.subList(0, Math.min(20, wrong.size())), wrong.size() + " wrong");
  }

  @Test
  void cutAtEveryByte() {
    List<String> wrong = new ArrayList<>();
    for (MeasuredLog l : LOGS) {
      boolean small = l.level().equals("none") || l.level().equals("single");
      if (!l.crashed() || !small || l.name().contains("noisy")) {
        continue;
      }
      for (int n = 0; n < Math.min(l.text().length(), 400); n++) {
        List<String> families = families(l.text().substring(0, n));
        if (!families.isEmpty() && !families.equals(List.of(l.family()))) {
          wrong.add(l.name() + " cut after byte " + n + ": " + families);
        }
      }
    }
    assertEquals(List.of(), wrong.subList(0, Math.min(20, wrong.size())), wrong.size() + " wrong");
  }

  private static List<String> families(String text) {
    return CrashReader.read(text).crashes().stream().map(c -> c.family().word()).toList();
  }

  private static void check(Function<MeasuredLog, String> deform) {
    check(deform, "");
  }

  private static void check(Function<MeasuredLog, String> deform, String how) {
    check(l -> true, deform, how);
  }

  private static void check(
      Predicate<MeasuredLog> which, Function<MeasuredLog, String> deform, String how) {
    List<String> wrong = new ArrayList<>();
    for (MeasuredLog l : LOGS) {
      // Of the long ones, which differ little, each deformation gets some.
      boolean turn = l.text().length() < 3_000 || (l.name() + how).hashCode() % 6 == 0;
      if (!turn || !which.test(l)) {
        continue;
      }
      List<Crash> crashes = CrashReader.read(deform.apply(l)).crashes();
      String fault = fault(l, crashes);
      if (!fault.isEmpty()) {
        wrong.add(l.name() + " " + how + ": " + fault);
      }
    }
    assertEquals(List.of(), wrong.subList(0, Math.min(20, wrong.size())), wrong.size() + " wrong");
  }

  /** What is not as it was measured; empty where all is. */
  private static String fault(MeasuredLog l, List<Crash> crashes) {
    if (!l.crashed()) {
      return crashes.isEmpty() ? "" : "no crash, but read " + crashes.getFirst().firstLine();
    }
    if (crashes.size() != 1) {
      return crashes.size() + " crashes: " + crashes.stream().map(Crash::firstLine).toList();
    }
    Crash c = crashes.getFirst();
    Explanation e = Explanation.of(c);
    String first = l.text().lines().toList().get(l.firstLine());
    boolean served = c.cause() instanceof Crash.Served;
    int exit = e.exit().orElse(0);
    // At crash the runtime aborts after a text that is the same as at system, but for a signal.
    boolean exitRight =
        exit == l.exit() || l.exit() == Explanation.ABORTED && !l.family().equals("signal");
    if (!c.family().word().equals(l.family())) {
      return "family " + c.family().word();
    }
    if (!c.firstLine().equals(first.strip())) {
      return "first line " + c.firstLine();
    }
    if ((e.recoverable() != Explanation.Recoverable.NO) != l.recovered()) {
      return "recoverable " + e.recoverable();
    }
    if (e.defersRan() != l.deferred()) {
      return "defers " + e.defersRan();
    }
    return exitRight && served == e.exit().isEmpty() ? "" : "exit " + e.exit();
  }

  private interface Line {
    String of(int number, String line);
  }

  private static String lines(MeasuredLog l, Line f) {
    StringBuilder b = new StringBuilder();
    int i = 0;
    for (String s : l.text().lines().toList()) {
      b.append(f.of(i++, s)).append('\n');
    }
    return b.toString();
  }

  private static String interleaved(MeasuredLog l, Random random) {
    BinaryOperator<String> join = (a, b) -> a + b;
    return l.text()
        .lines()
        .map(s ->
            random.nextInt(3) == 0
                ? s + "\n" + OWN.get(random.nextInt(OWN.size())) + "\n"
                : s + "\n")
        .reduce("", join);
  }

  private static String zipped(String a, String prefixA, String b, String prefixB) {
    List<String> x = a.lines().toList();
    List<String> y = b.lines().toList();
    StringBuilder t = new StringBuilder();
    for (int i = 0; i < Math.max(x.size(), y.size()); i++) {
      if (i < x.size()) {
        t.append(prefixA).append(x.get(i)).append('\n');
      }
      if (i < y.size()) {
        t.append(prefixB).append(y.get(i)).append('\n');
      }
    }
    return t.toString();
  }
}
