package paniclab.lessons.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import paniclab.lessons.Language;
import paniclab.model.crash.CrashLog;
import paniclab.model.crash.CrashReader;

/** Text that is no crash of a Go process, though it may look like one in places. */
class NoCrashTest {
  private static void none(String text) {
    CrashLog log = CrashReader.read(text);
    assertEquals(List.of(), log.crashes(), text);
    for (Language l : Language.values()) {
      assertFalse(NoCrash.lines(log, l).isEmpty());
    }
    assertTrue(ExplainJson.none(log).startsWith("{\"family\":\"none\""));
  }

  @Test
  void otherLanguages() {
    none(
        """
        Exception in thread "main" java.lang.IllegalStateException: panic: not ours
        \tat com.example.Main.run(Main.java:12)
        \tat com.example.Main.main(Main.java:5)
        Caused by: java.io.IOException: fatal error: disk full
        \t... 2 more
        """);
    none(
        """
        Traceback (most recent call last):
          File "/app/main.py", line 3, in <module>
            raise ValueError("panic: boom")
        ValueError: panic: boom
        """);
    none(
        """
        thread 'main' panicked at src/main.rs:2:5:
        index out of bounds: the len is 3 but the index is 99
        note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
        """);
    none(
        """
        panic: ufs_dirbad: /: bad dir ino 2 at offset 0: mangled entry
        cpuid = 0
        KDB: stack backtrace:
        #0 0xffffffff80c0 at kdb_backtrace+0x65
        """);
    none(
        """
        main.c:1:10: fatal error: foo.h: No such file or directory
            1 | #include <foo.h>
        compilation terminated.
        """);
    none(
        "PHP Fatal error:  Uncaught Exception: panic in /var/www/x.php:3\nStack trace:\n#0 {main}\n");
    none("[    1.234567] Kernel panic - not syncing: VFS: Unable to mount root fs\n");
    none("Segmentation fault (core dumped)\n");
    none("free(): double free detected in tcache 2\nAborted (core dumped)\n");
  }

  @Test
  void logs() {
    none(
        """
        10.0.0.1 - - [26/Nov/2026:04:00:01 +0000] "GET /?q=panic:%20x HTTP/1.1" 200 612 "-" "curl"
        10.0.0.1 - - [26/Nov/2026:04:00:02 +0000] "GET /goroutine HTTP/1.1" 404 12 "-" "curl"
        """);
    none(
        """
        2026/11/26 04:00:01 panic: recovered: boom
        2026/11/26 04:00:02 still serving
        """);
    none(
        """
        {"level":"error","ts":1764129600,"msg":"panic: boom","stack":"goroutine 7 [running]:\\nmain.f()"}
        {"level":"info","ts":1764129601,"msg":"next request"}
        """);
    none("time=2026-11-26T04:00:00Z level=ERROR msg=\"panic: boom\" path=/x\n");
    none("ERROR: 2026-11-26 panic: could not reach db\nINFO: 2026-11-26 retrying\n");
  }

  @Test
  void prose() {
    none(
        """
        # When Go dies

        The program prints `panic: boom` and ends with status 2. A line such as
        panic: send on closed channel
        is the first of the text, and fatal error: all goroutines are asleep - deadlock! is not a panic.
        """);
    none(
        """
        Some of the texts you will meet, and what they mean, in the order of their frequency:
        panic: runtime error: index out of range [5] with length 3
        This one is yours. The next, fatal error: concurrent map writes, cannot be recovered.
        """);
    none("Go 的错误分两种，一种是可以恢复的：\npanic: 就是这种。\n另一种是 fatal error: 不能恢复。\n");
    none("");
    none("\n\n\n");
    none("stop\n");
    none("exit status 2\n");
    none("\u0000\u0001\u0002\uFFFD garbage \u0007\n".repeat(100));
  }

  @Test
  void stacksThatAProgramPrinted() {
    String own =
        """
        panic: boom
        goroutine 7 [running]:
        runtime/debug.Stack()
        \t/usr/local/go/src/runtime/debug/stack.go:26 +0x5e
        main.guard()
        \t/src/main.go:12 +0x2a
        panic({0x4839c0?, 0x520aa0?})
        \t/usr/local/go/src/runtime/panic.go:860 +0x13a
        main.main()
        \t/src/main.go:20 +0x25
        still alive
        """;
    none(own);
    assertEquals(CrashLog.Why.OWN_STACK, CrashReader.read(own).recognised().getFirst().why());
    String dump =
        """
        goroutine 1 [chan receive, 3 minutes]:
        main.main()
        \t/src/main.go:20 +0x25

        goroutine 5 [select]:
        main.loop()
        \t/src/main.go:30 +0x25
        created by main.main in goroutine 1
        \t/src/main.go:18 +0x25
        """;
    none(dump);
    CrashLog.Recognised r = CrashReader.read(dump).recognised().getFirst();
    assertEquals(CrashLog.Why.NO_HEADER, r.why());
    assertEquals(2, r.number());
  }

  @Test
  void aReportOfTheRaceDetector() {
    CrashLog log =
        CrashReader.read(
            "==================\nWARNING: DATA RACE\nRead at 0x00c000018098 by goroutine 8:\n");
    assertEquals(CrashLog.Why.RACE, log.recognised().getFirst().why());
    assertTrue(ExplainJson.none(log).contains("\"exit\":66"));
  }

  @Test
  void endsThatGoDoesNotReport() {
    CrashLog killed = CrashReader.read("listening\nsignal: killed\n");
    assertEquals(CrashLog.Why.ENDED, killed.recognised().getFirst().why());
    assertTrue(ExplainJson.none(killed).contains("\"exit\":137"));
    CrashLog c = CrashReader.read("free(): double free detected in tcache 2\n");
    assertEquals(CrashLog.Why.ABORT_OF_C, c.recognised().getFirst().why());
  }
}
