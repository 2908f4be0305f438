package paniclab.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import paniclab.model.program.SourceFile;

/** Every mutation is a program that compiles and differs from its origin. */
class MutationsTest {
  private static final String PROGRAM =
      """
      package main

      import (
      	"fmt"
      	"os"
      	"sync"
      )

      func main() {
      	var wg sync.WaitGroup
      	ch := make(chan int)
      	defer fmt.Println("one")
      	defer fmt.Println("two")
      	wg.Add(1)
      	go func() {
      		defer wg.Done()
      		defer func() { fmt.Println(recover()) }()
      		for i := 0; i < 3; i++ {
      			ch <- i
      		}
      		close(ch)
      		panic("boom")
      	}()
      	for v := range ch {
      		fmt.Println(v)
      	}
      	wg.Wait()
      	os.Exit(3)
      }
      """;

  private static List<Mutation> mutations(String source) {
    return GoFrontEnd.bundled().mutations(List.of(new SourceFile("main.go", source)));
  }

  @Test
  void everyOneCompilesAndIsAnotherProgram() {
    GoFrontEnd front = GoFrontEnd.bundled();
    for (Mutation m : mutations(PROGRAM)) {
      assertNotEquals(PROGRAM, m.sources().getFirst().text(), m.kind());
      assertInstanceOf(Compilation.Compiled.class, front.compile(m.sources()), m.toString());
    }
  }

  @Test
  void theKindsThatFitAreThereAtTheirLines() {
    Map<String, Integer> kinds = new TreeMap<>();
    mutations(PROGRAM).forEach(m -> kinds.putIfAbsent(m.kind(), m.line()));
    assertEquals(11, kinds.get("buffer"));
    assertEquals(12, kinds.get("swap-defers"));
    assertEquals(15, kinds.get("go-to-call"));
    assertEquals(17, kinds.get("deepen-recover"));
    assertEquals(17, kinds.get("drop-rescue"));
    assertEquals(18, kinds.get("count"));
    assertEquals(21, kinds.get("drop-close"));
    assertEquals(22, kinds.get("panic-to-exit"));
    assertEquals(27, kinds.get("drop-sync"));
    assertEquals(28, kinds.get("status"));
  }

  @Test
  void whatDoesNotCompileHasNone() {
    assertEquals(List.of(), mutations("package main\nfunc main() { x }\n"));
    assertEquals(List.of(), mutations("package"));
  }

  @Test
  void aPackageThatIsNeededIsImportedOnce() {
    String plain = "package main\n\nfunc main() {\n\tpanic(\"x\")\n}\n";
    Mutation exit =
        mutations(plain).stream()
            .filter(m -> m.kind().equals("panic-to-exit"))
            .findFirst()
            .orElseThrow();
    assertEquals(
        "package main\n\nimport \"os\"\n\nfunc main() {\n\tos.Exit(3)\n}\n",
        exit.sources().getFirst().text());
    Mutation again =
        mutations(PROGRAM).stream()
            .filter(m -> m.kind().equals("panic-to-exit"))
            .findFirst()
            .orElseThrow();
    assertTrue(again.sources().getFirst().text().split("\"os\"", -1).length == 2);
  }
}
