package paniclab.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import paniclab.model.c.LinkEditor;
import paniclab.model.c.LinkEditor.Archive;
import paniclab.model.c.LinkEditor.Definition;
import paniclab.model.c.LinkEditor.Input;
import paniclab.model.c.LinkEditor.ObjectFile;
import paniclab.model.c.LinkEditor.SharedLibrary;

/** The model of the link editor beside gcc and ld, on command lines made by chance. */
class LinkEditorTest {
  private static final int CASES = Integer.getInteger("paniclab.links", 40);
  private static final List<String> SYMBOLS = List.of("x", "y", "z");
  private static final Pattern SAID =
      Pattern.compile("(multiple definition of|undefined reference to) `([xyz])'");

  @TempDir Path dir;
  private final Map<String, Integer> values = new TreeMap<>();

  @Test
  void linksAsLdDoes() throws IOException, InterruptedException {
    int failed = 0;
    int dropped = 0;
    for (int i = 0; i < CASES; i++) {
      Random random = new Random(i);
      boolean allow = random.nextInt(4) == 0;
      List<Input> inputs = inputs(random);
      LinkEditor.Result model = LinkEditor.link(inputs, allow);
      Path at = Files.createDirectory(dir.resolve("case" + i));
      String label = "case " + i + " " + (allow ? "-z muldefs " : "") + inputs;
      Real real = real(at, inputs, allow);
      assertEquals(real.errors, said(String.join("\n", model.errors())), label);
      if (model.linked()) {
        assertEquals(real.needed, model.needed(), label);
        assertEquals(real.printed, printed(inputs, model), label);
        dropped +=
            (int) inputs.stream().filter(SharedLibrary.class::isInstance).count()
                - model.needed().size();
      } else {
        failed++;
      }
    }
    // Of each kind there were some, or the test shows nothing.
    assertTrue(failed > CASES / 10 && failed < CASES * 9 / 10 && dropped > 0, failed + " failed");
  }

  // ---- command lines

  private List<Input> inputs(Random random) {
    List<Input> all = new ArrayList<>();
    int n = 2 + random.nextInt(3);
    for (int i = 0; i < n; i++) {
      all.add(
          switch (random.nextInt(3)) {
            case 0 -> object("o" + i, random);
            case 1 ->
                new Archive(
                    "liba" + i + ".a",
                    List.of(object("m" + i + "a", random), object("m" + i + "b", random)));
            default -> new SharedLibrary("libs" + i + ".so", some(random), random.nextBoolean());
          });
    }
    all.add(random.nextInt(n), new ObjectFile("main.o", List.of(), some(random)));
    return all;
  }

  private static ObjectFile object(String name, Random random) {
    List<String> defined = new ArrayList<>(some(random));
    List<Definition> defines =
        defined.stream().map(s -> new Definition(s, random.nextInt(3) == 0)).toList();
    List<String> needs = SYMBOLS.stream().filter(s -> !defined.contains(s)).toList();
    return new ObjectFile(
        name + ".o",
        defines,
        random.nextInt(3) == 0 ? needs.stream().limit(1).toList() : List.of());
  }

  private static List<String> some(Random random) {
    int bits = 1 + random.nextInt(7);
    return SYMBOLS.stream().filter(s -> (bits >> SYMBOLS.indexOf(s) & 1) != 0).toList();
  }

  // ---- gcc and ld

  private record Real(Set<String> errors, List<String> needed, List<String> printed) {}

  private Real real(Path at, List<Input> inputs, boolean allow)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("gcc", "-no-pie", "-o", "program"));
    if (allow) {
      line.add("-Wl,--allow-multiple-definition");
    }
    for (Input input : inputs) {
      switch (input) {
        case ObjectFile o -> compile(at, o);
        case Archive a -> {
          List<String> ar = new ArrayList<>(List.of("ar", "rcs", a.name()));
          for (ObjectFile m : a.members()) {
            compile(at, m);
            ar.add(m.name());
          }
          done(at, ar);
        }
        case SharedLibrary l -> {
          line.add(l.asNeeded() ? "-Wl,--as-needed" : "-Wl,--no-as-needed");
          List<Definition> defines = l.symbols().stream().map(Definition::strong).toList();
          Files.writeString(at.resolve("s.c"), source(l.name(), defines, List.of()));
          done(
              at,
              List.of("gcc", "-shared", "-fPIC", "-Wl,-soname," + l.name(), "-o", l.name(), "s.c"));
        }
      }
      line.add(input.name());
    }
    line.add("-Wl,--as-needed"); // for gcc's own libraries
    Said link = run(at, line);
    if (link.status != 0) {
      return new Real(said(link.text), List.of(), List.of());
    }
    List<String> needed =
        run(at, List.of("readelf", "-d", "program"))
            .text
            .lines()
            .filter(l -> l.contains("(NEEDED)") && l.contains("[libs"))
            .map(l -> l.substring(l.indexOf('[') + 1, l.indexOf(']')))
            .toList();
    return new Real(Set.of(), needed, run(at, List.of("./program")).text.lines().toList());
  }

  private void compile(Path at, ObjectFile o) throws IOException, InterruptedException {
    Files.writeString(at.resolve("o.c"), source(o.name(), o.defines(), o.needs()));
    done(at, List.of("gcc", "-c", "-fno-pie", "-o", o.name(), "o.c"));
  }

  /** Every definition returns a number of its own; main prints what it gets. */
  private String source(String file, List<Definition> defines, List<String> needs) {
    StringBuilder b = new StringBuilder("#include <stdio.h>\n");
    for (Definition d : defines) {
      values.putIfAbsent(file + " " + d.symbol(), values.size());
      b.append(
          "%sint %s(void) { return %d; }\n"
              .formatted(
                  d.weak() ? "__attribute__((weak)) " : "",
                  d.symbol(),
                  values.get(file + " " + d.symbol())));
    }
    for (String s : needs) {
      b.append("int %s(void);\n".formatted(s));
    }
    String name = file.equals("main.o") ? "main" : "use_" + file.replace('.', '_');
    b.append("int %s(void) {\n".formatted(name));
    for (String s : needs) {
      b.append("  printf(\"%s %%d\\n\", %s());\n".formatted(s, s));
    }
    return b.append("  return 0;\n}\n").toString();
  }

  /** What main would print. */
  private List<String> printed(List<Input> inputs, LinkEditor.Result model) {
    return inputs.stream()
        .filter(i -> i.name().equals("main.o"))
        .flatMap(i -> ((ObjectFile) i).needs().stream())
        .map(s -> {
          String file = model.chosen().getOrDefault(s, "nothing");
          String member =
              file.contains("(") ? file.substring(file.indexOf('(') + 1, file.length() - 1) : file;
          return s + " " + values.get(member + " " + s);
        })
        .toList();
  }

  private static Set<String> said(String text) {
    Set<String> all = new TreeSet<>();
    Matcher m = SAID.matcher(text);
    while (m.find()) {
      all.add(m.group());
    }
    return all;
  }

  private record Said(int status, String text) {}

  private static void done(Path at, List<String> command) throws IOException, InterruptedException {
    Said said = run(at, command);
    assertEquals(0, said.status, command + "\n" + said.text);
  }

  private static Said run(Path at, List<String> command) throws IOException, InterruptedException {
    ProcessBuilder b = new ProcessBuilder(command).directory(at.toFile()).redirectErrorStream(true);
    b.environment().put("LC_ALL", "C");
    b.environment().put("LD_LIBRARY_PATH", at.toString());
    Process p = b.start();
    String text = new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Said(p.waitFor(), text);
  }
}
