package paniclab.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;
import paniclab.model.program.Program;
import paniclab.model.program.SourceFile;

class GoFrontEndTest {
  private static final GoFrontEnd FRONT = GoFrontEnd.bundled();

  private static Compilation compile(String text) {
    return FRONT.compile(List.of(new SourceFile("prog.go", text)));
  }

  private static Program program(String text) {
    return assertInstanceOf(Compilation.Compiled.class, compile(text)).program();
  }

  @Test
  void aProgramHasItsFunctionsWithPlaces() {
    Program p =
        program(
            """
            package main

            func f(n int) int {
            \treturn n / 2
            }

            func main() {
            \tprintln(f(7))
            }
            """);
    assertEquals("main.main", p.mainFunction());
    Function f = p.function("main.f").orElseThrow();
    assertEquals("main.f", f.displayName());
    assertEquals("n", f.slots().getFirst().variable());
    Instruction.BinOp quotient =
        (Instruction.BinOp) f.blocks().getFirst().instructions().getFirst();
    assertEquals("/", quotient.op());
    assertEquals("prog.go:4:11", quotient.position().toString());
  }

  @Test
  void closuresAreNamedAsInStackTraces() {
    Program p =
        program(
            """
            package main

            func main() {
            \tfunc() { func() { panic(1) }() }()
            }
            """);
    assertEquals("main.main.func1", p.function("main.main$1").orElseThrow().displayName());
    assertEquals("main.main.func1.1", p.function("main.main$1$1").orElseThrow().displayName());
  }

  @Test
  void errorsAreThoseOfGoBuild() {
    Compilation c =
        compile(
            """
            package main

            func main() {
            \tx := 1
            \ty = 2
            }
            """);
    assertEquals(
        """
        ./prog.go:4:2: declared and not used: x
        ./prog.go:5:2: undefined: y\
        """,
        assertInstanceOf(Compilation.Rejected.class, c).toString());
  }

  @Test
  void aPackageWeDoNotHaveIsNoError() {
    Compilation c =
        compile("package main\n\nimport \"net/http\"\n\nfunc main() { http.Serve(nil, nil) }\n");
    assertEquals(
        "prog.go:3:8: not supported by the model: package net/http",
        assertInstanceOf(Compilation.Unsupported.class, c).toString());
  }

  @Test
  void aProgramMayUseTheLibrary() {
    Program p =
        program(
            """
            package main

            import (
            \t"fmt"
            \t"slices"
            )

            type point struct{ x, y int }

            func (p point) String() string { return fmt.Sprint(p.x) }

            func main() {
            \tps := []point{{2, 1}, {1, 2}}
            \tslices.SortFunc(ps, func(a, b point) int { return a.x - b.x })
            \tfmt.Println(ps)
            }
            """);
    assertTrue(p.function("fmt.Println").isPresent());
    Function main = p.function("main.main").orElseThrow();
    GoType point =
        main.slots().stream()
            .map(s -> s.type())
            .flatMap(t -> t instanceof GoType.Slice s ? Stream.of(s.elem()) : Stream.of())
            .filter(t -> t.toString().equals("main.point"))
            .findFirst()
            .orElseThrow();
    assertEquals(Optional.of("(main.point).String"), p.method(point, "String", ""));
    assertEquals(
        Optional.of("(*main.point).String"), p.method(new GoType.Pointer(point), "String", ""));
  }

  @Test
  void whatALibraryPackageLacksIsNoError() {
    Compilation c =
        compile(
            """
            package main

            import "os"

            func main() {
            \tos.UserCacheDir()
            \tvar s os.ProcessState
            \ts.ExitCode()
            }
            """);
    assertEquals(
        """
        prog.go:6:5: not supported by the model: os.UserCacheDir
        prog.go:8:4: not supported by the model: os.ProcessState.ExitCode\
        """,
        assertInstanceOf(Compilation.Unsupported.class, c).toString());
  }

  /** gcc runs a constructor before main; the C front end would pass over the word. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          __attribute__((constructor)) static void f(void) {} | the attribute constructor in C
          __attribute__((noinline, cleanup(g))) int f(void); | the attribute cleanup in C
          int f(void) __attribute__((__alias__("g"))); | the attribute alias in C
          #pragma weak f | #pragma weak in C
          """)
  void whatTheCFrontEndWouldPassOverIsRefused(String c, String what) {
    String go =
        "package main\n\n/*\n// __attribute__((constructor)) in a comment is nothing\n"
            + c
            + "\n*/\nimport \"C\"\n\nfunc main() {}\n";
    assertEquals(
        "prog.go:5: not supported by the model: " + what,
        assertInstanceOf(Compilation.Unsupported.class, compile(go)).toString());
  }

  @Test
  void tooMuchSourceIsALimitWithItsName() {
    Compilation c = compile("package main\n//" + "x".repeat(GoFrontEnd.MAX_SOURCE));
    assertEquals(
        "not supported by the model: a program of more than 1048576 bytes of source",
        assertInstanceOf(Compilation.Unsupported.class, c).toString());
  }
}
