package paniclab.lessons.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import paniclab.lessons.Language;
import paniclab.model.crash.Crash;
import paniclab.model.crash.CrashReader;
import paniclab.model.crash.Explanation;
import paniclab.model.crash.Explanation.Recoverable;

/** Forms that the measured logs do not have: older releases, test tools, odd encodings. */
class FormsTest {
  private static final String TRACE =
      "\n\ngoroutine 7 [running]:\nmain.f()\n\t/src/main.go:4 +0x25\nmain.main()\n\t/src/main.go:9 +0x1d\n";

  private static Crash one(String text) {
    List<Crash> all = CrashReader.read(text).crashes();
    assertEquals(1, all.size(), text);
    return all.getFirst();
  }

  private static Explanation explained(String text) {
    return Explanation.of(one(text));
  }

  @Test
  void repanicsOfGo121To126() {
    String old = "panic: boom [recovered]\n\tpanic: boom" + TRACE;
    assertEquals(Recoverable.WAS_RECOVERED, explained(old).recoverable());
    assertEquals(2, one(old).cause().chain().size());
    String fresh = "panic: boom [recovered, repanicked]" + TRACE;
    assertEquals(Recoverable.WAS_RECOVERED, explained(fresh).recoverable());
    String both = "panic: a [recovered]\n\tpanic: b [recovered, repanicked]\n\tpanic: c" + TRACE;
    assertEquals(Recoverable.WAS_RECOVERED, explained(both).recoverable());
    assertEquals("c", one(both).cause().chain().getLast().value());
    // The newest panic was not recovered, whatever its value says.
    assertEquals(Recoverable.YES, explained("panic: x [recovered]" + TRACE).recoverable());
  }

  @Test
  void cgoTextsOfGo121To126() {
    for (String s :
        List.of(
            "cgo argument has Go pointer to unpinned Go pointer",
            "argument of cgo function has Go pointer to unpinned Go pointer",
            "cgo result is unpinned Go pointer or points to unpinned Go pointer")) {
      Explanation e = explained("panic: runtime error: " + s + TRACE);
      assertEquals("CGO_POINTER", e.kind().name());
      assertEquals(Recoverable.YES, e.recoverable());
      assertEquals(
          List.of("main.f", "main.main"),
          e.reach().stream().map(Crash.TracedFrame::function).toList());
    }
  }

  @Test
  void valuesOfSeveralLines() {
    Crash c = one("panic: first line\n\tsecond line\n\t/not/a/frame.go:7\n" + TRACE);
    assertEquals(
        "first line\nsecond line\n/not/a/frame.go:7", c.cause().chain().getFirst().value());
    // Before Go 1.23 the lines had no tab.
    assertEquals("panic", one("panic: first line\nsecond line" + TRACE).family().word());
  }

  /** A logger or a collector has put the whole text into one value. */
  @Test
  void wholeCrashesInOneValue() {
    String text = "panic: boom" + TRACE;
    String escaped = text.replace("\n", "\\n").replace("\t", "\\t");
    for (String line :
        List.of(
            "{\"level\":\"error\",\"msg\":\"it died\",\"stack\":\"" + escaped + "\"}",
            "{\"level\":\"error\",\"msg\":\"" + escaped + "\"}",
            "{\"message\":\"child\",\"labels\":{\"output\":\"" + escaped + "\"}}",
            "time=\"2026-11-26T04:00:00Z\" level=error msg=\"" + escaped + "\" service=api",
            "2026-11-26 ERROR worker died: " + escaped)) {
      Crash c = one("before\n" + line + "\nafter\n");
      assertEquals("panic: boom", c.firstLine(), line);
      assertEquals(
          List.of("main.f", "main.main"),
          Explanation.of(c).reach().stream().map(Crash.TracedFrame::function).toList(),
          line);
    }
    // What debug.Stack gave a program that went on is no crash.
    String stack = "goroutine 9 [running]:\\nruntime/debug.Stack()\\n\\t/x.go:1 +0x5\\n";
    assertEquals(
        List.of(),
        CrashReader.read("{\"level\":\"error\",\"stack\":\"" + stack + "\"}\n").crashes());
  }

  /** A terminal shows what was typed, a progress line has no end, old releases print less. */
  @Test
  void signalsBehindOtherText() {
    Crash quit = one("waiting\n^\\SIGQUIT: quit\nPC=0x4753a1 m=0 sigcode=128\n" + TRACE);
    assertEquals("SIGQUIT: quit", quit.firstLine());
    assertEquals("QUIT", Explanation.of(quit).kind().name());
    Crash old =
        one(
            "0-53.4 1-0.0 Total: 53.4 MH/s  SIGABRT: abort\nPC=0x501dd42 m=3\n"
                + "signal arrived during cgo execution\n"
                + TRACE);
    assertEquals("SIGABRT: abort", old.firstLine());
    assertEquals("ABORT_IN_C", Explanation.of(old).kind().name());
    assertEquals(List.of(), CrashReader.read("we send SIGQUIT: quit\nand wait\n").crashes());
  }

  /** winthrow of signal_windows.go: no goroutine is named above the first frames. */
  @Test
  void anExceptionOfWindows() {
    String text =
        """
        Exception 0xc0000005 0x0 0x18 0x7ffb1c2d3d4a
        PC=0x7ffb1c2d3d4a
        signal arrived during external code execution

        runtime.cgocall(0x7ff6c3b5a0c0, 0xc00004f8a8)
        \tC:/Go/src/runtime/cgocall.go:167 +0x3e fp=0xc00004f880 sp=0xc00004f848 pc=0x7ff6c3b0a2de
        main._Cfunc_draw(0x0)
        \t_cgo_gotypes.go:50 +0x45 fp=0xc00004f8f8 sp=0xc00004f880 pc=0x7ff6c3b5c6c7
        main.main()
        \tC:/src/app/main.go:31 +0x1c5

        goroutine 18 gp=0xc0 m=nil [GC worker (idle)]:
        runtime.gopark(0x0?)
        \tC:/Go/src/runtime/proc.go:462 +0xce
        rax     0x0
        rip     0x7ffb1c2d3d4a
        """;
    for (String prefix : List.of("", "app-1  | ")) {
      String log = prefix + text.strip().replace("\n", "\r\n" + prefix) + "\r\n";
      Explanation e = explained(log);
      assertEquals("FAULT_IN_C", e.kind().name(), log);
      assertEquals(Recoverable.NO, e.recoverable());
      assertEquals(2, e.exit().orElseThrow());
      assertEquals("main.main", e.where().orElseThrow().function());
      assertEquals(31, e.where().orElseThrow().fileLine());
    }
    JsonObject json = JsonParser.parseString(ExplainJson.line(one(text))).getAsJsonObject();
    assertTrue(json.get("goroutine").isJsonNull());
    assertEquals(
        "Exception 0xc0000005 0x0 0x18 0x7ffb1c2d3d4a", json.get("first_line").getAsString());
  }

  @Test
  void aFatalErrorDuringAPanic() {
    Crash c = one("panic: boom\n\tfatal error: all goroutines are asleep - deadlock!" + TRACE);
    assertEquals("fatal", c.family().word());
    assertEquals(1, c.cause().chain().size());
    assertEquals(Recoverable.NO, Explanation.of(c).recoverable());
  }

  @Test
  void testTools() {
    String text =
        """
        === RUN   TestSum
        --- FAIL: TestSum (0.00s)
        panic: runtime error: index out of range [0] with length 0 [recovered, repanicked]

        goroutine 6 [running]:
        testing.tRunner.func1.2({0x50f8e0, 0xc00001a0d8})
        \t/usr/local/go/src/testing/testing.go:1872 +0x237
        testing.tRunner.func1()
        \t/usr/local/go/src/testing/testing.go:1875 +0x35b
        panic({0x50f8e0?, 0xc00001a0d8?})
        \t/usr/local/go/src/runtime/panic.go:783 +0x132
        example.com/sum.TestSum(0xc000003880?)
        \t/src/sum/sum_test.go:9 +0x18
        testing.tRunner(0xc000003880, 0x522c88)
        \t/usr/local/go/src/testing/testing.go:1934 +0xea
        created by testing.(*T).Run in goroutine 1
        \t/usr/local/go/src/testing/testing.go:1997 +0x465
        exit status 2
        FAIL\texample.com/sum\t0.003s
        """;
    Explanation e = explained(text);
    assertEquals("example.com/sum.TestSum", e.where().orElseThrow().function());
    assertEquals(Recoverable.WAS_RECOVERED, e.recoverable());
    assertEquals(2, e.exit().getAsInt());
    assertEquals(
        "TEST_TIMEOUT",
        explained("panic: test timed out after 1s\n\trunning tests:\n\t\tTestHang (1s)\n" + TRACE)
            .kind()
            .name());
  }

  @Test
  void whatShellsAndContainersSayOfTheEnd() {
    assertEquals(
        134, explained("panic: x" + TRACE + "signal: aborted (core dumped)\n").exit().getAsInt());
    assertEquals(134, explained("panic: x" + TRACE + "Aborted (core dumped)\n").exit().getAsInt());
    assertEquals(2, explained("panic: x" + TRACE + "exit status 2\n").exit().getAsInt());
    assertEquals(2, explained("web-1  | panic: x\nweb-1 exited with code 2\n").exit().getAsInt());
    String unit =
        "Nov 26 04:00:00 h app[7]: panic: x\n"
            + "Nov 26 04:00:00 h systemd[1]: app.service: Main process exited, code=dumped, status=6/ABRT\n";
    assertEquals(134, explained(unit).exit().getAsInt());
  }

  @Test
  void statesOfGoroutines() {
    Crash c =
        one(
            "panic: x"
                + TRACE
                + "\ngoroutine 9 [chan receive (durable), 12 minutes, locked to thread, synctest bubble 3]:\n"
                + "main.g()\n\t/src/main.go:12 +0x1\n"
                + "\ngoroutine 10 [select labels:{\"user\": \"a]b\"}]:\nmain.g()\n\t/src/main.go:12 +0x1\n"
                + "...additional frames elided...\ncreated by main.main\n\t/src/main.go:3 +0x1\n");
    assertEquals("chan receive (durable)", c.goroutines().get(1).state());
    assertEquals(12, c.goroutines().get(1).minutes());
    assertTrue(c.goroutines().get(1).locked());
    assertEquals("select", c.goroutines().get(2).state());
    assertEquals("main.main", c.goroutines().get(2).createdBy().orElseThrow().function());
  }

  @Test
  void encodings() {
    String text = "panic: 你好" + TRACE;
    byte[] le = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16LE);
    byte[] be = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_16BE);
    byte[] bom = ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8);
    for (byte[] b : List.of(le, be, bom)) {
      List<Crash> all = new ArrayList<>();
      CrashReader r = new CrashReader(all::add);
      for (byte x : b) {
        r.accept(new byte[] {x}, 0, 1);
      }
      r.end();
      assertEquals(1, all.size());
      assertEquals("panic: 你好", all.getFirst().firstLine());
    }
  }

  @Test
  void aHandlerThatPanickedIsNoDeath() {
    String text =
        """
        2026/11/26 04:00:00 http: panic serving [::1]:51234: boom
        goroutine 34 [running]:
        net/http.(*conn).serve.func1()
        \t/usr/local/go/src/net/http/server.go:1947 +0xbe
        panic({0x6a1b40?, 0x7a2c10?})
        \t/usr/local/go/src/runtime/panic.go:783 +0x132
        main.orders({0x7a6b48, 0xc0001a8000}, 0xc000188000)
        \t/src/main.go:12 +0x25
        net/http.HandlerFunc.ServeHTTP(0xc000012345?, {0x7a6b48?, 0xc0001a8000?}, 0x0?)
        \t/usr/local/go/src/net/http/server.go:2322 +0x29
        2026/11/26 04:00:01 handled /orders
        2026/11/26 04:00:02 http: panic serving [::1]:51235: boom
        goroutine 35 [running]:
        net/http.(*conn).serve.func1()
        \t/usr/local/go/src/net/http/server.go:1947 +0xbe
        """;
    List<Crash> all = CrashReader.read(text).crashes();
    assertEquals(2, all.size());
    JsonObject o = JsonParser.parseString(ExplainJson.line(all.getFirst())).getAsJsonObject();
    assertEquals("panic", o.get("family").getAsString());
    assertEquals("was-recovered", o.get("recoverable").getAsString());
    assertEquals("main.orders", o.get("recover_where").getAsString());
    assertTrue(o.get("exit").isJsonNull());
  }

  @Test
  void theObjectHasItsFields() {
    JsonObject o =
        JsonParser.parseString(ExplainJson.line(one("panic: x" + TRACE))).getAsJsonObject();
    assertEquals(
        List.of(
            "family",
            "first_line",
            "goroutine",
            "recoverable",
            "recover_where",
            "defers_ran",
            "exit",
            "lesson"),
        List.copyOf(o.keySet()));
    assertEquals(7, o.get("goroutine").getAsInt());
    assertEquals("main.f, main.main", o.get("recover_where").getAsString());
  }

  /** Whatever the bytes are, the reader comes to an end, and soon. */
  @Test
  void hostileText() {
    String[] pieces = {
      "panic: ",
      "goroutine 1 [running]:",
      "\t",
      "\n",
      "main.f()",
      "fatal error: ",
      "\u001B[",
      "{\"log\":\"",
      "\\u00",
      "SIGSEGV: segmentation violation",
      "PC=0x1 m=0 sigcode=0",
      "-----",
      "created by ",
      "(((((",
      "a ".repeat(2000),
      "\r",
      "[recovered]",
      "...9 frames elided...",
      "2026-11-26T04:00:00Z ",
      "| ",
      "\uD800"
    };
    java.util.Random random = new java.util.Random(7);
    for (int i = 0; i < 3000; i++) {
      StringBuilder b = new StringBuilder();
      for (int n = random.nextInt(40); n > 0; n--) {
        b.append(pieces[random.nextInt(pieces.length)]);
      }
      for (Crash c : CrashReader.read(b.toString()).crashes()) {
        for (Language l : Language.values()) {
          Explained e = Explained.of(c, "x", l);
          assertTrue(!e.text().isEmpty() && !e.html().isEmpty());
        }
        ExplainJson.line(c);
      }
    }
    String words = "lorem panic: ipsum dolor sit amet, ".repeat(1500);
    CrashReader.read((words + "\n").repeat(20));
    assertTrue(CrashReader.read("x".repeat(1 << 20) + "\npanic: y\n").crashes().size() <= 1);
  }
}
