package paniclab.lessons.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import paniclab.golang.Compilation;
import paniclab.golang.GoFrontEnd;
import paniclab.lessons.DocsPage;
import paniclab.lessons.Language;
import paniclab.lessons.lookup.LookupTable.Row;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashReader;
import paniclab.model.explore.RoundRobin;
import paniclab.model.machine.Machines;
import paniclab.model.machine.Run;
import paniclab.model.outcome.Outcome.Family;
import paniclab.programs.Corpus;
import paniclab.programs.GoProgram;
import paniclab.programs.Observation;
import paniclab.programs.Observation.Seen;

/** Every claim of every row, against what real Go did and what the model does. */
class LookupTableTest {
  private static final LookupTable TABLE = LookupTable.builtIn();

  private static GoProgram program(Row r) {
    return Corpus.builtIn().find(r.program()).orElseThrow();
  }

  private static Observation observation(Row r) {
    return program(r).observation().orElseThrow();
  }

  @Test
  void everyProgramOfTheListHasARow() {
    TreeSet<String> rows = new TreeSet<>(TABLE.rows().stream().map(Row::program).toList());
    TreeSet<String> programs = new TreeSet<>();
    Corpus.builtIn().all().stream()
        .map(GoProgram::id)
        .filter(id -> id.startsWith("look-"))
        .forEach(programs::add);
    assertEquals(programs, rows);
    assertTrue(rows.size() >= 63, rows.size() + " rows");
  }

  @Test
  void allRunsAgree() {
    for (Row r : TABLE.rows()) {
      List<String> ends =
          observation(r).seen().stream().map(s -> s.end().toString()).distinct().toList();
      assertEquals(1, ends.size(), r.program() + " " + ends);
    }
  }

  /** A program that dies of a panic in main saw it recovered before; no other program did. */
  @Test
  void whatIsSaidOfRecoverWasSeen() {
    for (Row r : TABLE.rows()) {
      for (Seen s : observation(r).seen()) {
        boolean saw = s.stdout().toString().contains("recovered:");
        assertEquals(r.before() || r.recover() && !r.other(), saw, r.program());
      }
      assertEquals(r.family() == Family.PANIC, r.recover(), r.program());
      // The functions of a test are not those of a package main, and are not in the trace we keep.
      boolean test = program(r).files().getFirst().name().endsWith("_test.go");
      assertTrue(!r.recover() || test || !r.where().isEmpty(), r.program() + " says not where");
      assertTrue(r.where().isEmpty() || r.where().stream().allMatch(f -> f.startsWith("main.")));
    }
  }

  @Test
  void whatIsSaidOfDeferredCallsWasSeen() {
    for (Row r : TABLE.rows()) {
      for (Seen s : observation(r).seen()) {
        String out = s.stdout().toString();
        boolean ran = out.contains("deferred call ran");
        boolean child = out.contains("deferred call of the child ran");
        assertEquals(r.deferred(), ran || child, r.program());
        assertEquals(r.other(), child, r.program());
        assertTrue(!(ran && child), r.program() + " ran deferred calls of two goroutines");
      }
    }
  }

  @Test
  void theGroupIsTheFamily() {
    for (Row r : TABLE.rows()) {
      assertEquals(r.group().equals("end") ? "none" : r.group(), r.family().word(), r.program());
    }
  }

  /** What the model prints is read as the same crash. */
  @Test
  void theModelSaysTheSame() {
    List<String> wrong = new ArrayList<>();
    int compared = 0;
    for (Row r : TABLE.rows()) {
      GoProgram p = program(r);
      // Signals from outside are put to the model by the tests of conformance.
      if (p.header().needs().isPresent()
          || !p.signals().isEmpty()
          || r.program().equals("look-crash")) {
        continue;
      }
      if (!(GoFrontEnd.bundled().compile(p.files()) instanceof Compilation.Compiled c)) {
        wrong.add(r.program() + " does not compile");
        continue;
      }
      Run run = Machines.run(c.program(), p.world(), new RoundRobin(), () -> false);
      compared++;
      String out = run.ending().stdout().toString();
      String err = run.ending().stderr().toString();
      List<Crash> crashes = CrashReader.read(err).crashes();
      String family = crashes.isEmpty() ? "none" : crashes.getFirst().family().word();
      int exit = run.ending().outcome().exitStatus();
      boolean running = r.exit().isEmpty();
      if (!family.equals(r.family().word())
          || !running && exit != r.exit().get()
          || r.deferred() != out.contains("deferred call")
          || (r.before() || r.recover() && !r.other()) != out.contains("recovered:")
          || !crashes.isEmpty() && !masked(crashes.getFirst().firstLine()).equals(r.firstLine())) {
        wrong.add(r.program() + ": " + run.ending().outcome() + "\n" + out + err);
      }
    }
    assertEquals(List.of(), wrong);
    assertTrue(compared >= 30, compared + " programs");
  }

  private static String masked(String line) {
    return line.replaceAll("0x[0-9a-f]+", "0xN");
  }

  @Test
  void filters() {
    assertTrue(TABLE.filtered(List.of("panic", "channel")).rows().size() >= 2);
    assertEquals(1, TABLE.filtered(List.of("SIGKILL", "137")).rows().size());
    assertEquals(List.of(), TABLE.filtered(List.of("no such words")).rows());
    String html = LookupText.html(TABLE, Language.ZH_CN, "t1");
    assertEquals(TABLE.rows().size(), html.split("<tr data-all=").length - 1);
  }

  @Test
  void thePagesAreUpToDate() throws IOException {
    for (Language l : Language.values()) {
      DocsPage.assertUpToDate("lookup", l, LookupText.page(TABLE, l));
    }
  }
}
