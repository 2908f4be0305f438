package paniclab.exercises;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import paniclab.programs.Corpus;

class FixJudgeTest {
  private static final ItemBank BANK = ItemBank.builtIn();

  private static FixItem item(String id) {
    return (FixItem) BANK.exercise(id).orElseThrow();
  }

  private static FixGrade judge(String id, String source) {
    return new FixJudge(item(id), BANK.program(item(id))).judge(source);
  }

  private static String given(String id) {
    return BANK.program(item(id)).source();
  }

  /** The given program with a piece replaced that must be there. */
  private static String edited(String id, String... pairs) {
    String s = given(id);
    for (int i = 0; i < pairs.length; i += 2) {
      assertTrue(s.contains(pairs[i]), pairs[i]);
      s = s.replace(pairs[i], pairs[i + 1]);
    }
    return s;
  }

  private static void solved(String id, String source) {
    FixGrade g = judge(id, source);
    assertEquals(item(id).points(), g.score(), id + "\n" + FixText.of(item(id), g, Locale.ENGLISH));
    assertTrue(((FixGrade.Checked) g).complete(), "all schedules");
  }

  private static FixGrade.Checked failed(String id, String source) {
    FixGrade g = judge(id, source);
    assertEquals(0, g.score(), FixText.of(item(id), g, Locale.ENGLISH));
    return assertInstanceOf(FixGrade.Checked.class, g, FixText.of(item(id), g, Locale.ENGLISH));
  }

  @Test
  void whatIsGivenEarnsNothingAndCanBeMended() {
    for (Exercise e : BANK.exercises()) {
      if (e instanceof FixItem item) {
        FixJudge judge = new FixJudge(item, BANK.program(item));
        List<FixGrade.Check> given = judge.given();
        assertTrue(given.stream().anyMatch(c -> !c.holds()), item.id());
        assertEquals(0, judge.judge(given(item.id())).score());
        assertEquals(0, judge.judge("").score());
        String commented = "// mine\n" + given(item.id()).replace("\t", "  ");
        assertInstanceOf(FixGrade.Untouched.class, judge.judge(commented));
      }
    }
  }

  @Test
  void theLeak() {
    String id = "ch1-fix-leak";
    solved(id, edited(id, "make(chan int)", "make(chan int, 1)"));
    solved(
        id, edited(id, "fmt.Println(\"main returns\")", "<-ch\n\tfmt.Println(\"main returns\")"));
    solved(
        id,
        edited(
            id,
            "\t\tch <- 42",
            "\t\tselect {\n\t\tcase ch <- 42:\n\t\tcase <-done:\n\t\t}",
            "\tch := make(chan int)",
            "\tch := make(chan int)\n\tdone := make(chan bool)\n\tdefer close(done)"));
    // What only looks like a way out.
    failed(id, edited(id, "\t}()\n\tfmt", "\t}()\n\tgo func() { select {} }()\n\t<-ch\n\tfmt"));
    FixGrade.Checked waits =
        failed(
            id,
            edited(
                id, "fmt.Println(\"main returns\")", "fmt.Println(\"main returns\")\n\tselect {}"));
    FixGrade.Failure counted =
        waits.checks().stream()
            .filter(c -> c.requirement() instanceof Requirement.NoLeak)
            .findFirst()
            .flatMap(FixGrade.Check::failure)
            .orElseThrow();
    String said = FixText.failure(counted, Locale.ENGLISH).getFirst();
    assertTrue(said.startsWith("main does not return"), said);
    failed(id, edited(id, "fmt.Println(\"main returns\")", "<-ch"));
  }

  @Test
  void theEndOfTheProcessIsNoWayToEndALeak() {
    String id = "ch1-fix-leak";
    String exits = edited(id, "import \"fmt\"", "import (\n\t\"fmt\"\n\t\"syscall\"\n)");
    FixGrade g =
        judge(
            id,
            exits.replace(
                "fmt.Println(\"main returns\")",
                "fmt.Println(\"main returns\")\n\tsyscall.Exit(0)"));
    assertEquals(0, g.score(), g.toString());
    String aliased = edited(id, "import \"fmt\"", "import (\n\t\"fmt\"\n\tquit \"os\"\n)");
    failed(
        id,
        aliased.replace(
            "fmt.Println(\"main returns\")", "fmt.Println(\"main returns\")\n\tquit.Exit(0)"));
    assertInstanceOf(
        FixGrade.Trivial.class,
        judge(
            id,
            edited(id, "import \"fmt\"", "import (\n\t\"fmt\"\n\t\"os\"\n)")
                .replace("\tfmt.Println(\"main", "\tdefer os.Exit(0)\n\tfmt.Println(\"main")));
  }

  @Test
  void deletingEverythingEarnsNothing() {
    String hollow =
        "package main\n\nimport \"fmt\"\n\nfunc main() { fmt.Println(\"main returns\") }\n";
    assertInstanceOf(FixGrade.Trivial.class, judge("ch1-fix-leak", hollow));
    String inAComment =
        hollow.replace(
            "func main", "// ch <- 42\n/* ch <- 42 */\nvar s = \"ch <- 42\"\n\nfunc main");
    assertInstanceOf(FixGrade.Trivial.class, judge("ch1-fix-leak", inAComment));
    String dead =
        hollow.replace("{ fmt", "{\n\tif ch := make(chan int); false {\n\t\tch <- 42\n\t}\n\tfmt");
    failed("ch1-fix-leak", dead); // no goroutine is started
  }

  @Test
  void thePanicOfAChild() {
    String id = "ch1-fix-recover-around-go";
    solved(id, edited(id, "\tgo func() {\n", "\tgo func() {\n\t\tdefer func() { recover() }()\n"));
    failed(
        id,
        edited(
            id,
            "\t\tpanic(\"boom in child\")",
            "\t\tif false {\n\t\t\tpanic(\"boom in child\")\n\t\t}"));
    failed(id, edited(id, "\tgo func() {\n", "\tgo func() {\n\t\tdefer recover()\n"));
    // The panic is still there, but main no longer waits for it.
    FixGrade.Checked early = failed(id, edited(id, "time.Sleep(time.Second)", "time.Sleep(0)"));
    assertFalse(early.allHold());
  }

  @Test
  void twoWriters() {
    String id = "ch1-fix-two-writers";
    solved(
        id,
        edited(
            id,
            "m := map[string]int{}",
            "m := map[string]int{}\n\tvar mu sync.Mutex",
            "m[name] = len(name)",
            "mu.Lock()\n\t\t\tm[name] = len(name)\n\t\t\tmu.Unlock()"));
    FixGrade.Checked one =
        failed(
            id,
            edited(
                id,
                "m := map[string]int{}",
                "m := map[string]int{}\n\tvar mu sync.Mutex",
                "m[name] = len(name)",
                "if name == \"left\" {\n\t\t\t\tmu.Lock()\n\t\t\t\tdefer mu.Unlock()\n\t\t\t}\n\t\t\tm[name] = len(name)"));
    String said = FixText.of(item(id), one, Locale.ENGLISH);
    assertTrue(said.contains("fatal error: concurrent map writes"), said);
    assertTrue(FixText.of(item(id), one, Locale.SIMPLIFIED_CHINESE).contains("在这个调度下不行"));
    failed(
        id,
        edited(
            id, "m[name] = len(name)", "defer func() { recover() }()\n\t\t\tm[name] = len(name)"));
  }

  @Test
  void sendAndClose() {
    String id = "ch1-fix-closed-send";
    solved(
        id,
        edited(
            id,
            "\t\tch <- 42\n",
            "\t\tdefer close(ch)\n\t\tch <- 42\n",
            "\tclose(ch)\n",
            "\t<-ch\n"));
    failed(id, edited(id, "close(ch)", "defer close(ch)"));
  }

  @Test
  void theRing() {
    String id = "ch2-fix-ring";
    solved(
        id,
        edited(
            id,
            "func count(n *node) int {\n",
            "func count(n *node) int {\n\tseen := map[*node]bool{}\n\tfor ; n != nil && !seen[n]; n = n.next {\n\t\tseen[n] = true\n\t}\n\treturn len(seen)\n}\n\nfunc forever(n *node) int {\n",
            "return 1 + count(n.next)",
            "return 1 + forever(n.next)"));
    FixGrade.Checked caught =
        failed(
            id,
            edited(
                id,
                "func count(n *node) int {\n",
                "func count(n *node) int {\n\tdefer func() { recover() }()\n"));
    String said = FixText.of(item(id), caught, Locale.ENGLISH);
    assertTrue(said.contains("stack exceeds 32768-byte limit"), said);
  }

  @Test
  void readyTooEarly() {
    String id = "ch3-fix-too-late";
    String late = "\tfmt.Println(\"ready\")\n";
    String notify = "\tsignal.Notify(c, syscall.SIGTERM)\n";
    solved(id, edited(id, late, "", notify, notify + late));
    FixGrade.Checked unbuffered =
        failed(id, edited(id, late, "", notify, notify + late, "os.Signal, 1", "os.Signal"));
    assertTrue(
        FixText.of(item(id), unbuffered, Locale.ENGLISH).contains("✗"), unbuffered.toString());
    failed(id, edited(id, late, late + "\tdefer func() { recover() }()\n"));
    failed(id, edited(id, "signal.Notify(c, syscall.SIGTERM)", "signal.Ignore(syscall.SIGTERM)"));
  }

  @Test
  void whatCMayLookAt() {
    String id = "ch4-fix-unpinned";
    String pinned =
        edited(
            id,
            "import \"fmt\"",
            "import (\n\t\"fmt\"\n\t\"runtime\"\n)",
            "\t*n = 5\n",
            "\t*n = 5\n\tvar pin runtime.Pinner\n\tpin.Pin(n)\n\tdefer pin.Unpin()\n");
    solved(id, pinned);
    failed(id, pinned.replace("defer pin.Unpin()", "pin.Unpin()"));
    // No crash any more, and still C reads nothing: half of it.
    String caught = edited(id, "\t*n = 5\n", "\t*n = 5\n\tdefer func() { recover() }()\n");
    assertEquals(item(id).points() / 2, judge(id, caught).score());
  }

  @Test
  void oneOrderForAll() {
    String id = "ch5-fix-two-locks";
    String backwards = "\t\tb.Lock()\n\t\tdefer b.Unlock()\n\t\ta.Lock()\n\t\tdefer a.Unlock()\n";
    String forwards = "\t\ta.Lock()\n\t\tdefer a.Unlock()\n\t\tb.Lock()\n\t\tdefer b.Unlock()\n";
    solved(id, edited(id, backwards, forwards));
    FixGrade.Checked caught =
        failed(id, edited(id, backwards, "\t\tdefer func() { recover() }()\n" + backwards));
    String said = FixText.of(item(id), caught, Locale.ENGLISH);
    assertTrue(said.contains("all goroutines are asleep - deadlock!"), said);
    failed(id, edited(id, "balance := 0", "balance := 0\n\t_ = a.TryLock()\n\ta.Unlock()"));
  }

  /** Time goes on in a search only when nothing else can: a sleep would pass for an order. */
  @Test
  void aSleepIsNoOrder() {
    for (String[] edit :
        new String[][] {
          {"ch5-fix-two-locks", "\t\tb.Lock()\n\t\tdefer b.Unlock()\n\t\ta.Lock()"},
          {"ch1-fix-two-writers", "\t\t\tm[name] = len(name)"}
        }) {
      String slept =
          edited(
              edit[0],
              "\t\"sync\"\n",
              "\t\"sync\"\n\tclock \"time\"\n",
              edit[1],
              "\t\tclock.Sleep(clock.Second)\n" + edit[1]);
      assertInstanceOf(FixGrade.Trivial.class, judge(edit[0], slept), edit[0]);
    }
  }

  @Test
  void whatDoesNotCompileOrIsOutside() {
    FixGrade g = judge("ch1-fix-leak", edited("ch1-fix-leak", "ch := make", "ch, x := make"));
    assertInstanceOf(FixGrade.Rejected.class, g);
    String outside =
        edited("ch1-fix-leak", "import \"fmt\"", "import (\n\t\"fmt\"\n\t\"net/http\"\n)")
            .replace(
                "fmt.Println(\"main returns\")", "fmt.Println(\"main returns\", http.StatusOK)");
    assertInstanceOf(FixGrade.Unsupported.class, judge("ch1-fix-leak", outside));
  }

  @Test
  void aProgramThatNeverEndsIsLimited() {
    String id = "ch1-fix-leak";
    FixGrade g = judge(id, edited(id, "fmt.Println(\"main returns\")", "for {\n\t}"));
    assertEquals(0, g.score());
    g =
        judge(
            id,
            edited(
                id,
                "\tfmt.Println(\"main returns\")",
                "\tfor i := 0; i < 100000; i++ {\n\t\tgo func() { ch <- i }()\n\t}\n\tfmt.Println(\"main returns\")"));
    assertEquals(0, g.score());
  }

  @Test
  void itemFilesThatAreWrong() {
    String good =
        """
        id = "x"
        kind = "fix"
        chapter = "ch1"
        program = "leak-and-return"
        must = ["no-leak"]
        rule = "leak-ends"
        prompt.en = "a"
        prompt.zh = "b"
        context.en = "c"
        context.zh = "d"
        """;
    assertInstanceOf(
        FixItem.class,
        ItemBank.of(Map.of("x.toml", good), Corpus.builtIn()).exercise("x").orElseThrow());
    for (String bad :
        List.of(
            good.replace("\"fix\"", "\"mend\""),
            good.replace("no-leak", "no-leaks"),
            good.replace("[\"no-leak\"]", "[]"),
            good.replace("leak-ends", "leak-end"),
            good + "points = 0\n",
            good + "ask = [\"exit\"]\n")) {
      assertThrows(
          BadItemException.class, () -> ItemBank.of(Map.of("x.toml", bad), Corpus.builtIn()), bad);
    }
    ItemBank nothing =
        ItemBank.of(
            Map.of("x.toml", good.replace("leak-and-return", "defer-order")), Corpus.builtIn());
    FixItem item = (FixItem) nothing.exercise("x").orElseThrow();
    FixJudge judge = new FixJudge(item, nothing.program(item));
    assertThrows(BadItemException.class, judge::given, "there is nothing to mend");
  }

  @Test
  void cells() {
    assertEquals("ch1-x", FixItem.itemOf("\uFEFF\n  %%fix  CH1-x \npackage main").orElseThrow());
    assertTrue(FixItem.itemOf("%%fixed x").isEmpty());
    assertTrue(FixItem.itemOf("package main\n%%fix x").isEmpty());
    assertEquals("\npackage main\n", FixItem.source("%%fix x\npackage main\n\n"));
    assertEquals("\npackage main\n%%fix y\n", FixItem.source("%%fix x\r\npackage main\r\n%%fix y"));
  }
}
