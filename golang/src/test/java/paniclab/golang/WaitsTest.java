package paniclab.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import paniclab.model.explore.RoundRobin;
import paniclab.model.machine.Machines;
import paniclab.model.machine.RunOptions;
import paniclab.model.program.SourceFile;
import paniclab.model.trace.Wait;

/** Who waits for whom at the end of runs. */
class WaitsTest {
  /** The waits of a run of main with some imports, as lines. */
  private static String waits(String imports, String body) {
    String text = "package main\nimport (" + imports + ")\nfunc main() {\n" + body + "\n}\n";
    Compilation c = GoFrontEnd.bundled().compile(List.of(new SourceFile("main.go", text)));
    if (!(c instanceof Compilation.Compiled compiled)) {
      throw new AssertionError(c.toString());
    }
    return Machines.run(compiled.program(), RunOptions.DEFAULT, new RoundRobin(), () -> false)
        .trace()
        .waits()
        .stream()
        .map(WaitsTest::line)
        .collect(Collectors.joining("; "));
  }

  private static String line(Wait w) {
    String peers =
        w.peers().stream()
            .map(p -> p.role() + " " + p.goroutine())
            .collect(Collectors.joining(", ", "(", ")"));
    return w.goroutine() + " " + w.reason().text() + " " + w.object() + " " + peers;
  }

  @Test
  void locksTakenInOppositeOrder() {
    assertEquals(
        "1 chan receive done (REACHES 3); 2 sync.Mutex.Lock b (HOLDS 3);"
            + " 3 sync.Mutex.Lock a (HOLDS 2)",
        waits(
            "\"sync\"; \"runtime\"",
            """
            var a, b sync.Mutex
            done := make(chan bool)
            go func() { a.Lock(); runtime.Gosched(); b.Lock() }()
            go func() { b.Lock(); runtime.Gosched(); a.Lock(); done <- true }()
            <-done
            """));
  }

  @Test
  void aLockHeldByOneself() {
    assertEquals(
        "1 sync.Mutex.Lock mu (HOLDS 1)",
        waits("\"sync\"", "var mu sync.Mutex; mu.Lock(); mu.Lock()"));
  }

  @Test
  void aReaderWhoWaitsBehindAWriterWhoWaitsForIt() {
    assertEquals(
        "1 sync.RWMutex.RLock mu (HOLDS 2); 2 sync.RWMutex.Lock mu (READS 1)",
        waits(
            "\"sync\"; \"runtime\"",
            """
            var mu sync.RWMutex
            mu.RLock()
            go func() { mu.Lock() }()
            runtime.Gosched()
            mu.RLock()
            """));
  }

  @Test
  void aChannelOnlyItselfCanReach() {
    assertEquals("1 chan receive ch ()", waits("", "ch := make(chan int); <-ch"));
  }

  @Test
  void aLockThatAnotherGoroutineLeftLocked() {
    assertEquals(
        "1 sync.Mutex.Lock mu (HOLDS 2)",
        waits(
            "\"sync\"",
            """
            var mu sync.Mutex
            done := make(chan bool)
            go func() { mu.Lock(); close(done) }()
            <-done
            mu.Lock()
            """));
  }

  @Test
  void whoCouldCallDone() {
    assertEquals(
        "1 sync.WaitGroup.Wait wg (REACHES 2); 2 chan receive ch (REACHES 1)",
        waits(
            "\"sync\"",
            """
            var wg sync.WaitGroup
            ch := make(chan int)
            wg.Add(1)
            go func() { <-ch; wg.Done() }()
            wg.Wait()
            """));
  }
}
