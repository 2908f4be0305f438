package paniclab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame;

/** The check cells of a released notebook, and what a learner's code can do to them. */
class CheckTest {
  private static final List<Frame> EVENTS = new CopyOnWriteArrayList<>();
  private static Session session;
  private static int cells;

  @BeforeAll
  static void open() {
    session = new Session(WorkerCommand.likeThis(), Locale.ENGLISH, EVENTS::add);
  }

  @AfterAll
  static void close() {
    session.close();
  }

  private static CellResult run(String code) {
    return session.execute(++cells, cells, code);
  }

  private static String points(String code) {
    CellResult.Ok ok = assertInstanceOf(CellResult.Ok.class, run(code), code);
    return ok.value().map(Display::text).orElse("nothing");
  }

  private static String failure(String code) {
    return assertInstanceOf(CellResult.Failed.class, run(code)).name();
  }

  @Test
  void aCheckIsABareNumberOrAnError() {
    assertEquals("NotPredicted", failure("%check ch1-time-after"));
    assertEquals("UnknownItem", failure("%check ch1-time-afer"));
    assertEquals("MagicUsage", failure("%check ch1-time-after --of many"));
    run("%%predict ch1-time-after\noutcome: exited\n");
    String some = points("%check ch1-time-after");
    assertTrue(Double.parseDouble(some) >= 1, some);
    assertEquals(
        2 * Double.parseDouble(some), Double.parseDouble(points("%check ch1-time-after --of 12")));
    // An untouched copy of the cell does not take the answer away.
    run("%%predict ch1-time-after\noutcome:\n");
    assertEquals(some, points("%check ch1-time-after"));
    assertTrue(
        EVENTS.stream().noneMatch(e -> e instanceof Frame.Stream s && s.stderr()),
        "nbgrader gives no points where a check writes to stderr");
  }

  @Test
  void programsThatWereMended() {
    assertEquals("NotPredicted", failure("%check ch1-fix-leak --of 5"));
    String source =
        """
        package main

        import "fmt"

        func main() {
        	ch := make(chan int%s)
        	go func() {
        		defer fmt.Println("never printed")
        		ch <- 42
        	}()
        	fmt.Println("main returns")
        }
        """;
    run("%%fix ch1-fix-leak\n" + source.formatted(""));
    assertEquals("NotPredicted", failure("%check ch1-fix-leak --of 5"), "it is as it was given");
    run("%%fix ch1-fix-leak\n" + source.formatted(", 1"));
    assertEquals("5", points("%check ch1-fix-leak --of 5"));
  }

  @Test
  void theLearnersCodeCannotReachTheGrader() {
    run("%%predict ch1-os-exit\noutcome: hung\n");
    String score = points("%check ch1-os-exit");
    // The worker has the same classes; what is done to them there changes nothing here.
    run(
        "var f = Class.forName(\"paniclab.exercises.ItemBank\").getDeclaredField(\"items\");"
            + " f.setAccessible(true);"
            + " ((java.util.Map<?, ?>) f.get(paniclab.exercises.ItemBank.builtIn())).clear();");
    assertEquals(score, points("%check ch1-os-exit"));
    run("System.exit(0)");
    assertEquals(score, points("%check ch1-os-exit"));
    run("class Answer { public boolean equals(Object o) { return true; } }");
    assertEquals(score, points("%check ch1-os-exit"));
  }
}
