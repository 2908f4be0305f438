package paniclab.golang.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import paniclab.model.program.Call;
import paniclab.model.program.Function;
import paniclab.model.program.GoType;
import paniclab.model.program.Instruction;

class LibraryTest {
  private static final Unit LIBRARY = Library.unit();

  @Test
  void everyFunctionCanBeReadAndCallsOnlyWhatIsThere() {
    List<String> missing = new ArrayList<>();
    for (String name : LIBRARY.functionNames()) {
      Function f = LIBRARY.function(name).orElseThrow();
      assertEquals(name, f.name());
      for (Function.Block b : f.blocks()) {
        for (Instruction in : b.instructions()) {
          callee(in).filter(c -> LIBRARY.function(c).isEmpty()).ifPresent(missing::add);
        }
      }
    }
    assertEquals(List.of(), missing);
    assertTrue(LIBRARY.function("fmt.Println").isPresent());
  }

  private static Optional<String> callee(Instruction in) {
    Call call =
        switch (in) {
          case Instruction.CallInstruction c -> c.call();
          case Instruction.Go g -> g.call();
          case Instruction.Defer d -> d.call();
          default -> null;
        };
    return call != null && call.target() instanceof Call.Target.Static(String name)
        ? Optional.of(name)
        : Optional.empty();
  }

  @Test
  void methodsOfLibraryTypesAreFoundByTheNameOfTheType() {
    GoType error = LIBRARY.global("io.EOF").orElseThrow();
    assertEquals("error", error.toString());
    GoType pointer =
        new GoType.Pointer(
            new GoType.Named("errors.errorString", "errors.errorString", "errors", () -> error));
    assertEquals(Optional.of("(*errors.errorString).Error"), LIBRARY.method(pointer, "Error", ""));
    assertEquals(Optional.empty(), LIBRARY.method(pointer, "Unwrap", ""));
  }
}
