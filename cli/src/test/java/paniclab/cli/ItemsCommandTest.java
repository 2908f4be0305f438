package paniclab.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import paniclab.exercises.ItemBank;

class ItemsCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String stdin, String... words) {
    Io io =
        new Io(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return Main.commandLine(io).execute(words);
  }

  @Test
  void everyItemIsALine() {
    assertEquals(0, run("", "items", "--lang", "en"));
    assertEquals(
        ItemBank.builtIn().exercises().size(),
        out.toString(StandardCharsets.UTF_8).lines().count());
    assertTrue(
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .anyMatch(l -> l.matches("ch1-exit-race +5  The article's own sample: .*")),
        out.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aChapterInChinese() {
    assertEquals(0, run("", "items", "--chapter", "ch3", "--lang", "zh-CN"));
    String said = out.toString(StandardCharsets.UTF_8);
    assertTrue(said.lines().allMatch(l -> l.startsWith("ch3-")), said);
    assertTrue(said.contains("标准输出是管道"), said);
    assertEquals(2, run("", "items", "--chapter", "ch9"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("--chapter ch9: has no items"));
  }

  @Test
  void aDeadlockOfOneIsNotBlamedOnAnother() {
    run(
        """
        fatal error: all goroutines are asleep - deadlock!

        goroutine 1 [sync.Mutex.Lock]:
        internal/sync.runtime_SemacquireMutex(0x0?, 0x0?, 0x0?)
        \t/go/src/runtime/sema.go:95 +0x25
        internal/sync.(*Mutex).lockSlow(0xc000012050)
        \t/go/src/internal/sync/mutex.go:149 +0x15a
        sync.(*Mutex).Lock(...)
        \t/go/src/sync/mutex.go:46
        main.main()
        \t/src/main.go:8 +0x4b
        exit status 2
        """,
        "explain",
        "--lang",
        "en");
    String said = out.toString(StandardCharsets.UTF_8);
    assertTrue(said.contains("it holds that lock itself"), said);
    assertFalse(said.contains("GOTRACEBACK=all"), said);
  }
}
