package paniclab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import paniclab.kernel.link.Display;
import paniclab.kernel.link.Frame;

class SessionTest {
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
    EVENTS.clear();
    return session.execute(++cells, cells, code);
  }

  private static String value(String code) {
    CellResult.Ok ok = assertInstanceOf(CellResult.Ok.class, run(code));
    return ok.value().map(Display::text).orElse("nothing");
  }

  private static CellResult.Failed failure(String code) {
    return assertInstanceOf(CellResult.Failed.class, run(code));
  }

  private static String printed(boolean stderr) {
    return EVENTS.stream()
        .filter(Frame.Stream.class::isInstance)
        .map(Frame.Stream.class::cast)
        .filter(s -> s.stderr() == stderr)
        .map(Frame.Stream::text)
        .collect(Collectors.joining());
  }

  private static String shown() {
    return EVENTS.stream()
        .filter(Frame.Shown.class::isInstance)
        .map(f -> ((Frame.Shown) f).display().text())
        .collect(Collectors.joining("\n"));
  }

  @Test
  void theLastExpressionIsShown() {
    assertEquals("2", value("1+1"));
    assertEquals("10", value("int x = 5; x * 2"));
    assertEquals("nothing", value("int y = 5;"));
    assertEquals("nothing", value("System.out.println(3);"));
    assertEquals("nothing", value("// only a comment"));
    assertEquals("nothing", value(""));
    assertEquals("text", value("\"text\""));
    assertEquals("null", value("(Object) null"));
    assertEquals("[[1, 2], [3]]", value("new int[][] {{1, 2}, {3}}"));
  }

  @Test
  void declarationsReachLaterCells() {
    value("record Point(int a, String b) {}");
    CellResult.Ok ok =
        assertInstanceOf(
            CellResult.Ok.class, run("List.of(new Point(1, \"<x>\"), new Point(2, \"y\"))"));
    Display display = ok.value().orElseThrow();
    assertEquals("[Point[a=1, b=<x>], Point[a=2, b=y]]", display.text());
    assertTrue(display.data().getOrDefault(Display.HTML, "").contains("&lt;x&gt;"));
  }

  @Test
  void aMethodMayWaitForAnother() {
    value("int early() { return later() + 1; }");
    assertTrue(shown().contains("later()"), shown());
    assertEquals("UnresolvedReference", failure("early()").name());
    value("int later() { return 4; }");
    assertEquals("5", value("early()"));
  }

  @Test
  void goWithoutItsMagicIsTold() {
    List<String> said = failure("package main\n\nfunc main() { println(1) }").traceback();
    assertTrue(said.getLast().contains("%%go"), said.toString());
  }

  @Test
  void aCompileErrorHasItsPlace() {
    CellResult.Failed f = failure("int fine = 1;\n\n  int wrong = missing + 1;");
    assertEquals("CompileError", f.name());
    assertTrue(f.traceback().get(0).startsWith("cell line 3, column 15: cannot find symbol"));
    assertEquals("  int wrong = missing + 1;", f.traceback().get(1));
    assertEquals("              ^", f.traceback().get(2));
    assertEquals("1", value("fine"));
  }

  @Test
  void anExceptionHasTheLearnersFrames() {
    CellResult.Failed f =
        failure(
            """
            void inner() {
              int[] a = new int[1];
              a[2] = 3;
            }
            int next = 0;
            try { inner(); } catch (Exception e) { throw new RuntimeException("outer", e); }
            """);
    assertEquals("RuntimeException", f.name());
    assertEquals("outer", f.message());
    String all = String.join("\n", f.traceback());
    assertTrue(all.contains("inner(cell [" + cells + "] line 3)"), all);
    assertTrue(all.contains("Caused by: java.lang.ArrayIndexOutOfBoundsException"), all);
    assertTrue(!all.contains("paniclab.kernel"), all);
  }

  @Test
  void streamsAreKeptApartAndInOrder() {
    value("System.out.print(\"é\"); System.err.print(\"b\"); System.out.print(\"c\");");
    assertEquals("éc", printed(false));
    assertEquals("b", printed(true));
  }

  @Test
  void anExitIsToldAndDeclarationsStay() {
    value("int kept = 3; int triple(int n) { return 3 * n; }");
    CellResult.Failed f = failure("System.exit(7)");
    assertEquals("the Java worker ended: exit 7", f.message());
    assertEquals("12", value("triple(4)"));
    assertEquals("0", value("kept"));
  }

  @Test
  void goRunsOnTheModel() {
    value(
        """
        %%go
        package main

        import "os"

        func main() {
        	println("to stderr")
        	os.Exit(3)
        }
        """);
    assertEquals("", printed(true), "a Go program's stderr is no stream");
    assertTrue(shown().contains("to stderr\n"), shown());
    assertTrue(shown().contains("exit status 3"), shown());
  }

  private static final String SLEEPS =
      """
      package main

      import (
      	"fmt"
      	"os"
      	"time"
      )

      func main() {
      	fmt.Println("ready", len(os.Args))
      	time.Sleep(time.Hour)
      }
      """;

  @Test
  void aSignalReachesAGoCell() {
    value("%%go --signal 'SIGTERM after stdout \"ready\"' --args 'a b'\n" + SLEEPS);
    assertEquals("ready 3\n", printed(false));
    assertTrue(shown().contains("exit status 143: killed by SIGTERM"), shown());
    value("%%go --figure signals\n" + SLEEPS + "-- signals --\nSIGQUIT after stdout \"ready\"\n");
    assertTrue(shown().contains("SIGQUIT: quit\n"), shown());
    assertTrue(
        shown().contains("exit status 2: dump of all goroutines because of SIGQUIT"), shown());
    assertTrue(failure("%%go --signal 'SIGFOO after 1s'\n" + SLEEPS).message().contains("SIGFOO"));
  }

  @Test
  void goErrorsHaveACaret() {
    CellResult.Failed f = failure("%%go\npackage main\n\nfunc main() {\n\tx := 1\n}\n");
    assertEquals("CompileError", f.name());
    assertEquals(List.of("\tx := 1", "\t^"), f.traceback().subList(1, 3));
  }

  @Test
  void anInterruptReachesTheModel() throws InterruptedException {
    Thread later =
        Thread.ofPlatform()
            .start(() -> {
              try {
                Thread.sleep(1500);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              session.interrupt();
            });
    CellResult.Failed f = failure("%%go\npackage main\n\nfunc main() { for {} }\n");
    assertEquals(CellResult.INTERRUPT, f.name());
    later.join();
  }

  @Test
  void javaCellsMayOpenTheHood() {
    value(
        "Run run = Go.run(\"package main\\nfunc main() { panic(\\\"no\\\") }\\n\");"
            + " System.out.print(run.ending().outcome().exitStatus());");
    assertEquals("2", printed(false));
  }

  @Test
  void crashLogsAreExplained() {
    assertInstanceOf(
        CellResult.Ok.class,
        run(
            "%%explain\npanic: boom\n\ngoroutine 7 [running]:\nmain.f()\n\t/src/main.go:4 +0x25\n"));
    assertTrue(shown().contains("main.f (main.go:4)"), shown());
    assertTrue(shown().contains("Anatomy of a crash log"), shown());
    assertEquals("NotACrashLog", failure("%%explain\nall is well\n").name());
  }

  @Test
  void endsAreLookedUp() {
    assertInstanceOf(CellResult.Ok.class, run("%lookup SIGKILL 137"));
    assertTrue(shown().contains("look-sigkill"), shown());
    assertInstanceOf(CellResult.Ok.class, run("%lookup"));
    assertTrue(shown().contains("look-deadlock"), shown());
  }

  @Test
  void unknownMagicsNameTheNearest() {
    assertEquals(
        "there is no magic %%goo; did you mean %%go? %lsmagic lists them all",
        failure("%%goo").message());
    assertEquals(
        "there is no magic %zzzzzzzz; %lsmagic lists them", failure("%zzzzzzzz").message());
    assertEquals("MagicUsage", failure("%%go --nothing 3\npackage main").name());
  }

  @Test
  void lineMagicsStandBetweenStatements() {
    assertEquals("7", value("int before = 3;\n%lang en\nbefore + 4"));
    assertEquals("1", value("7\n % 3"), "a percent sign inside an expression is no magic");
  }

  @Test
  void everyMagicHasHelpInBothLanguages() {
    for (String language : List.of("en", "zh-CN")) {
      value("%lang " + language);
      value("%lsmagic");
      assertTrue(shown().contains("%%predict ITEM"), shown());
    }
    value("%lang en");
  }

  @Test
  void completionKnowsBothLanguages() {
    assertTrue(
        session.complete("Math.ab", 7).items().stream().anyMatch(i -> i.text().equals("abs(")));
    String go =
        "%%go\npackage main\n\nimport \"strings\"\n\nfunc helper() {}\n\nfunc main() { strings.Sp";
    assertTrue(
        session.complete(go, go.length()).items().stream()
            .anyMatch(i -> i.text().equals("Split") && i.signature().startsWith("func Split(s,")));
    String own = go.replace("strings.Sp", "hel");
    assertEquals("helper", session.complete(own, own.length()).items().getFirst().text());
  }

  @Test
  void completionKnowsTheNamesOfItsOwnCell() {
    String code = "String name = \"x\"; name.toUpp";
    assertTrue(
        session.complete(code, code.length()).items().stream()
            .anyMatch(i -> i.text().startsWith("toUpperCase(")));
  }

  @Test
  void aVariantOffersTheCellToPredictItIn() {
    CellResult.Ok ok = assertInstanceOf(CellResult.Ok.class, run("%variant ch1-os-exit 1"));
    assertTrue(ok.next().orElse("").startsWith("%%predict ch1-os-exit~1\noutcome:"), ok.toString());
    assertTrue(shown().contains("```go\npackage main"), shown());
    assertEquals("UnknownItem", failure("%variant ch1-os-exits").name());
    assertEquals("NoVariant", failure("%variant ch1-os-exit 99").name());
    CellResult untouched = run(ok.next().orElseThrow());
    assertInstanceOf(CellResult.Ok.class, untouched);
    assertTrue(shown().contains("outcome"), shown());
  }

  @Test
  void theStandingIsShown() {
    assertInstanceOf(CellResult.Ok.class, run("%progress"));
    assertTrue(shown().contains("ch1"), shown());
  }
}
