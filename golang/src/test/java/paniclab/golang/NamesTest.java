package paniclab.golang;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.model.program.Call;
import paniclab.model.program.Function;
import paniclab.model.program.Instruction;
import paniclab.model.program.Operand;
import paniclab.model.program.Program;
import paniclab.model.program.SourceFile;

/**
 * Functions are named as the real compiler names them: the test program prints, for each tag, the
 * function and the line that runtime.CallersFrames says the tag is passed on in.
 */
class NamesTest {
  @Test
  void functionsAndLinesAreThoseOfGc(@TempDir Path dir) throws Exception {
    String text = resource("names.go");
    Files.writeString(dir.resolve("names.go"), text);
    // Without inlining: it makes copies of closures under other names.
    GoTool.Result built = GoTool.go(dir, "build", "-gcflags=-l", "-o", "names.exe", "names.go");
    assertEquals(0, built.status(), built.output());
    Process p = new ProcessBuilder(dir.resolve("names.exe").toString()).start();
    String output = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, p.waitFor());
    Map<String, String> real = new TreeMap<>();
    output.lines().map(l -> l.split(" ")).forEach(f -> real.put(f[0], f[1] + " " + f[2]));
    assertTrue(real.size() > 30, output);
    assertEquals(real, ours(text));
  }

  private static String resource(String name) throws Exception {
    try (InputStream in = Objects.requireNonNull(NamesTest.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** For each tag that is passed to main.who: the function it is done in and the line. */
  private static Map<String, String> ours(String text) {
    Compilation c = GoFrontEnd.bundled().compile(List.of(new SourceFile("names.go", text)));
    Program program = assertInstanceOf(Compilation.Compiled.class, c).program();
    Map<String, String> found = new TreeMap<>();
    Deque<String> queue = new ArrayDeque<>(List.of("main.init", "main.main"));
    queue.addAll(List.of("(main.T).M", "(*main.T).P"));
    Set<String> seen = new HashSet<>();
    while (!queue.isEmpty()) {
      String name = queue.remove();
      Optional<Function> f = program.function(name);
      if (!seen.add(name) || f.isEmpty() || !f.get().packagePath().equals("main")) {
        continue;
      }
      for (Function.Block b : f.get().blocks()) {
        for (Instruction in : b.instructions()) {
          visit(f.get(), in, queue, found);
        }
      }
    }
    return found;
  }

  private static void visit(
      Function f, Instruction in, Deque<String> queue, Map<String, String> found) {
    switch (in) {
      case Instruction.CallInstruction c -> {
        if (c.call().target() instanceof Call.Target.Static(String callee)) {
          queue.add(callee);
          if (callee.equals("main.who")
              && c.call().arguments().getFirst() instanceof Operand.StringConst s) {
            found.put(s.value().toString(), f.displayName() + " " + in.position().line());
          }
        }
        references(c.call().arguments(), queue);
      }
      case Instruction.Go g -> callees(g.call(), queue);
      case Instruction.Defer d -> callees(d.call(), queue);
      case Instruction.MakeClosure m -> queue.add(m.function());
      case Instruction.Store s -> references(List.of(s.value()), queue);
      case Instruction.Return r -> references(r.results(), queue);
      case Instruction.ChangeType t -> references(List.of(t.x()), queue);
      default -> {}
    }
  }

  private static void callees(Call call, Deque<String> queue) {
    if (call.target() instanceof Call.Target.Static(String callee)) {
      queue.add(callee);
    }
    references(call.arguments(), queue);
  }

  private static void references(List<Operand> operands, Deque<String> queue) {
    for (Operand o : operands) {
      if (o instanceof Operand.FunctionRef(String name)) {
        queue.add(name);
      }
    }
  }
}
